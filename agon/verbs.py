"""The means that the verbs of a client are made of: its connection, answers that come in pages, and answers to wait for."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import TypedDict, TypeVar

from agon.errors import AgonError
from agon.http import Http


class Page(TypedDict):
    """A part of a list. `next` is the cursor of the following one."""

    next: str | None


_NONE: Mapping[str, str] = {}
_Page = TypeVar("_Page", bound=Page)
_State = TypeVar("_State", bound=Mapping[str, object])


class Verbs:
    """The verbs of one subject; `Client` has those of all."""

    http: Http
    _sleep: Callable[[float], None]

    def _pages(self, ask: Callable[[dict[str, str]], _Page], params: Mapping[str, str] = _NONE) -> Iterator[_Page]:
        """Every page of a list; `ask` gets the parameters of each."""
        page = ask({**params})
        yield page
        while cursor := page["next"]:
            page = ask({**params, "cursor": cursor})
            yield page

    def _wait(
        self,
        ask: Callable[[], _State],
        is_final: Callable[[_State], bool],
        timeout_seconds: float,
        on_change: Callable[[_State], None],
    ) -> _State:
        """The first state that is final. Raises AgonError when it takes longer."""
        deadline = time.monotonic() + timeout_seconds
        pause, before = 0.1, None
        while True:
            state = ask()
            if state != before:
                on_change(state)
            before = state
            if is_final(state):
                return state
            if time.monotonic() > deadline:
                raise AgonError(
                    f"It is still {state.get('status', 'going on')} after {timeout_seconds:.0f} s. Look again later."
                )
            self._sleep(pause)
            pause = min(2.0, pause * 1.3)


def is_settled(state: Mapping[str, object]) -> bool:
    """True when work of the API's own, such as an import, goes on no more."""
    return state["status"] in ("Finished", "Failed")
