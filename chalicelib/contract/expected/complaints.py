"""Complaints about a submission, each as a code with parameters and as a sentence. The console has the same in its catalogue
(console/src/words/en/expects.ts), which tests/vectors/expected.json holds to these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chalicelib.contract import texts

MOST_SHOWN = 40
_MOST_OF_A_PATH = 100

SENTENCES = {
    "missing": "The submission has no such file.",
    "missing_elsewhere": "The submission has no such file, but {found}. Name it so, or zip what is in the folder.",
    "count": "The number of files that are called so is {found}, and should be {expected}.",
    "unexpected": "No such file is expected. Leave it out.",
    "many_files": "The number of files is {found}, and may be {most} at most.",
    "too_large": "The number of its bytes is {found}, and may be {most} at most.",
    "too_much": "The files that are read to be checked may have {most} bytes together, and have more.",
    "damaged": "It cannot be read. Zip it again.",
    "not_utf8": "This is no text in UTF-8.",
    "long_row": "The row goes on for more than {most} bytes.",
    "broken_row": "This is no row of a table: a quote is open, or something stands behind a closed one.",
    "no_header": "The file is empty; its first row should name the columns.",
    "no_field": "There is no such column. There are: {found}.",
    "extra_field": "No such column is expected. Leave it out.",
    "field_order": "The columns should stand in this order: {expected}.",
    "double_field": "The column is there twice.",
    "cells": "The number of values in the row is {found}, and should be {expected}.",
    "rows": "The number of rows is {found}, and should be {expected}.",
    "few_rows": "The number of rows is {found}, and should be {least} at least.",
    "many_rows": "The number of rows is {found}, and may be {most} at most.",
    "no_value": "A value is missing.",
    "not_string": "{value} is no text.",
    "not_integer": "{value} is no whole number.",
    "not_number": "{value} is no number.",
    "not_boolean": "{value} is neither true nor false.",
    "too_low": "{value} is below {minimum}.",
    "too_high": "{value} is above {maximum}.",
    "not_among": "{value} is none of: {allowed}.",
    "repeated": "{value} was there before, and may be there once.",
    "many_values": "There are more than {most} values, too many to tell apart.",
    "broken_json": "This is no JSON.",
    "deep_json": "Lists and objects stand more than {most} deep in each other.",
    "no_object": "This is no JSON object.",
    "no_array": "This is no JSON array.",
    "no_key": "The key is missing.",
    "extra_key": "No such key is expected. Leave it out.",
    "broken_npy": "This is no array as numpy.save writes one.",
    "python_npy": "There are Python objects in it, which nobody loads. Save numbers.",
    "dtype": "The type of its values is {found}, and should be {expected}.",
    "shape": "Its shape is {found}, and should be {expected}.",
    "short_npy": "The number of its bytes is {found}, and should be {expected}.",
}
_MORE = " {count} more like it."


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong. `path` "" is about the submission as a whole; `line` counts from 1, `entry` of a JSON array
    too. `column` is a column or a key. `more` rows have the same fault as the one that is named.
    """

    path: str
    code: str
    line: int | None = None
    entry: int | None = None
    column: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)
    more: int = 0


def sentence(one: Complaint) -> str:
    """A complaint for people, with its place: "predictions.csv, line 7, label: “abc” is no number."."""
    place = [one.path or "The submission"]
    place += [f"line {one.line:,}"] if one.line is not None else []
    place += [f"entry {one.entry:,}"] if one.entry is not None else []
    place += [one.column] if one.column else []
    params = {name: f"{value:,}" if isinstance(value, int) else value for name, value in one.params.items()}
    more = _MORE.format(count=f"{one.more:,}") if one.more else ""
    return f"{', '.join(place)}: {SENTENCES[one.code].format_map(params)}{more}"


def shown(text: str, most: int = MOST_SHOWN) -> str:
    """A stranger's text as it stands in a sentence: one line, its first characters, and nothing that steers a screen."""
    cut = texts.plain(text[:most]).replace("\n", " ").replace("\t", " ")
    return f"{cut}…" if len(text) > most else cut


def quoted(text: str) -> str:
    """A value as it stands in a sentence."""
    return f"“{shown(text)}”"


def path_shown(path: str) -> str:
    """A path as a complaint names it."""
    return shown(path, _MOST_OF_A_PATH)


def listed(names: Sequence[str], most: int = 10) -> str:
    """Names as they stand in a sentence, and how many more there are."""
    more = f" (+{len(names) - most})" if len(names) > most else ""
    return ", ".join(map(shown, names[:most])) + more
