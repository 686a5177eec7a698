"""The output that a person sees: tables and sentences on the terminal, or one JSON document as the last line of
standard output."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich import box
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from agon import terminal, words
from agon.errors import AgonError, ProblemError
from chalicelib.contract import texts

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from agon import api_types as api

HELP = {"help_option_names": ["-h", "--help"]}
_JSON = "agon.json"
_format: ContextVar[str] = ContextVar("format", default="table")
_PANEL_COLUMNS = 100
_SPINNER_COLUMNS = 4
#: Wider than any terminal, to see how much room a table would want.
_ANY_COLUMNS = 10_000


def _remember_json(context: typer.Context, value: bool) -> bool:
    if value:
        context.find_root().meta[_JSON] = True
    return value


def _remember_format(context: typer.Context, value: str) -> str:
    _format.set(value)
    _remember_json(context, value == "json")
    return value


#: Of what tells a list: every such command has it beside `--json`.
Format = Annotated[
    Literal["table", "csv", "json"],
    typer.Option("--format", help="A table for people; CSV or JSON for programs.", callback=_remember_format),
]
Json = Annotated[
    bool, typer.Option("--json", help="For scripts: the last line printed is one JSON document.", callback=_remember_json)
]
#: Of what takes a bundle.
LowerIsBetter = Annotated[
    bool | None,
    typer.Option(
        "--lower-is-better/--higher-is-better",
        help="Of a Kaggle-style competition: which scores are the better ones. Written into its agon.yaml.",
    ),
]


class CommandGroup(TyperGroup):
    """Commands whose AgonErrors become a red panel and exit code 1."""

    def main(self, *args: Any, **options: Any) -> Any:
        _format.set("table")
        terminal.write_in_any_encoding()
        terminal.hear_warnings()
        return super().main(*args, **options)

    # Typer brings a Click of its own, whose Context has no public name.
    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that somebody typed, with the competition that is used where it lacks one."""
        name, found, rest = super().resolve_command(ctx, args)
        return name, found, self.complete(found, ctx, rest)

    def complete(self, command: Any, ctx: Any, words: list[str]) -> list[str]:
        """The words behind a command, with the competition that is used where that lacks one."""
        from agon import config, current, sign_in

        settings = config.read()
        if command is None or not settings.current_file.exists() or not current.is_wanting(command, ctx, words):
            return words
        used = current.find(settings.current_file, sign_in.api_address(settings))
        if used:
            say(f"For {used}:")
        return [used, *words] if used else words

    def invoke(self, ctx: Any) -> Any:
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


def group(help: str, epilog: str | None = None) -> typer.Typer:
    """A Typer application of ours."""
    return typer.Typer(
        cls=CommandGroup,
        help=help,
        epilog=epilog,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings=HELP,
    )


def say(sentence: str) -> None:
    """Progress, on standard error, so that standard output stays the answer's."""
    terminal.errors().print(escape(sentence), highlight=False, soft_wrap=True)


def answer(value: Any, as_json: bool, show: Callable[[], None]) -> None:
    """The outcome of a command: `value` as JSON or CSV, or what `show` prints."""
    if as_json or _format.get() == "json":
        print_json(value)
    elif _format.get() == "csv":
        print_csv(value)
    else:
        show()


def print_json(value: Any) -> None:
    """One line on standard output, in ASCII: nothing is lost, and nothing steers a terminal."""
    terminal.print_line(json.dumps(value))


def print_csv(value: Any) -> None:
    """The list in an answer on standard output, in lines for spreadsheets."""
    from agon import listing

    terminal.print_line(listing.csv(value).removesuffix("\n"))


def show(text: str, style: str | None = None) -> None:
    """A line on standard output."""
    terminal.output().print(escape(text), highlight=False, soft_wrap=True, style=style)


def page(text: str, is_markdown: bool) -> None:
    """A page of a competition on standard output: set for who reads it in a terminal, as it is written for programs."""
    console = terminal.output()
    if not (is_markdown and console.is_terminal):
        return show(text.rstrip())
    from rich.markdown import Markdown

    # What an address is called may lie: both are shown.
    console.print(Markdown(text, hyperlinks=False), width=min(console.width, _PANEL_COLUMNS))


