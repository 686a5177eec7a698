"""What version 2 lacks: the fields below `agon:` at each level of a manifest. Each function gives those of one level."""

import re
from datetime import datetime, timedelta
from typing import Any

from chalicelib.contract import limits
from chalicelib.domain.bundle import judged
from chalicelib.domain.bundle.leaderboard import EXTENDED_COMPUTATIONS, ColumnGroup, SubmissionRule
from chalicelib.domain.bundle.model import STEPS, Download, FinalBoard, Requires
from chalicelib.domain.bundle.section import Section
from chalicelib.domain.zones import is_zone

NO_PROFILE_TEAMS = (
    "Profiles have no team here, so there is none to show. Those who compete as a team always stand under its name."
)
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,59}")
#: By how much a dump lets a phase end earlier where Codabench would refuse its end (FORMATS 1.2).
MOMENT = timedelta(seconds=1)


def of_bundle(section: Section) -> dict[str, Any]:
    """Of the competition as a whole."""
    part = section.extension()
    found = {
        "docker_image": section.text("docker_image", max_characters=limits.MAX_IMAGE_CHARACTERS_ON_CODABENCH).strip()
        or part.text("docker_image", max_characters=limits.MAX_IMAGE_CHARACTERS).strip(),
        "start": part.date("start"),
        "anonymous_leaderboard": part.flag("anonymous_leaderboard", False),
        "max_submission_bytes": _size(part, "max_submission_bytes"),
        "admin_names": part.texts("admin_names"),
        "enable_teams": part.flag("enable_teams", False),
        "require_team_approval": part.flag("require_team_approval", True),
        "allow_organizer_teams": part.flag("allow_organizer_teams", False),
        "show_team_names": part.flag("show_team_names", False),
        "show_downloads": part.flag("show_downloads", True),
        "requires": _requires(part),
        "timezone": _zone(part),
        "paused": part.flag("paused", False),
    }
    if found["show_team_names"]:
        part.warn("show_team_names", NO_PROFILE_TEAMS)
    part.finish()
    return found


def of_task(section: Section) -> dict[str, Any]:
    """Of a task."""
    part = section.extension()
    contract = part.choice("contract", ("1", "2"), "2")
    found = {
        "contract": contract,
        "score_failed_predictions": part.flag("score_failed_predictions", True),
        "scoring_image": part.text("scoring_image", max_characters=limits.MAX_IMAGE_CHARACTERS).strip(),
        "ingestion_image": part.text("ingestion_image", max_characters=limits.MAX_IMAGE_CHARACTERS).strip(),
        "network": _steps(part, "network", ()),
        "confidential_data": _steps(part, "confidential_data", ("scoring",)),
        "requires": _requires(part),
        "judging": judged.read(part),
    }
    part.finish()
    return found


def of_phase(section: Section, end: datetime | None = None) -> dict[str, Any]:
    """Of a phase that ends at `end`, as version 2 says it.

    A limit of 0 stands here when it means that no submission is allowed, and not that any number is. An end stands here
    when it is a moment after the one that version 2 is told, which Codabench wants before the next phase's start.
    """
    part = section.extension()
    rule = part.choice("submission_rule", tuple(SubmissionRule), "")
    found: dict[str, Any] = {
        "is_blind": part.flag("is_blind", False),
        "freeze_board_at": part.date("freeze_board_at"),
        "final_board_from": _final_board(part),
        "submission_rule": SubmissionRule(rule) if rule else None,
        "max_submission_bytes": _size(part, "max_submission_bytes"),
        "max_participant_bytes": _size(part, "max_participant_bytes"),
        "max_submissions_per_month": _number(part, "max_submissions_per_month"),
        "min_interval_seconds": _number(part, "min_interval_seconds") or None,
        "max_concurrent_submissions": _number(part, "max_concurrent_submissions"),
        "paused": part.flag("paused", False),
        "migrate": part.choice("migrate", ("last", "best"), "last"),
        "keeps_best_and_last_only": part.flag("keeps_best_and_last_only", False),
        "docker_image": part.text("docker_image", max_characters=limits.MAX_IMAGE_CHARACTERS).strip(),
        "color": part.text("color", max_characters=40).strip(),
        "downloads": tuple(_download(entry) for entry in part.sections("downloads", "name: …, url: https://…")),
        "licence_at_end": part.text("licence_at_end", max_characters=100).strip(),
        "never_ends": part.flag("never_ends", False),
        "judging_start": part.date("judging_start"),
        "judging_end": part.date("judging_end"),
    }
    for limit in ("max_submissions_per_day", "max_submissions"):
        if part.has(limit):
            found[limit] = part.number(limit, 0, maximum=0)
    exact = part.date("end")
    if exact is not None and end is not None and exact - end == MOMENT:
        found["end"] = exact
    elif exact is not None:
        part.warn("end", "This is not the second after the phase's own `end`, so that one counts. Remove this line.")
    part.finish()
    return found


