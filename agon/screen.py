"""What a person sees: tables and sentences on the terminal, or one JSON document as the last line of standard output."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import click
import typer
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.table import Table
from typer.core import TyperGroup

from agon.errors import AgonError, ProblemError

_JSON = "agon.json"
_SCORE_DIGITS = 6


def _remember_json(context: typer.Context, value: bool) -> bool:
    if value:
        context.find_root().meta[_JSON] = True
    return value


Json = Annotated[bool, typer.Option("--json", help="Print one JSON document as the last line.", callback=_remember_json)]


class FriendlyGroup(TyperGroup):
    """Commands whose AgonErrors become a red panel and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AgonError as error:
            if ctx.find_root().meta.get(_JSON):
                print_json({"error": _facts(error)})
            explain(error)
            raise typer.Exit(1) from error
        except KeyboardInterrupt:
            say("Stopped.")
            raise typer.Exit(130) from None


def group(help: str) -> typer.Typer:
    """A Typer application of ours."""
    return typer.Typer(cls=FriendlyGroup, help=help, no_args_is_help=True, pretty_exceptions_enable=False)


def say(sentence: str) -> None:
    """Progress, on standard error, so that standard output stays the answer's."""
    _errors().print(escape(sentence), highlight=False)


def answer(value: Any, as_json: bool, show: Callable[[], None]) -> None:
    """The outcome of a command: `value` as JSON, or what `show` prints."""
    if as_json:
        print_json(value)
    else:
        show()


def print_json(value: Any) -> None:
    """One line on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def show(text: str) -> None:
    """A line on standard output."""
    _output().print(escape(text), highlight=False)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], right: Sequence[str] = ()) -> None:
    """A table on standard output; the columns named in `right` are set flush right."""
    _output().print(_drawn(title, columns, rows, right))


def complaints(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table on standard error."""
    _errors().print(_drawn("", columns, rows, ()))


def leaderboard(board: dict[str, Any]) -> None:
    """A page of a leaderboard, with each column's own precision."""
    columns = sorted(board["columns"], key=lambda column: column["index"])
    titles = [column["title"] for column in columns]
    rows = [
        [row["rank"], row["participant"], *(_score(row["scores"].get(column["key"]), column) for column in columns)]
        for row in board["rows"]
    ]
    table(board["title"], ["Rank", "Participant", *titles], rows, right=["Rank", *titles])


def explain(error: AgonError) -> None:
    """A red panel on standard error."""
    lines = [escape(str(error))]
    if isinstance(error, ProblemError):
        lines += [f"• {escape(_complaint(item))}" for item in error.errors]
    title = error.title if isinstance(error, ProblemError) else "That did not work"
    _errors().print(Panel("\n".join(lines), title=escape(title), title_align="left", border_style="red"))


@contextmanager
def upload_bar(name: str, size_bytes: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error; gives the function that hears of bytes sent."""
    look = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*look, console=_errors(), transient=True) as progress:
        task = progress.add_task(escape(f"Sending {name}"), total=size_bytes)
        yield lambda count: progress.advance(task, count)


def _output() -> Console:
    # Made at each use, because tests and pipes replace the streams.
    return Console()


def _errors() -> Console:
    return Console(stderr=True)


def _drawn(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], right: Sequence[str]) -> Table:
    drawn = Table(title=title or None, title_justify="left", header_style="bold")
    for column in columns:
        drawn.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(escape(_cell(value)) for value in row))
    return drawn


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def _score(value: float | None, column: dict[str, Any]) -> str:
    if value is None:
        return "–"
    digits = column.get("precision")
    return f"{value:.{_SCORE_DIGITS if digits is None else digits}f}"


def _complaint(item: Any) -> str:
    place = item.get("place") if isinstance(item, dict) else None
    message = item.get("message", item) if isinstance(item, dict) else item
    return f"{place}: {message}" if place else str(message)


def _facts(error: AgonError) -> dict[str, Any]:
    if isinstance(error, ProblemError):
        return {"status": error.status, "title": error.title, "detail": str(error), "errors": error.errors}
    return {"title": type(error).__name__, "detail": str(error)}