def table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    right: Sequence[str] = (),
    none: str = "There is none.",
) -> None:
    """A table on standard output; the columns named in `right` are set flush right. Without any row, what `none` says.

    Where the terminal is too narrow for it, so that words would break, each row is a list of what stands in its columns.
    """
    console, rows = terminal.output(), list(rows)
    if not rows:
        return show(f"{title}: {none}" if title else none)
    drawn = _drawn(title, columns, rows, right)
    needed = console.measure(drawn, options=console.options.update(width=_ANY_COLUMNS)).minimum
    for part in [drawn] if needed <= console.width else _listed(title, columns, rows):
        console.print(part)


def pairs(rows: Iterable[tuple[str, str]]) -> None:
    """Print what there is or can be typed, beside what it is for, on standard output."""
    grid = Table.grid(padding=(0, 3, 0, 0))
    grid.add_column(no_wrap=True, style="cyan")
    grid.add_column()
    for left, right in rows:
        grid.add_row(Text(left), Text(right))
    terminal.output().print(Padding(grid, (0, 0, 0, 2), expand=False))


def complaints(found: Mapping[str, Any], folder: str = "", aside: bool = False) -> None:
    """Errors, then warnings, in the order of the file: where, and below it what is wrong and what to write instead.

    `folder` goes before each file's name, so that an editor's terminal can open it; `aside` is standard error.
    """
    console = terminal.errors() if aside else terminal.output()
    for kind, style in (("error", "bold red"), ("warning", "yellow")):
        listed = sorted(found[f"{kind}s"], key=lambda one: (one["file"], one["line"] or math.inf))
        if listed:
            console.print(Text(f"\n{words.count(len(listed), kind)}", style=style))
        for one in listed:
            console.print(_at(one, folder, style))
            console.print(Padding(Text(one["message"]), (0, 0, 0, 4), expand=False), highlight=False)


def leaderboard(board: api.Leaderboard, own: Sequence[api.Row] = ()) -> None:
    """A page of a leaderboard, with each column's own precision and an arrow for the better direction.

    `own` are the reader's rows of another page: they stand below the others.
    """
    for notice in words.board_notices(board):
        say(notice)
    columns = sorted(words.scores_of(board["columns"]), key=_place)
    titles = [words.board_heading(column, board) for column in columns]
    if board["rows"]:
        questions = board.get("questions", [])
        asked = [question["title"] for question in questions]
        rows, below = ([_board_row(row, columns, questions, board) for row in some] for some in (board["rows"], own))
        # Others stand between.
        rows += [["…", *[""] * (len(rows[0]) - 1)], *below] if below else []
        grouped = ["Group"] if board.get("grouped") else []
        table(
            _board_title(board),
            ["Rank", "Participant", *grouped, *titles, *asked, "Submitted"],
            rows,
            right=["Rank", *titles],
        )
        pages = f" · page {board['page']} of {board['pages']}" if board["pages"] > 1 else ""
        say(f"{board['count']} on the board{pages} · ↑ more is better, ↓ less is better")
    else:
        say("Nobody is on this leaderboard yet.")
    if board.get("disqualified"):
        rows = [[row["participant"], row["submission"], row["disqualified"]] for row in board["disqualified"]]
        table("Disqualified, seen by organizers only", ["Participant", "Id", "Why"], rows)


def explain(error: AgonError) -> None:
    """A red panel on standard error."""
    lines = [str(error)]
    if isinstance(error, ProblemError):
        lines += [f"• {_complaint(item)}" for item in error.errors]
        if error.status >= 500 and error.request:
            lines.append(f"In the site's log it is request {error.request}.")
    title = error.title if isinstance(error, ProblemError) else "That did not work"
    bad_news(title, lines)


def bad_news(title: str, lines: Sequence[str]) -> None:
    """Lines in a red panel on standard error."""
    text = Text("\n".join(line for line in lines if line))
    console = terminal.errors()
    width = min(console.width, _PANEL_COLUMNS)
    console.print(Panel(text, title=escape(title), title_align="left", border_style="red", width=width))


