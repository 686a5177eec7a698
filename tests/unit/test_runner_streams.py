"""What a container prints, as an engine sends it: here the engine's side of a socket."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.contract import Stage, Step
from runner import streams
from runner.container import ContainerRun
from runner.logs import Log
from runner.stages import ProgramRun

#: A frame of the engine's: of the error output, with its size.
STDERR = bytes([2, 0, 0, 0, 0, 0, 0])


class Stream(socket.SocketIO):
    """A stream as Docker's client has it, beside the answer that it came with."""

    _response: Any


class Engine:
    """An engine that sends what it is told to."""

    def __init__(self) -> None:
        self.sends, ours = socket.socketpair()
        self._ours = Stream(ours, "rb")
        self._ours._response = ours

    def attach_socket(self, _: str, params: object) -> Stream:
        return self._ours


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = Engine()
    yield engine
    engine.sends.close()


@pytest.mark.parametrize(("ends", "is_whole"), [(True, True), (False, False)])
def test_what_has_not_come_soon_after_a_container_ended_is_waited_for_no_more(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, ends: bool, is_whole: bool
) -> None:
    monkeypatch.setattr(streams, "_LAST_SECONDS", 5.0 if ends else 0.2)
    out, err = Log(100), Log(100)
    with streams.following(engine, "c0ffee", out, err) as copying:  # type: ignore[arg-type]
        engine.sends.sendall(STDERR + bytes([5]) + b"late\n")
        if ends:
            engine.sends.shutdown(socket.SHUT_WR)
    assert copying.is_whole is is_whole
    assert err.content() == b"late\n" and out.content() == b""


def test_a_program_that_failed_is_told_that_the_end_of_its_output_came_too_late() -> None:
    step = Step("scoring", Stage.SCORING, None, (), 60)
    for lost in (True, False):
        ended = ContainerRun("c0ffee", 1, 2.0, output_is_lost=lost)
        said = "The end of what it printed came too late and is not in its logs."
        assert (said in ProgramRun(step, ended).complaint()) is lost
