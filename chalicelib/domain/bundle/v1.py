"""CodaLab's competition.yaml, versions 1, 1.5 and 1.8 (FORMATS 1.1), to the model. Its leaderboards are in v1_boards.py."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.contract import limits, texts
from chalicelib.domain.bundle import rules, v1_boards
from chalicelib.domain.bundle.files import Files
from chalicelib.domain.bundle.images import cleaned
from chalicelib.domain.bundle.leaderboard import SubmissionRule
from chalicelib.domain.bundle.model import Bundle, Download, Page, Phase, Task
from chalicelib.domain.bundle.section import Section

MEGABYTE = 1024**2
DEFAULT_SUBMISSIONS_PER_DAY = 999
DEFAULT_SUBMISSIONS = 100
DEFAULT_EXECUTION_TIME_LIMIT_SECONDS = 300
_COLORS = ("white", "orange", "yellow", "green", "blue", "purple")

#: What meant something on CodaLab's own pages, and what to do about it here.
NOT_READ = {
    "published": "A competition begins as a draft. Publish it after you have looked at it.",
    "url_redirect": "Competitions have addresses of their own here, and redirect nowhere.",
    "hide_top_three": "Nothing is drawn for the first three, so there is nothing to hide.",
    "hide_chart": "No chart is drawn, so there is nothing to hide.",
    "enable_medical_image_viewer": "There is no viewer of medical images.",
}
NOT_READ_IN_PHASES = {
    "max_submissions_per_person": "This was never a key of version 1. Write `max_submissions`.",
    "disable_custom_docker_image": "Participants bring no images of their own here, whatever stands here.",
}
#: What CodaLab asked of each submission when `enable_per_submission_metadata` was set.
_QUESTIONS = ("team_name", "method_name", "method_description", "project_url", "publication_url", "bibtex")


def read(section: Section, files: Files, version: str) -> Bundle:
    """The bundle, as far as it can be read: what is wrong stands at its default, and was told to the section."""
    section.text("version")
    ends_at = _end(section)
    boards = v1_boards.read(section)
    found = _phases(section, files, ends_at)
    rule = _rule(section)
    bundle = Bundle(
        version=version,
        title=section.text("title", max_characters=limits.MAX_NAME_CHARACTERS, required=True).strip(),
        description=section.text("description"),
        image=files.logo(section, "image"),
        terms=_terms(section, files),
        # Absent means open, as on CodaLab; Codabench reads it the other way round (FORMATS 0).
        registration_auto_approve=not section.flag("has_registration", False),
        docker_image=cleaned(section, "competition_docker_image"),
        queue=files.queue(section),
        make_programs_available=section.flag("make_programs_available", False),
        make_input_data_available=section.flag("make_input_data_available", False),
        enable_detailed_results=section.flag("enable_detailed_results", False),
        show_detailed_results_in_submission_panel=section.flag("show_detailed_results_in_submission_panel", True),
        show_detailed_results_in_leaderboard=section.flag("show_detailed_results_in_leaderboard", True),
        auto_run_submissions=section.flag("auto_run_submissions", True),
        can_participants_make_submissions_public=section.flag("allow_public_submissions", False),
        fact_sheet=_fact_sheet() if section.flag("enable_per_submission_metadata", False) else None,
        reward=section.optional("reward", max_characters=limits.MAX_NAME_CHARACTERS),
        forum_enabled=section.flag("enable_forum", False),
        pages=_pages(section, files),
        tasks=tuple(task for _, _, task in found),
        phases=tuple(phase for _, phase, _ in found),
        leaderboards=tuple(replace(board, submission_rule=rule) for board in boards),
        assets=files.assets(),
        **_settings(section),
    )
    _tell(section, bundle)
    section.finish()
    return bundle


def _settings(section: Section) -> dict[str, Any]:
    return {
        "start": section.date("start_date"),
        "anonymous_leaderboard": section.flag("anonymous_leaderboard", False),
        "max_submission_bytes": _megabytes(section, "upper_bound_max_submission_size"),
        "admin_names": section.texts("admin_names"),
        "enable_teams": section.flag("enable_teams", False),
        "require_team_approval": section.flag("require_team_approval", True),
        "allow_organizer_teams": section.flag("allow_organizer_teams", False),
        "show_team_names": section.flag("allow_teams", False),
        "show_downloads": section.flag("show_datasets_from_yaml", True),
    }


def _tell(section: Section, bundle: Bundle) -> None:
    for key, message in NOT_READ.items():
        section.ignore(key, message)
    rules.judge_idle(section, bundle, lambda one: one.metadata["v1"])
    for key, value in (("image", "logo.png"), ("html", "a mapping from pages to files")):
        if not section.has(key):
            section.warn(key, f"There is no `{key}`; the competition can go without. Write `{key}: {value}`.")
    if section.has("html") and bundle.terms is None:
        section.warn("html.terms", "There is no page `terms`, so participants accept nothing. Write `terms: terms.html`.")


def _end(section: Section) -> datetime | None:
    # Codabench takes the word for none, and bundles have it.
    if section.has("end_date") and section.text("end_date").strip().lower() in ("null", "none", ""):
        return None
    return section.date("end_date")


def _rule(section: Section) -> SubmissionRule:
    """How submissions get onto the boards: by themselves, or by their participants, who could always take them back."""
    is_forced = section.flag("force_submission_to_leaderboard", False)
    is_fixed = section.flag("disallow_leaderboard_modifying", False)
    if is_forced:
        return SubmissionRule.FORCE_LAST
    return SubmissionRule.ADD if is_fixed else SubmissionRule.ADD_AND_DELETE


def _terms(section: Section, files: Files) -> str | None:
    pages = section.section("html")
    return files.page(pages, "terms", "terms page") if pages else None


def _pages(section: Section, files: Files) -> tuple[Page, ...]:
    pages = section.section("html")
    if pages is None:
        return ()
    found = [(name, files.page(pages, name, "page")) for name in pages.names() if name != "terms"]
    return tuple(Page(_line(name) or "Page", file) for name, file in found if file)


def _phases(section: Section, files: Files, ends_at: datetime | None) -> list[tuple[str, Phase, Task]]:
    """The phases in their order, each with its place and its one task."""
    entries = sorted(section.named("phases"), key=lambda pair: pair[1].number("phasenumber", 0))
    is_parallel = any(entry.has(key) for _, entry in entries for key in ("is_parallel_parent", "parent_phasenumber"))
    if is_parallel and len(entries) > 1:
        _, parent = entries.pop(0)
        message = "The parent of parallel phases is left out; its children are phases of their own."
        parent.complaints.warn(parent.place, message)
    found = []
    for index, (name, entry) in enumerate(entries):
        phase, never_ends = _phase(entry, name, index, files)
        task = _task(entry, phase, files)
        entry.finish()
        found.append((entry.place, phase, task, never_ends))
    starts = [phase.start for _, phase, _, _ in found]
    ends = [ends_at] * len(found) if is_parallel else [*starts, ends_at][1:]
    ended = [
        (place, replace(phase, end=None if never_ends else end), task)
        for (place, phase, task, never_ends), end in zip(found, ends, strict=True)
    ]
    _judge(section, ended)
    for place, phase, task in ended:
        rules.judge_ingestion(f"{place}.is_scoring_only", phase, [task], section.complaints)
    return ended


def _judge(section: Section, found: list[tuple[str, Phase, Task]]) -> None:
    if not found and not section.complaints.is_wrong("phases"):
        example = "one that has a phasenumber, a label and a start_date"
        section.error("phases", f"There is no phase. Write `phases:` with {example}.")
    for (place, phase, _), (_, following, _) in zip(found, found[1:], strict=False):
        if phase.end is not None and phase.end <= phase.start:
            message = f"It begins when “{following.name[:60]}” does, or later, so it has no time. Correct a `start_date`."
            section.complaints.warn(f"{place}.start_date", message)
        elif phase.end is None:
            message = f"It never ends, so it goes on while “{following.name[:60]}” is open."
            section.complaints.warn(f"{place}.phase_never_ends", message)
    rules.judge_end(found, section.complaints)


def _phase(entry: Section, name: str, index: int, files: Files) -> tuple[Phase, bool]:
    is_blind = entry.text("leaderboard_management_mode").strip().lower() == "hide_results"
    if not is_blind and entry.text("leaderboard_management_mode").strip().lower() not in ("", "default"):
        entry.warn("leaderboard_management_mode", "This is neither `default` nor `hide_results`; `default` is taken.")
    entry.number("phasenumber", index)
    start = entry.date("start_date", required=True)
    assert start is not None
    phase = Phase(
        index=index,
        name=entry.text("label", max_characters=limits.MAX_NAME_CHARACTERS).strip() or _line(name) or f"Phase {index + 1}",
        start=start,
        tasks=(index,),
        description=entry.text("description"),
        max_submissions_per_day=entry.number("max_submissions_per_day", DEFAULT_SUBMISSIONS_PER_DAY),
        max_submissions=entry.number("max_submissions", DEFAULT_SUBMISSIONS),
        execution_time_limit_seconds=entry.number("execution_time_limit", 0) or DEFAULT_EXECUTION_TIME_LIMIT_SECONDS,
        auto_migrate_to_this_phase=entry.flag("auto_migration", False) and index > 0,
        hide_output=entry.flag("hide_output", False),
        hide_prediction_output=entry.flag("hide_prediction_output", False),
        hide_score_output=entry.flag("hide_score_output", False),
        starting_kit=files.data(entry, "starting_kit", needed=False),
        public_data=files.data(entry, "public_data", needed=False),
        accepts_only_result_submissions=_takes_results_only(entry),
        is_blind=is_blind,
        submission_rule=_rule_of(entry, is_blind),
        max_submission_bytes=_megabytes(entry, "max_submission_size"),
        max_participant_bytes=_megabytes(entry, "participant_max_storage_use"),
        keeps_best_and_last_only=entry.flag("delete_submissions_except_best_and_last", False),
        docker_image=cleaned(entry, "default_docker_image"),
        color=_color(entry),
        downloads=tuple(_download(part, name, files) for name, part in entry.named("datasets")),
    )
    rules.judge_idle(entry, phase, lambda one: one.metadata["v1"])
    rules.judge_time(entry, phase)
    for key, message in NOT_READ_IN_PHASES.items():
        entry.ignore(key, message)
    for key in ("is_parallel_parent", "parent_phasenumber"):
        entry.text(key)
    return phase, entry.flag("phase_never_ends", False)


def _takes_results_only(entry: Section) -> bool:
    """Without `is_scoring_only` submissions are predictions, but where a program is there to run them (FORMATS 1.1)."""
    is_run = entry.has("ingestion_program") and not entry.flag("ingestion_program_only_during_scoring", False)
    if is_run and not entry.has("is_scoring_only"):
        message = "There is an ingestion program and no `is_scoring_only`, so the phase takes code and has that run."
        entry.warn("is_scoring_only", f"{message} Write `is_scoring_only: false`, or `true` for results alone.")
    return entry.flag("is_scoring_only", not is_run)


def _color(entry: Section) -> str:
    written = entry.text("color", max_characters=40).strip().lower()
    if written in ("", *_COLORS):
        return written
    entry.warn("color", f"`{written}` is no colour that CodaLab knew: {', '.join(_COLORS)}. The phase has none.")
    return ""


def _rule_of(entry: Section, is_blind: bool) -> SubmissionRule | None:
    """Force-best comes before all; a blind phase adds by itself, because nobody could choose (FORMATS 3.6)."""
    if entry.flag("force_best_submission_to_leaderboard", False):
        return SubmissionRule.FORCE_BEST
    return SubmissionRule.FORCE_LAST if is_blind else None


def _task(entry: Section, phase: Phase, files: Files) -> Task:
    task = Task(
        index=phase.index,
        name=f"{phase.name} Task"[: limits.MAX_NAME_CHARACTERS],
        scoring_program=files.program(entry, "scoring_program", required=True),
        reference_data=files.data(entry, "reference_data", needed=True),
        input_data=files.data(entry, "input_data", needed=True),
        ingestion_program=files.program(entry, "ingestion_program"),
        ingestion_only_during_scoring=entry.flag("ingestion_program_only_during_scoring", False),
        contract="1",
        score_failed_predictions=False,
        scoring_image=cleaned(entry, "scoring_program_docker_image"),
        ingestion_image=cleaned(entry, "ingestion_program_docker_image"),
    )
    if not entry.has("reference_data"):
        entry.warn("reference_data", "There is no `reference_data`: the scoring program sees the submission alone.")
    rules.judge_beside(entry, "ingestion_program_only_during_scoring", task)
    files.keep_programs(entry, task)
    return task


def _download(entry: Section, name: str, files: Files) -> Download:
    url = entry.optional("url", max_characters=2000)
    if url and not url.startswith(("https://", "http://")):
        entry.warn("url", "`url` does not begin with https:// or http://, so there is no link.")
        url = None
    download = Download(
        name=entry.text("name", max_characters=limits.MAX_NAME_CHARACTERS).strip() or _line(name) or "Link",
        url=url,
        description=entry.text("description"),
        key=files.key(entry, "key", "download"),
    )
    rules.judge_link(entry, download)
    entry.finish()
    return download


def _fact_sheet() -> dict[str, Any]:
    return {
        key: {
            "key": key,
            "type": "text",
            "title": key.replace("_", " ").replace("url", "URL").capitalize(),
            "selection": "",
            "is_required": "false",
            "is_on_leaderboard": "true" if key in ("team_name", "method_name") else "false",
        }
        for key in _QUESTIONS
    }


def _megabytes(section: Section, key: str) -> int | None:
    """A size in MB as bytes; 0 turns the limit off. What is beyond any limit is the largest that version 2 can say."""
    return min(section.number(key, 0) * MEGABYTE, limits.MAX_SIZE_BYTES) or None


def _line(name: str) -> str:
    """What stands for a title that is not written: the name that an entry goes by."""
    return texts.line(name)[0][: limits.MAX_NAME_CHARACTERS]
