"""What tests are made of: bundles and submissions as bytes."""

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence

MANIFEST = """\
version: 2
title: {title}
description: Guess the number.
registration_auto_approve: {auto_approve}
terms: terms.md
pages:
  - {{title: Overview, file: overview.md}}
tasks:
{tasks}
phases:
  - index: 0
    name: Only
    start: {start}
    {end}
    max_submissions_per_day: {per_day}
    max_submissions: {in_all}
    {phase_extra}
    execution_time_limit: 60
    tasks: {task_indexes}
{more_phases}
leaderboards:
  - title: Results
    key: main
    submission_rule: {rule}
    columns:
      - {{title: Accuracy, key: accuracy, index: 0, sorting: desc}}
      - {{title: Seconds, key: seconds, index: 1, sorting: asc}}
"""

TASK = "  - {{index: {index}, name: {name}, scoring_program: scoring_program/, reference_data: reference.zip}}"


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of `files`: the same bytes each time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as zipped:
        for name, content in files.items():
            member = zipfile.ZipInfo(name)
            member.external_attr = 0o644 << 16
            zipped.writestr(member, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def manifest(
    title: str = "Guess",
    start: str = "2026-01-01",
    end: str | None = None,
    per_day: int = 5,
    in_all: int = 10,
    rule: str = "Force_Best",
    auto_approve: bool = True,
    phase_extra: str = "",
    tasks: Sequence[str] = ("Guess",),
    extra: str = "",
    more_phases: str = "",
) -> str:
    """A competition.yaml of version 2. `tasks` are their names; `extra` stands at the top, `phase_extra` in the phase.

    `more_phases` are entries of the list of phases.
    """
    return (f"{extra}\n" if extra else "") + MANIFEST.format(
        tasks="\n".join(TASK.format(index=index, name=name) for index, name in enumerate(tasks)),
        task_indexes=list(range(len(tasks))),
        title=title,
        start=start,
        end=f"end: {end}" if end else "description: Never ends.",
        per_day=per_day,
        in_all=in_all,
        rule=rule,
        auto_approve=str(auto_approve).lower(),
        phase_extra=phase_extra,
        more_phases=more_phases,
    )


def bundle(files: Mapping[str, str | bytes] | None = None, **settings: object) -> bytes:
    """A whole bundle, with `files` besides; `settings` are those of `manifest`."""
    return archive(
        {
            "competition.yaml": manifest(**settings),  # type: ignore[arg-type]
            "terms.md": "Play fair.",
            "overview.md": "# Guess\nIt is a number.",
            "scoring_program/metadata.yaml": "command: python3 $program/score.py $input $output",
            "scoring_program/score.py": "print('hello')",
            "reference.zip": archive({"truth.txt": "42"}),
            **(files or {}),
        }
    )


def corrupted(content: bytes) -> bytes:
    """The same archive with a wrong byte in the first member's data."""
    at = content.index(b"competition.yaml") + 60
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def submission(answer: str = "42") -> bytes:
    """A submission."""
    return archive({"answer.txt": answer})


def sha256(content: bytes) -> str:
    """In hex."""
    return hashlib.sha256(content).hexdigest()
