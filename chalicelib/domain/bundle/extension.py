"""Fields that version 2 lacks: those below `agon:` at each level of a manifest. Each function gives those of one level."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from chalicelib.contract import limits, texts
from chalicelib.contract.sentences import say
from chalicelib.domain.bundle import admission, expecting, fact_sheet, grouped, images, judged, plain, rules, slug, sponsors
from chalicelib.domain.bundle.files import Files
from chalicelib.domain.bundle.leaderboard import EXTENDED_COMPUTATIONS, ColumnGroup, SubmissionRule
from chalicelib.domain.bundle.model import STEPS, Download, FinalBoard, Requires
from chalicelib.domain.bundle.section import Section
from chalicelib.domain.zones import is_zone

_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,59}")
#: By how much a dump lets a phase end earlier where Codabench would refuse its end (FORMATS 1.2).
MOMENT = timedelta(seconds=1)


def of_bundle(section: Section, files: Files, phases: Collection[int]) -> dict[str, Any]:
    """Of the competition as a whole, whose phases have these indexes."""
    part = section.extension()
    found = {
        "docker_image": images.name(section, "docker_image", limits.MAX_IMAGE_CHARACTERS_ON_CODABENCH)
        or images.name(part, "docker_image"),
        "start": part.date("start"),
        "anonymous_leaderboard": part.flag("anonymous_leaderboard", False),
        "max_submission_bytes": _size(part, "max_submission_bytes"),
        "admin_names": part.texts("admin_names"),
        "enable_teams": part.flag("enable_teams", False),
        "require_team_approval": part.flag("require_team_approval", True),
        "allow_organizer_teams": part.flag("allow_organizer_teams", False),
        "max_team_members": _team_size(part),
        "team_merges": part.choice("team_merges", ("within_limits", "always", "never"), "within_limits"),
        "team_merge_deadline": part.date("team_merge_deadline"),
        "show_team_names": part.flag("show_team_names", False),
        "show_downloads": part.flag("show_downloads", True),
        "requires": _requires(part),
        "timezone": _zone(part),
        "paused": part.flag("paused", False),
        "archived": part.flag("archived", False),
        "slug": slug.read(part),
        "tags": _tags(part),
        "sponsors": sponsors.read(part),
        "allowed_addresses": admission.read(part, "allowed_addresses"),
        "refused_addresses": admission.read(part, "refused_addresses"),
        "registration_questions": fact_sheet.read(part, "registration_questions", fact_sheet.REGISTRATION_KEYS),
        "expects": expecting.read(part),
        "groups": grouped.read(part, files, phases),
    }
    part.finish()
    return found


def of_task(section: Section) -> dict[str, Any]:
    """Of a task."""
    part = section.extension()
    contract = part.choice("contract", ("1", "2"), "2")
    found = {
        "contract": contract,
        "score_failed_predictions": part.flag("score_failed_predictions", True),
        "scoring_image": images.name(part, "scoring_image"),
        "ingestion_image": images.name(part, "ingestion_image"),
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
        "final_selection": _selection(part),
        "submission_rule": SubmissionRule(rule) if rule else None,
        "max_submission_bytes": _size(part, "max_submission_bytes"),
        "max_participant_bytes": _size(part, "max_participant_bytes"),
        "max_submissions_per_month": _number(part, "max_submissions_per_month"),
        "min_interval_seconds": _number(part, "min_interval_seconds") or None,
        "max_concurrent_submissions": _number(part, "max_concurrent_submissions"),
        "paused": part.flag("paused", False),
        "migrate": part.choice("migrate", ("last", "best"), "last"),
        "keeps_best_and_last_only": part.flag("keeps_best_and_last_only", False),
        "docker_image": images.name(part, "docker_image"),
        "color": part.text("color", max_characters=40).strip(),
        "downloads": tuple(_download(entry) for entry in part.sections("downloads", "name: …, url: https://…")),
        "licence_at_end": part.text("licence_at_end", max_characters=100).strip(),
        "never_ends": part.flag("never_ends", False),
        "expects": expecting.read(part),
        "submission_extensions": plain.read(part),
        "allowed_addresses": admission.read(part, "allowed_addresses"),
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
        part.warn(
            "end",
            say("second_end", "This is not the second after the phase's own `end`, so that one counts. Remove this line."),
        )
    part.finish()
    return found


def of_page(section: Section) -> dict[str, Any]:
    """Of a page."""
    part = section.extension()
    found = {"participants_only": part.flag("participants_only", False)}
    part.finish()
    return found


def of_leaderboard(section: Section) -> dict[str, Any]:
    """Of a leaderboard."""
    part = section.extension()
    groups = part.sections("column_groups", "key: …, title: …")
    found = {
        "tie_break_indexes": part.numbers("tie_break_indexes") if part.has("tie_break_indexes") else None,
        "column_groups": tuple(_group(entry, position) for position, entry in enumerate(groups)),
        "phases": part.numbers("phases"),
        "own_scores": part.flag("own_scores", False),
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
    found["error_of"] = _number(part, "error_of")
    found["former_keys"] = _former_keys(part)
    part.finish()
    return found


def _former_keys(part: Section) -> tuple[str, ...]:
    keys = tuple(dict.fromkeys(part.texts("former_keys")))
    if len(keys) > limits.MAX_FORMER_KEYS or any(len(key) > limits.MAX_KEY_CHARACTERS for key in keys):
        most = f"{limits.MAX_FORMER_KEYS} keys at most, of {limits.MAX_KEY_CHARACTERS} characters"
        part.error("former_keys", f"`former_keys` is too long. Write {most}.")
        return ()
    return keys


def _tags(part: Section) -> tuple[str, ...]:
    """Each once, whatever its capitals."""
    tags: dict[str, str] = {}
    for written in part.texts("tags"):
        tag = " ".join(written.split())
        if not tag or len(tag) > limits.MAX_TAG_CHARACTERS or texts.steering(tag):
            most = f"one line of at most {limits.MAX_TAG_CHARACTERS} characters"
            part.error("tags", f"`{texts.plain(tag)[:60]}` is no tag. Write {most}, such as computer vision.")
        else:
            tags.setdefault(tag.casefold(), tag)
    if len(tags) > limits.MAX_TAGS:
        part.error(
            "tags",
            say("tags_too_many", "`tags` has {count} of them. Keep the best {most}.", count=len(tags), most=limits.MAX_TAGS),
        )
        return ()
    return tuple(tags.values())


def _requires(part: Section) -> Requires:
    entry = part.section("requires")
    if entry is None:
        return Requires()
    labels = tuple(dict.fromkeys(entry.texts("labels")))
    for label in labels:
        if not _LABEL.fullmatch(label):
            entry.error(
                "labels",
                say(
                    "label_shape",
                    "`{label}` is no label. Write words of letters, digits, `.`, `_`, `:` and `-`.",
                    label=label[:60],
                ),
            )
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


def _team_size(part: Section) -> int | None:
    most = limits.MAX_TEAM_MEMBERS
    return part.number("max_team_members", most, 1, most) if part.has("max_team_members") else None


def _zone(part: Section) -> str:
    name = part.text("timezone", "UTC", max_characters=100).strip()
    if is_zone(name):
        return name
    part.error(
        "timezone",
        say("zone_unknown", "`timezone` is `{name}`, which names none. Write one such as UTC or Europe/Paris.", name=name),
    )
    return "UTC"


def _steps(part: Section, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    steps = part.texts(key, default)
    unknown = [step for step in steps if step not in STEPS]
    if unknown:
        part.error(
            key,
            say(
                "steps_unknown",
                "`{key}` names `{step}`. Write a list of: {steps}.",
                key=key,
                step=unknown[0][:60],
                steps=", ".join(STEPS),
            ),
        )
    return tuple(step for step in STEPS if step in steps)


def _selection(part: Section) -> int | None:
    most = limits.MAX_CHOSEN
    return part.number("final_selection", 1, 1, most) if part.has("final_selection") else None


def _final_board(part: Section) -> FinalBoard | None:
    entry = part.section("final_board_from")
    if entry is None:
        return None
    found = {key: entry.number(key, 0) if entry.has(key) else None for key in ("phase", "task", "leaderboard")}
    if sum(index is not None for index in found.values()) != 1:
        part.error(
            "final_board_from",
            say("one_of_three", "Write one of `phase:`, `task:` and `leaderboard:`, with the index of one."),
        )
    entry.finish()
    return FinalBoard(**found)


def _download(entry: Section) -> Download:
    url = entry.optional("url", max_characters=2000)
    if url and not url.startswith(("https://", "http://")):
        entry.error("url", say("link_begins", "`url` must begin with https:// or http://."))
    download = Download(
        name=entry.text("name", max_characters=limits.MAX_NAME_CHARACTERS, required=True).strip(),
        url=url,
        description=entry.text("description"),
        key=entry.optional("key", max_characters=100),
    )
    rules.judge_link(entry, download)
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
