"""The one door to the terminal: what is drawn, printed and asked goes out here, and nothing in it steers a terminal."""

from __future__ import annotations

import codecs
import logging
import sys
from collections.abc import Iterable, Sequence

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from chalicelib.contract import texts

#: rich takes 80 columns for a pipe; there, ids would be cut and `grep` would miss them.
_PIPE_COLUMNS = 200
_NEAREST = "agon-nearest"
#: What our own signs become where output is no UTF-8; strangers' letters become question marks.
_ALIKE = {
    **{"–": "-", "—": "-", "−": "-", "…": "...", "·": "|", "•": "*", "◀": "<", "↑": "^", "↓": "v", "→": "->"},
    **{"“": '"', "”": '"', "‘": "'", "’": "'", "×": "x", "─": "-", "═": "="},
}


class Terminal(Console):
    """A stream that people read. Only what we style ourselves is a sequence of control; all text on it is plain."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments of something to be drawn."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=texts.plain(segment.text))


def output() -> Terminal:
    """Standard output: the answer."""
    # Made at each use, because tests and pipes replace the streams.
    return _wide_in_a_pipe(Terminal())


def errors() -> Terminal:
    """Standard error: progress, questions and bad news."""
    return _wide_in_a_pipe(Terminal(stderr=True))


def print_line(text: str) -> None:
    """A line for scripts, on standard output."""
    typer.echo(texts.plain(text))


def ask(question: str, default: str | None = None) -> str:
    """The answer that somebody types, on one line. Only with a `default` may it be nothing, and then it is that."""
    return str(typer.prompt(texts.plain(question), default=default, show_default=bool(default), err=True))


def ask_secret(question: str) -> str:
    """The answer that somebody types, without showing it."""
    return str(typer.prompt(texts.plain(question), hide_input=True, err=True))


def choose(question: str, choices: Sequence[str], may_be_empty: bool) -> str:
    """One of the choices, or any text where there are none."""
    from rich.prompt import Prompt

    title, allowed = Text(question), [*choices, ""] if choices and may_be_empty else [*choices]
    if may_be_empty:
        title.append(" (may be left empty)", style="dim")
        return Prompt.ask(title, default="", show_default=False, choices=allowed or None, console=errors())
    while not (answer := Prompt.ask(title, choices=allowed or None, console=errors())):
        errors().print("An answer is needed.")
    return answer


def is_agreed(question: str) -> bool:
    """True when somebody answers yes; without an answer it is no."""
    from rich.prompt import Confirm

    return Confirm.ask(Text(question), default=False, console=errors())


class _Warnings(logging.Handler):
    """Warnings that code of ours that knows no terminal warns of, such as a runner's, which quotes strangers and engines."""

    def emit(self, record: logging.LogRecord) -> None:
        errors().print(Text(self.format(record)))


def hear_warnings() -> None:
    """From now on, warnings that are logged go out here as well: else Python prints them as they are."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", handlers=[_Warnings()])


def write_in_any_encoding() -> None:
    """From now on, letters that a stream's encoding lacks come out as those nearest to them, and stop nothing."""
    codecs.register_error(_NEAREST, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if not (stream.encoding or "utf-8").lower().startswith("utf") and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_NEAREST)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_ALIKE.get(letter, "?") for letter in lacking), error.end


def _wide_in_a_pipe(terminal: Terminal) -> Terminal:
    if not terminal.is_terminal:
        terminal.width = max(terminal.width, _PIPE_COLUMNS)
    return terminal
