"""`challenge_config.yaml` to values (OTHERS 1.1). What is wrong stands at its default, and was told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.contract import limits, texts
from chalicelib.domain.bundle import admission
from chalicelib.domain.bundle.section import Section
from chalicelib.domain.bundle.sponsor import Sponsor
from chalicelib.domain.bundle.sponsors import MAX_ADDRESS_CHARACTERS, is_address

#: At and above this EvalAI's limits are none.
NO_LIMIT = 100_000
FILE_TYPES = ".json, .zip, .txt, .tsv, .gz, .csv, .h5, .npy"
DEFAULT_CONCURRENT = 3
#: Who sees a board, by EvalAI's numbers.
HOST, OWNER, EVERYBODY = 1, 2, 3

_CLUSTER = "Agon does not run this."
_OF_CHALLENGES = {
    "worker_python_version": "Programs run in a Docker image: one that has this Python is named in agon.yaml.",
    "require_complete_profile": "Profiles are nobody's duty here.",
}
#: Keys of the platform's own templates that its importer does not read.
_LEFT_OVER = dict.fromkeys(("challenge", "is_active"), "")
_OF_PHASES = {
    **_LEFT_OVER,
    "environment_image": _CLUSTER,
    "is_partial_submission_evaluation_enabled": "A submission is scored as a whole.",
}


@dataclass(frozen=True)
class Board:
    """A leaderboard of the file: labels in order, the one that ranks, and of some how they are sorted and what they mean."""

    place: str
    id: int
    labels: tuple[str, ...]
    order_by: str
    metadata: Mapping[str, Mapping[str, Any]]

    def is_descending(self, label: str, default: bool) -> bool:
        """True where more is better. Of a label with metadata `false` alone says so (OTHERS 1.4)."""
        said = self.metadata.get(label)
        return default if said is None else said.get("sort_ascending") is False


@dataclass(frozen=True)
class Split:
    """A dataset split, by the name that results have."""

    id: int
    name: str
    codename: str


@dataclass(frozen=True)
class ChallengePhase:
    """A phase. Limits are None for none; `attributes` are the questions about each submission, as they are written."""

    place: str
    id: int
    name: str
    codename: str
    description: str
    start: datetime
    end: datetime
    annotation: str | None
    file_types: tuple[str, ...]
    per_day: int | None
    per_month: int | None
    in_all: int | None
    at_once: int
    allowed: tuple[str, ...]
    is_public: bool
    is_submission_public: bool
    hides_logs: bool
    is_paused: bool
    chooses_one: bool
    attributes: tuple[tuple[str, Mapping[str, Any]], ...]
    defaults: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class PhaseSplit:
    """The board of a phase and a split."""

    place: str
    phase: int
    board: int
    split: int
    visibility: int
    precision: int
    is_descending: bool
    shows_latest: bool


def boards(section: Section) -> list[Board]:
    """The leaderboards by their schemas."""
    return [board for entry in section.sections("leaderboard", "id: 1, schema: {…}") if (board := _board(entry))]


def _board(entry: Section) -> Board | None:
    number, schema = entry.number("id", 0), entry.section("schema")
    entry.finish()
    if schema is None:
        entry.complaints.error(
            entry.at("schema"), 'Write `schema: {"labels": ["accuracy"], "default_order_by": "accuracy"}`.'
        )
        return None
    labels = tuple(dict.fromkeys(schema.texts("labels")))
    if not labels:
        schema.error("labels", "There is no label, so there is nothing to rank by. Write `labels: [accuracy]`.")
        return None
    order_by = schema.text("default_order_by")
    if order_by not in labels:
        known = ", ".join(f"`{label[:40]}`" for label in labels[:10])
        message = f"`{order_by[:60]}` is no label, and EvalAI refuses that; `{labels[0][:40]}` ranks. Write one of {known}."
        schema.warn("default_order_by", message)
        order_by = labels[0]
    said = schema.plain("metadata")
    metadata = {key: value for key, value in said.items() if isinstance(value, dict)} if isinstance(said, dict) else {}
    return Board(entry.place, number, labels, order_by, metadata)


def splits(section: Section) -> list[Split]:
    """The dataset splits; two of one codename are told."""
    found: dict[str, Split] = {}
    for entry in section.sections("dataset_splits", "id: 1, name: …, codename: …"):
        split = Split(entry.number("id", 0), entry.text("name").strip(), entry.text("codename", required=True).strip())
        if split.codename in found:
            entry.error("codename", f"The codename `{split.codename[:60]}` is there twice. Change it.")
        found[split.codename] = split
        entry.finish()
    return list(found.values())


def phases(section: Section, start: datetime | None, end: datetime | None) -> list[ChallengePhase]:
    """The phases. One without a date has the challenge's, which is told."""
    found = [_phase(entry, start, end) for entry in section.sections("challenge_phases", "id: 1, name: …, codename: …")]
    if not found and not section.complaints.is_wrong("challenge_phases"):
        section.error("challenge_phases", "There is no phase. Write `challenge_phases:` with one that has a codename.")
    seen: set[str] = set()
    for phase in found:
        if phase.codename in seen:
            message = f"The codename `{phase.codename[:60]}` is there twice: the script could not tell the phases apart."
            section.complaints.error(f"{phase.place}.codename", message)
        seen.add(phase.codename)
    return found