def of_leaderboard(section: Section) -> dict[str, Any]:
    """Of a leaderboard."""
    part = section.extension()
    groups = part.sections("column_groups", "key: …, title: …")
    found = {
        "tie_break_indexes": part.numbers("tie_break_indexes") if part.has("tie_break_indexes") else None,
        "column_groups": tuple(_group(entry, position) for position, entry in enumerate(groups)),
    }
    part.finish()
    return found


def of_column(section: Section) -> dict[str, Any]:
    """Of a column. A computation that version 2 does not know stands here with all that belongs to it."""
    part = section.extension()
    found: dict[str, Any] = {"group": part.optional("group", max_characters=100)}
    if computation := part.choice("computation", EXTENDED_COMPUTATIONS, ""):
        found["computation"] = computation
        found["computation_indexes"] = part.numbers("computation_indexes")
    found["computation_weights"] = part.decimals("computation_weights")
    part.finish()
    return found


def _requires(part: Section) -> Requires:
    entry = part.section("requires")
    if entry is None:
        return Requires()
    labels = tuple(dict.fromkeys(entry.texts("labels")))
    for label in labels:
        if not _LABEL.fullmatch(label):
            entry.error("labels", f"`{label[:60]}` is no label. Write words of letters, digits, `.`, `_`, `:` and `-`.")
    found = Requires(
        cpus=entry.decimal("cpus", 0.0, maximum=limits.MAX_CPUS),
        memory_bytes=entry.number("memory_bytes", 0, maximum=limits.MAX_SIZE_BYTES),
        gpus=entry.number("gpus", 0, maximum=limits.MAX_GPUS),
        labels=tuple(label for label in labels if _LABEL.fullmatch(label)),
    )
    entry.finish()
    return found


def _size(part: Section, key: str) -> int | None:
    scalar = part.number(key, 0, maximum=limits.MAX_SIZE_BYTES) if part.has(key) else 0
    return scalar or None


def _number(part: Section, key: str) -> int | None:
    return part.number(key, 0) if part.has(key) else None


def _zone(part: Section) -> str:
    name = part.text("timezone", "UTC", max_characters=100).strip()
    if is_zone(name):
        return name
    part.error("timezone", f"`timezone` is `{name}`, which names none. Write one such as UTC or Europe/Paris.")
    return "UTC"


def _steps(part: Section, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    steps = part.texts(key, default)
    unknown = [step for step in steps if step not in STEPS]
    if unknown:
        part.error(key, f"`{key}` names `{unknown[0][:60]}`. Write a list of: {', '.join(STEPS)}.")
    return tuple(step for step in STEPS if step in steps)


def _final_board(part: Section) -> FinalBoard | None:
    entry = part.section("final_board_from")
    if entry is None:
        return None
    found = {key: entry.number(key, 0) if entry.has(key) else None for key in ("phase", "task")}
    if (found["phase"] is None) == (found["task"] is None):
        part.error("final_board_from", "Write either `phase:` with the index of a phase, or `task:` with that of a task.")
    entry.finish()
    return FinalBoard(**found)


def _download(entry: Section) -> Download:
    url = entry.optional("url", max_characters=2000)
    if url and not url.startswith(("https://", "http://")):
        entry.error("url", "`url` must begin with https:// or http://.")
    download = Download(
        name=entry.text("name", max_characters=limits.MAX_NAME_CHARACTERS, required=True).strip(),
        url=url,
        description=entry.text("description"),
        key=entry.optional("key", max_characters=100),
    )
    entry.finish()
    return download


def _group(entry: Section, position: int) -> ColumnGroup:
    group = ColumnGroup(
        key=entry.text("key", max_characters=100, required=True).strip(),
        title=entry.text("title", max_characters=limits.MAX_NAME_CHARACTERS, required=True).strip(),
        index=entry.number("index", position, maximum=limits.MAX_NUMBER),
    )
    entry.finish()
    return group
