"""The organizers' reference of the format: a table for each level, made of the very model that bundles are read into."""

import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from enum import Enum
from typing import Any

from chalicelib.domain.bundle import fact_sheet, v1
from chalicelib.domain.bundle.expected import Constraints, Expectations, ExpectedField, ExpectedFile
from chalicelib.domain.bundle.group import Group, GroupLimits
from chalicelib.domain.bundle.keys import place_of
from chalicelib.domain.bundle.leaderboard import Column, ColumnGroup, Leaderboard, SubmissionRule
from chalicelib.domain.bundle.model import (
    Bundle,
    Criterion,
    Download,
    FinalBoard,
    Judging,
    Page,
    Phase,
    Requires,
    Solution,
    Task,
)
from chalicelib.domain.bundle.sponsor import Sponsor

_LEVELS: tuple[tuple[type, str, str], ...] = (
    (Bundle, "The competition", "At the top of the file."),
    (Sponsor, "Sponsors", "Each entry of `agon.sponsors`."),
    (Page, "Pages", "Each entry of `pages`."),
    (Task, "Tasks", "Each entry of `tasks`. With `key`, an existing task's id, everything else is that task's own."),
    (Judging, "Judging by people", "A task's `agon.judging`: see [how people judge](judging.md)."),
    (Criterion, "Criteria of a rubric", "Each entry of a judging's `criteria`."),
    (Solution, "Solutions", "Each entry of `solutions`: a file at `path`, or an existing one by its `key`."),
    (Phase, "Phases", "Each entry of `phases`. Phases are sorted by `index`; the first one is then number 0."),
    (Download, "Links of a phase", "Each entry of a phase's `agon.downloads`."),
    (FinalBoard, "Final boards", "A phase's `agon.final_board_from`: one of the three."),
    (Requires, "What a runner must have", "Below `agon.requires`, of the competition or of a task."),
    (
        Expectations,
        "What submissions hold",
        "Below `agon.expects`, of a phase or of the competition: see docs/organizers.md.",
    ),
    (ExpectedFile, "Expected files", "Each entry of the `files` that are expected."),
    (ExpectedField, "Fields of an expected file", "Each entry of a file's `fields`."),
    (Constraints, "Constraints of a field", "Below a field's `constraints`."),
    (Group, "Groups of participants", "Each entry of the competition's `agon.groups`: see docs/organizers.md."),
    (GroupLimits, "Limits of a group", "Each entry of a group's `limits`."),
    (Leaderboard, "Leaderboards", "Each entry of `leaderboards`."),
    (Column, "Columns", "Each entry of a leaderboard's `columns`."),
    (ColumnGroup, "Column groups", "Each entry of a leaderboard's `agon.column_groups`."),
)
_TYPES = {
    "str": "text",
    "Requires": "mapping",
    "int": "whole number",
    "float": "number",
    "bool": "true or false",
    "datetime": "date",
    "tuple[int, ...]": "list of numbers",
    "tuple[float, ...]": "list of numbers",
    "tuple[int, int]": "list of two numbers",
    "tuple[str, ...]": "list of texts",
    "SubmissionRule": "one of the rules below",
    "Literal['asc', 'desc']": "asc or desc",
    "Literal['last', 'best']": "last or best",
    "Literal['within_limits', 'always', 'never']": "within_limits, always or never",
    "Literal['1', '2']": "1 or 2",
    "Literal['rubric', 'pairwise']": "rubric or pairwise",
    "Judging": "mapping",
    "Expectations": "mapping",
    "Constraints": "mapping",
    "Literal['any', 'string', 'integer', 'number', 'boolean']": "type of values",
    "Literal['csv', 'tsv', 'json', 'jsonl', 'npy', 'text']": "format of a file",
    "Literal['superset', 'equal', 'exact']": "superset, equal or exact",
    "Literal['object', 'array']": "object or array",
}
_FILES = {
    *("scoring_program", "reference_data", "input_data", "ingestion_program", "starting_kit", "public_data", "path"),
}
_TEXTS = {"image", "terms", "file"}
_RULES = {
    SubmissionRule.ADD: "A participant puts one submission on the board by hand; the next one takes its place.",
    SubmissionRule.ADD_AND_DELETE: "The same, and it can be taken off again.",
    SubmissionRule.ADD_AND_DELETE_MULTIPLE: "A participant may have several on the board, and take each off.",
    SubmissionRule.FORCE_LAST: "The latest finished submission is on the board, by itself.",
    SubmissionRule.FORCE_LATEST_MULTIPLE: "Every finished submission is on the board, by itself.",
    SubmissionRule.FORCE_BEST: "The best finished submission is on the board, by itself; of equals the earlier.",
}
_HEAD = """\
# What stands in competition.yaml

A bundle is a zip with `competition.yaml` at its root, and beside it the files that it names. This page lists every key.
It is made of the model that the check and the import use, so it is never behind: `make document` writes it.

- `agon bundle check FOLDER` tells everything that is wrong with a bundle, with its line and what to write instead.
- A key that is not listed here is ignored, with a warning.
- A file is a zip, or a folder that is zipped when it is read; for data, also a single file, which stands alone in its folder
  then. The id of a dataset that you may use can stand in its place.
- Errors are for what could not run. Warnings are for you to read: a bundle that has some is taken.
- Keys below `agon:` are Agon's own. Codabench ignores them and reads the rest.
- Dates are instants: `2026-05-29 13:45` is UTC, `2026-05-29T13:45:00+02:00` is not. Month first: `5/29/2019 1:45PM`.
  Also read are `29.5.2019` and `29 May 2019`; a date that could be another one is told.
- The last column has the key of CodaLab's version 1, which is read as well; see the end of the page.

A small one:

```yaml
version: 2
title: Guess the flower
terms: terms.md
pages:
  - {title: Overview, file: overview.md}
tasks:
  - {index: 0, name: Flowers, scoring_program: scoring_program/, reference_data: reference_data/}
phases:
  - {index: 0, name: Only, start: 2026-01-01, tasks: [0]}
leaderboards:
  - title: Results
    key: main
    submission_rule: Force_Best
    columns:
      - {index: 0, key: accuracy, title: Accuracy}
```
"""
_SUBMISSIONS = """\
### What submissions are

A submission whose `metadata.yaml` or `metadata` has a `command` runs by itself; one with such a file and no command is
for the ingestion program. One without is **results**, also where the task has an ingestion program: in version 1 that
program is passed over; in version 2 it runs all the same, finds the submission's files in `/app/output`, and its exit
code does not count: the scoring program finds what lies there then.

The scoring program may write to `/app/input/res`, its own copy. Where a program ran before, `/app/input/res/metadata`
says how that went: `exitCode`, `elapsedTime` in seconds, and, of an ingestion program, `ingestionExitCode` and
`ingestionElapsedTime`. Where code could have run and results were handed in, a `metadata` of theirs is taken out, with a
note: nobody says of himself how long it took.

A phase with `agon.submission_extensions` takes **one plain file** in the place of a zip. Programs find it as it was sent,
the only file of its folder, as `submission.` and its extension in small letters: `/app/input/res/submission.csv`, and
`/app/ingested_program/submission.csv` where an ingestion program runs, which may run it or read it. It is never unpacked,
also where it is a zip. What `agon.expects` says goes by that name: `submission.csv`, or `*`. A solution stays a zip: call
the file in it so. Codabench passes over the key, and takes zips.

### Whose fault it is

A program that ends with an error has failed its organizer: the submission is Failed, and the attempt is given back. Where
the submission is to blame, the scoring program says so with a file **`submission_error.txt`** in `/app/output`, such as
`Row 17 has no prediction.` Then the submission is Failed by its participant's fault whatever the exit code, no scores are
read, the attempt counts, and the participant reads what stands there: plain text in UTF-8, on one line, of which 1,000
characters are shown. Write nothing there that participants must not know. Pages of detailed results are shown beside it,
as ever.

- An ingestion program may say the same in its `/app/output`. The code that it runs can write there, too, and blame itself.
  Where participants may not have the outputs of predictions, as with `hide_output` or `agon.is_blind`, they are told that
  they are at fault, and not what stands there. A file of that name in a submission of results is taken out before the
  program runs.
- Of several tasks, each that failed is named with its sentence. Has one failed by another's fault, the attempt is given
  back.
- A link, a folder or a pipe of that name says nothing, with a note. On a sealed queue the sentence stays on the runner.
- A runner of before Agon read this file goes by the exit code; other platforms do.
"""
_VERSION_1 = """\
## Version 1

A file without `version`, or with 1, 1.5 or 1.8, is read as CodaLab's own format. What differs from version 2:

- `phases` is a mapping, ordered by `phasenumber`. A phase ends when the next begins, the last one at `end_date`.
- Without `has_registration` everybody may take part. Without `is_scoring_only` submissions are predictions, unless there is
  an ingestion program to run them.
- Defaults are 999 submissions a day, 100 in all and 300 seconds. A limit of 0 allows none; in version 2 it is no limit.
- Sizes are in MB. Pages stand in `html`, titled by their keys; `terms` stands apart.
- An `Avg` column averages ranks (1, 1, 2), not scores; with `weights` it is their weighted sum. `avg_rank` of version 2
  averages fractional ranks (1.5, 1.5, 3), and `avg` averages scores. All of them are kept.
- Programs run in CodaLab's layout (working directory /app), and a failed prediction ends the submission.

What a scoring program of version 1 finds in `/app/input` beside `res` and `ref`:

- `metadata` has a line each of `submitted-by` (the user's name), `submitted-at` (UTC, such as 2026-05-29T13:45:00),
  `competition-submission`, `competition-phase` (counted from 1) and `automatic-submission` (True for one that came along
  from the phase before). A submission has no number here, so `competition-submission` is its id.
- `history`, `scores` and `coopetition` are there, and empty: programs see no former submissions, no board, and neither
  likes nor downloads.

What CodaLab's machines did and these do not:

- Programs were root, with Docker's default capabilities; here they are a user that is nobody else, and have none.
- Programs had the network; here they have none, unless `agon.network` says so.
- Programs had all of the machine's memory but 512 MB, and as many processes as they liked; here they have a slot's share.
- The root of the file system could be written to; here it is read-only, and `/app`, `/app/temp` and `/tmp` are in memory.
- An image was pulled before each run; here one that is there already is not.
- A run whose image could not be pulled went on; here it fails, and says which image.
- A name of an image loses the signs that CodaLab did not know, as there, with a warning; here one by digest is taken, too.
- A zip inside a zip was unpacked; here it stays one.

As there, output is not buffered (`PYTHONUNBUFFERED`), and an ingestion program finds the submission's modules
(`PYTHONPATH`).

What is read and does nothing is marked so in the tables above. What is not read, the check names:

{not_read}

A competition of version 1 that is dumped is written as version 2, with what version 2 lacks below `agon:`.
"""