def _phase(entry: Section, start: datetime | None, end: datetime | None) -> ChallengePhase:
    in_all = _limit(entry, "max_submissions", NO_LIMIT)
    per_day = _limit(entry, "max_submissions_per_day", NO_LIMIT)
    per_month = _limit(entry, "max_submissions_per_month", NO_LIMIT if in_all is None else in_all)
    types = entry.text("allowed_submission_file_types", FILE_TYPES)
    phase = ChallengePhase(
        place=entry.place,
        id=entry.number("id", 0),
        name=entry.text("name", max_characters=100, required=True).strip(),
        codename=entry.text("codename", required=True).strip(),
        description=entry.text("description").strip(),
        start=_date(entry, "start_date", start),
        end=_date(entry, "end_date", end),
        annotation=entry.optional("test_annotation_file"),
        file_types=tuple(dict.fromkeys(one.strip().lower().lstrip(".") for one in types.split(",") if one.strip(" ."))),
        per_day=per_day,
        per_month=per_month,
        in_all=in_all,
        at_once=min(entry.number("max_concurrent_submissions_allowed", DEFAULT_CONCURRENT), per_day or NO_LIMIT),
        allowed=admission.read(entry, "allowed_email_ids"),
        is_public=entry.flag("is_public", False),
        is_submission_public=entry.flag("is_submission_public", False),
        hides_logs=entry.flag("disable_logs", False),
        is_paused=entry.flag("is_submission_paused", False),
        chooses_one=entry.flag("is_restricted_to_select_one_submission", False),
        attributes=tuple(
            (one.place, plain)
            for one in entry.sections("submission_meta_attributes", "name: …, type: text")
            if (plain := {key: one.plain(key) for key in one.names()})
        ),
        defaults=tuple(
            {key: one.plain(key) for key in one.names()}
            for one in entry.sections("default_submission_meta_attributes", "name: method_name, is_visible: true")
        ),
    )
    if phase.end < phase.start:
        entry.error("end_date", "It is before the `start_date`, which EvalAI refuses. Write a later one.")
    entry.flag("leaderboard_public", False)
    _tell(entry, _OF_PHASES)
    entry.finish()
    return phase


def phase_splits(section: Section) -> list[PhaseSplit]:
    """The boards of phases and splits."""
    found = []
    for entry in section.sections("challenge_phase_splits", "challenge_phase_id: 1, leaderboard_id: 1, dataset_split_id: 1"):
        if not entry.has("is_leaderboard_order_descending"):
            message = "It is missing, which EvalAI refuses; more is better. Write `is_leaderboard_order_descending: true`."
            entry.warn("is_leaderboard_order_descending", message)
        found.append(
            PhaseSplit(
                place=entry.place,
                phase=entry.number("challenge_phase_id", 0),
                board=entry.number("leaderboard_id", 0),
                split=entry.number("dataset_split_id", 0),
                visibility=entry.number("visibility", EVERYBODY, HOST, EVERYBODY),
                precision=entry.clamped("leaderboard_decimal_precision", 2, maximum=15),
                is_descending=entry.flag("is_leaderboard_order_descending", True),
                shows_latest=entry.flag("show_leaderboard_by_latest_submission", False),
            )
        )
        if not entry.flag("show_scores_on_leaderboard", True):
            entry.warn("show_scores_on_leaderboard", "Boards show scores. Hide the board with `visibility: 1`.")
        if entry.flag("show_execution_time", False):
            entry.warn("show_execution_time", "Boards have no column for the time that a run took.")
        entry.finish()
    return found


def sponsors(section: Section) -> tuple[Sponsor, ...]:
    """The sponsors, each by its name and website. One without a name is told, and so is an address that none can follow."""
    found = []
    for entry in section.sections("sponsors", "name: …, website: https://…"):
        name = " ".join(texts.plain(entry.text("name", max_characters=limits.MAX_NAME_CHARACTERS)).split())
        url = entry.optional("website", max_characters=MAX_ADDRESS_CHARACTERS)
        if url and not is_address(url):
            entry.warn("website", "This is no address, so the name leads nowhere. Write one that begins with https://.")
            url = None
        if not name:
            entry.warn("name", "A sponsor without a name is left out. Write its `name`.")
        else:
            found.append(Sponsor(name, url))
        entry.finish()
    if len(found) > limits.MAX_SPONSORS:
        message = f"{len(found)} sponsors are named, of which a page has {limits.MAX_SPONSORS}: the others are left out."
        section.warn("sponsors", message)
    return tuple(found[: limits.MAX_SPONSORS])


def tell_of_challenge(section: Section) -> None:
    """Tell of each key of the challenge that nothing here is like."""
    _tell(section, _OF_CHALLENGES)
    section.text("leaderboard_description")
    section.text("domain")


def _tell(section: Section, messages: Mapping[str, str]) -> None:
    for key, message in messages.items():
        value = section.plain(key)
        if value and message:
            section.warn(key, message)


def _limit(entry: Section, key: str, default: int) -> int | None:
    number = entry.number(key, default)
    return None if number >= NO_LIMIT else number


def _date(entry: Section, key: str, instead: datetime | None) -> datetime:
    written = entry.date(key, required=instead is None)
    if written is None and instead is not None:
        if not entry.complaints.is_wrong(entry.at(key)):
            entry.warn(key, f"`{key}` is missing; the challenge's own is taken.")
        return instead
    assert written is not None
    return written
