"""`agon up`, `agon down` and `agon demo`: the whole of Agon on this machine."""

from __future__ import annotations

import signal
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from agon import config, screen
from agon.errors import NotConfigured
from chalicelib.contract.version import how_to_install

if TYPE_CHECKING:
    from agon import api_types as api
    from agon.local.stack import Stack

app = screen.group("All of Agon on this machine.")
Port = Annotated[int | None, typer.Option(help="MiniStack's port, at the first start. Else 4566, or a free one.")]
ConsolePort = Annotated[int | None, typer.Option(help="The console's port. Else 8080, or a free one.")]


@app.command("up")
def up(port: Port = None, console_port: ConsolePort = None, json: screen.Json = False) -> None:
    """Start the local stack, its console and a runner, and keep them until Ctrl-C."""
    stack = _stack(port)
    _stop_like_ctrl_c()
    try:
        stack.up()
        with stack.client("organizer", "organizer") as organizer:
            stack.start_runner(organizer)
        console = stack.serve_console(console_port)
        letters = stack.serve_mailbox()
        told = {"api": stack.api, "console": console, "mailbox": letters}
        screen.answer(told, json, lambda: _welcome(stack, console, letters))
        _wait_for_ctrl_c()
    finally:
        stack.stop()


@app.command("demo")
def demo(
    exit: Annotated[bool, typer.Option("--exit", help="End after the leaderboard.")] = False,
    port: Port = None,
    console_port: ConsolePort = None,
    json: screen.Json = False,
) -> None:
    """Play one competition from its bundle to its leaderboard, on the real parts."""
    stack = _stack(port)
    _stop_like_ctrl_c()
    from agon.local.demo import Demo, summary

    try:
        board = Demo(stack, screen.say).play()
        console = None if exit else stack.serve_console(console_port)
        screen.answer(summary(board, stack.seconds), json, lambda: _story(stack, board, console))
        if not exit:
            _wait_for_ctrl_c()
    finally:
        stack.stop()


@app.command("down")
def down(
    wipe: Annotated[bool, typer.Option("--wipe", help="Forget the state too: accounts, competitions, files.")] = False,
    json: screen.Json = False,
) -> None:
    """Stop what `agon up` or `agon demo` left running."""
    stack = _stack(None)
    stopped = stack.down(wipe)
    sentence = f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running."
    forgotten = f" Removed the state in {stack.state.root}." if wipe else ""
    screen.answer({"stopped": stopped, "wiped": wipe}, json, lambda: screen.show(sentence + forgotten))


def _stack(port: int | None) -> Stack:
    # Imported here, because boto3 is slow to load and only the `local` extra brings it: the other commands need neither.
    try:
        from agon.local.stack import Stack
    except ModuleNotFoundError as error:
        raise NotConfigured(f"The local stack needs {error.name}: {how_to_install('local', 'runner')}.") from error
    return Stack(config.read(), screen.say, port)


def _story(stack: Stack, board: api.Leaderboard, console: str | None) -> None:
    screen.leaderboard(board)
    screen.say(f"All of it took {sum(stack.seconds.values()):.1f} s.")
    _welcome(stack, console)


def _welcome(stack: Stack, console: str | None, letters: str | None = None) -> None:
    accounts = stack.state.get("accounts") or {}
    rows = [(name, account["role"], account["password"]) for name, account in accounts.items()]
    screen.table("Accounts", ["Username", "Role", "Password"], rows)
    if console:
        screen.show(f"Console: {console}")
    if letters:
        screen.show(f"Mailbox: {letters}")
    screen.show(f"API:     {stack.api}")


def _wait_for_ctrl_c() -> None:
    screen.say("Everything is up. Ctrl-C stops it; the state stays.")
    signal.pause()


def _stop_like_ctrl_c() -> None:
    # A closed terminal or `kill` must stop the emulator as carefully as Ctrl-C does: only then it saves its state.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