def render() -> str:
    """The page, as Markdown."""
    return "\n".join([_HEAD, *(_level(*level) for level in _LEVELS), *_extras(), _SUBMISSIONS, _version_1()])


def _version_1() -> str:
    unread = {**v1.NOT_READ, **v1.NOT_READ_IN_PHASES}
    return _VERSION_1.format(not_read="\n".join(f"- `{key}`: {message}" for key, message in unread.items()))


def _level(part: type, title: str, where: str) -> str:
    rows = [_row(one) for one in fields(part) if one.name not in ("version", "assets")]
    head = ["| key | what it is | default | meaning | in version 1 |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([f"## {title}", "", where, "", *head, *rows, ""])


def _row(one: "Field[Any]") -> str:
    v1, idle = one.metadata["v1"], one.metadata["idle"]
    meaning = f"{one.metadata['meaning']} *Does nothing:* {idle}" if idle else one.metadata["meaning"]
    cells = (f"`{place_of(one)}`", type_of(one), _default(one), meaning, f"`{v1}`" if v1 and " " not in v1 else v1 or "")
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def type_of(one: "Field[Any]") -> str:
    """The type of a field, in words for organizers."""
    if one.name in _FILES:
        return "file"
    if one.name in _TEXTS:
        return "file"
    if one.name == "final_board_from":
        return "mapping"
    if one.name in ("fact_sheet", "registration_questions"):
        return "questions by their keys"
    written = one.type.__name__ if isinstance(one.type, type) else str(one.type)
    # Without the modules that names are of.
    written = re.sub(r"(\w+\.)+(?=\w)", "", written).removesuffix(" | None")
    written = re.sub(r"^Optional\[(.*)\]$", r"\1", written)
    if written.startswith("tuple[") and written not in _TYPES:
        return "list of mappings"
    return _TYPES.get(written, "text")


def _default(one: "Field[Any]") -> str:
    if one.default is MISSING:
        return "*needed*"
    value = one.default
    if value in (None, "", (), Requires(), Constraints()):
        return ""
    if isinstance(value, tuple):
        return f"`[{', '.join(map(str, value))}]`"
    return f"`{value.value if isinstance(value, Enum) else str(value).lower() if isinstance(value, bool) else value}`"


def _extras() -> Iterator[str]:
    rules = [f"| `{rule.value}` | {meaning} |" for rule, meaning in _RULES.items()]
    yield "\n".join(["### How submissions get onto a board", "", "| rule | meaning |", "| --- | --- |", *rules, ""])
    keys = ", ".join(f"`{key}`" for key in fact_sheet.KEYS)
    yield (
        f"### Questions about submissions\n\n`fact_sheet` maps a key to a question with exactly {keys}. `type` is one of "
        f'{", ".join(fact_sheet.TYPES)}; `selection` is a list for a select, `[true, false]` for a checkbox and `""` for '
        'a text, where it can be left out; the last two are the words `"true"` or `"false"`.\n'
    )
    yield "### Files for pages\n\nWhat stands in the folder `assets/` can be linked to from pages.\n"
