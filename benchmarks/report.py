"""How every benchmark reports: a table for people, and with --json one last line for programs."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], result: Mapping[str, Any] | None) -> None:
    """Print the table, and the result, if it is the last, as JSON when the command line asks for it."""
    table = Table(title=title, title_justify="left", header_style="bold")
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right", overflow="fold")
    for row in rows:
        table.add_row(*(f"{value:,.3f}" if isinstance(value, float) else str(value) for value in row))
    wants_json = "--json" in sys.argv[1:]
    Console(stderr=wants_json).print(table)
    if wants_json and result is not None:
        print(json.dumps(result))


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