@contextmanager
def upload_bar(name: str, size_bytes: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error; gives the function that hears of bytes sent."""
    with _bar(f"Sending {name}", size_bytes) as (progress, task):
        yield lambda count: progress.advance(task, count)
    say(f"Sent {name}, {words.size(size_bytes)}.")


@contextmanager
def packing_bar(name: str, size_bytes: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error; gives the function that hears of bytes packed into a zip."""
    with _bar(f"Zipping {name}", size_bytes) as (progress, task):
        yield lambda count: progress.advance(task, count)


@contextmanager
def download_bar(name: str) -> Iterator[Callable[[int, int | None], None]]:
    """A progress bar on standard error; gives the function that hears how many bytes are here, and of how many."""
    with _bar(f"Fetching {name}", None) as (progress, task):
        yield lambda here, whole: progress.update(task, completed=here, total=whole)


@contextmanager
def _bar(sentence: str, total: int | None) -> Iterator[tuple[Progress, TaskID]]:
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    look = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    console = terminal.errors()
    with Progress(*look, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield progress, progress.add_task(escape(sentence), total=total)


@contextmanager
def waiting(sentence: str) -> Iterator[Callable[..., None]]:
    """A spinner on standard error. Gives the function that hears of each change, which stays as a line of its own; what is
    said `aside` stands beside the spinner alone."""
    console = terminal.errors()
    before = ""
    with console.status(escape(sentence)) as spinner:

        def changed(to: str, aside: str = "") -> None:
            nonlocal before
            if to != before:
                console.print(_cell(to), highlight=False)
            before = to
            spinner.update(f"{escape(sentence)} [dim]{escape(aside or to)}[/]")

        yield changed


@contextmanager
def unfinished() -> Iterator[Callable[[str], None]]:
    """Gives the function that shows, on standard error, the line that a program is at: it makes room for whatever comes."""
    console = terminal.errors()
    spinner = console.status("")

    def at(line: str) -> None:
        spinner.stop()
        if line:
            spinner.update(Text(line[: console.width - _SPINNER_COLUMNS]))
            spinner.start()

    try:
        yield at
    finally:
        spinner.stop()


def _drawn(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], right: Sequence[str]) -> Table:
    drawn = Table(title=escape(title) or None, title_justify="left", title_style="bold", box=box.ROUNDED)
    for column in columns:
        # An id is there to be copied, so it is the last to be broken.
        is_right, is_id = column in right, column in ("Id", "Slug")
        drawn.add_column(escape(column), justify="right" if is_right else "left", overflow="fold", no_wrap=is_id)
    for row in rows:
        drawn.add_row(*(_cell(value) for value in row))
    return drawn


def _listed(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Text | Padding]:
    named = max((len(column) for column in columns), default=0)
    listed: list[Text | Padding] = [Text(title, style="bold")] if title else []
    for row in rows:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=named, style="dim")
        grid.add_column(overflow="fold")
        for column, value in zip(columns, row, strict=True):
            if (cell := _cell(value)).plain:
                grid.add_row(escape(column), cell)
        listed += [Text(), Padding(grid, (0, 0, 0, 2), expand=False)]
    return listed


def _at(complaint: Mapping[str, Any], folder: str, style: str) -> Text:
    at = f"{folder}{complaint['file']}" + (f":{complaint['line']}" if complaint["line"] else "")
    return Text.assemble("  ", (at, "bold"), (f"  {complaint['key']}", style if complaint["key"] else ""))


def _cell(value: Any) -> Text:
    # Before it is measured: a letter that takes no room would make a column too narrow for what stands in its place.
    text = "" if value is None else texts.plain(str(value))
    return Text(text, style=words.STYLES.get(text, ""))


def _place(column: api.Column) -> tuple[int, int]:
    """The means of all tasks come first."""
    task = column.get("task")
    return -1 if task is None else task, column["index"]


def _board_title(board: api.Leaderboard) -> str:
    group = board.get("group")
    return f"{board['title']}: {group['title']}" if group else board["title"]


def _board_row(
    row: api.Row, columns: Sequence[api.Column], questions: Sequence[api.BoardQuestion], board: api.Leaderboard
) -> list[Any]:
    scores = [words.score_with_error(row["scores"], column, board["columns"]) for column in columns]
    rank = "–" if row["rank"] is None else row["rank"]
    told = [words.answer(row.get("fact_sheet", {}).get(question["key"])) for question in questions]
    group = [row.get("group")] if board.get("grouped") else []
    return [rank, words.board_name(row), *group, *scores, *told, words.time(row["submitted_at"])]


def _complaint(item: Any) -> str:
    place = item.get("place") if isinstance(item, dict) else None
    message = item.get("message", item) if isinstance(item, dict) else item
    return f"{place}: {message}" if place else str(message)


def _facts(error: AgonError) -> dict[str, Any]:
    if isinstance(error, ProblemError):
        said = {"status": error.status, "title": error.title, "detail": str(error), "errors": error.errors}
        return {**said, "request": error.request} if error.request else said
    return {"title": type(error).__name__, "detail": str(error)}
