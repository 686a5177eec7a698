"""Codabench's competition.yaml, version 2 (FORMATS 1.2), to the model."""

from dataclasses import fields, replace

from chalicelib.contract import limits
from chalicelib.contract.sentences import say
from chalicelib.domain.bundle import extension, fact_sheet, final_boards, judged, plain, rules
from chalicelib.domain.bundle.files import Files
from chalicelib.domain.bundle.keys import elsewhere, key_of, place_of
from chalicelib.domain.bundle.leaderboard import COMPUTATIONS, DEFAULT_PRECISION, Column, Leaderboard, SubmissionRule
from chalicelib.domain.bundle.model import (
    DEFAULT_EXECUTION_TIME_LIMIT_SECONDS,
    DEFAULT_SUBMISSIONS,
    DEFAULT_SUBMISSIONS_PER_DAY,
    Bundle,
    DatasetKey,
    Page,
    Phase,
    Solution,
    Task,
)
from chalicelib.domain.bundle.section import Section

#: Version 1 has a task's keys in its phase, and no ends of phases.
_OF_TASKS = {
    one.metadata["v1"]: f"In version 2 it is a task's: it stands as `{key_of(one)}` in `tasks`, which the phase names."
    for one in fields(Task)
    if one.metadata["v1"] and " " not in one.metadata["v1"]
}
_OLD_END = {"end_date": "It is version 1's word; here it stands as `end`."}
_DUMPED = "This key is written by Codabench's dumps and not read."


def read(section: Section, files: Files) -> Bundle:
    """The bundle, as far as it can be read: what is wrong stands at its default, and was told to the section."""
    section.text("version")
    tasks = _tasks(section, files)
    phases = _phases(section, files, tasks)
    boards = _leaderboards(section)
    judged.judge(tasks, phases, boards, section.complaints)
    final_boards.judge(phases, boards, section.complaints)
    bundle = Bundle(
        version="2",
        title=section.text("title", max_characters=limits.MAX_NAME_CHARACTERS, required=True).strip(),
        description=section.text("description"),
        image=files.logo(section, "image"),
        terms=files.page(section, "terms", "terms page"),
        registration_auto_approve=section.flag("registration_auto_approve", False),
        queue=files.queue(section),
        make_programs_available=section.flag("make_programs_available", False),
        make_input_data_available=section.flag("make_input_data_available", False),
        enable_detailed_results=section.flag("enable_detailed_results", False),
        show_detailed_results_in_submission_panel=section.flag("show_detailed_results_in_submission_panel", True),
        show_detailed_results_in_leaderboard=section.flag("show_detailed_results_in_leaderboard", True),
        auto_run_submissions=section.flag("auto_run_submissions", True),
        can_participants_make_submissions_public=section.flag("can_participants_make_submissions_public", True),
        competition_type=section.choice("competition_type", ("competition", "benchmark"), "competition"),
        fact_sheet=fact_sheet.read(section),
        reward=section.optional("reward", max_characters=limits.MAX_NAME_CHARACTERS),
        contact_email=section.optional("contact_email", max_characters=254),
        forum_enabled=section.flag("forum_enabled", True),
        pages=_pages(section, files),
        tasks=tuple(task for _, task in tasks),
        solutions=_solutions(section, files, tasks),
        phases=tuple(phase for _, phase in phases),
        leaderboards=tuple(board for _, board in boards),
        assets=files.assets(),
        **extension.of_bundle(section, files, [phase.index for _, phase in phases]),
    )
    plain.judge(phases, bundle.expects, "agon.expects", section.complaints)
    _tell_what_lacks(section, bundle)
    rules.judge_idle(section, bundle, place_of)
    section.finish(elsewhere(Bundle))
    return bundle


def _tell_what_lacks(section: Section, bundle: Bundle) -> None:
    for key, value in (("image", "logo.png"), ("terms", "terms.md"), ("pages", "a list of `title` and `file`")):
        if not section.has(key):
            section.warn(
                key,
                say(
                    "codabench_needs_key",
                    "There is no `{key}`. Codabench needs one; here it can go without. Write `{key}: {value}`.",
                    key=key,
                    value=value,
                ),
            )
    if bundle.contact_email and "@" not in bundle.contact_email:
        section.warn("contact_email", say("contact_shape", "`contact_email` is no address of the form name@example.org."))


def _pages(section: Section, files: Files) -> tuple[Page, ...]:
    found: list[Page] = []
    for entry in section.sections("pages", "title: Overview, file: overview.md"):
        title = entry.text("title", max_characters=limits.MAX_NAME_CHARACTERS, required=True).strip()
        if not entry.has("file"):
            entry.error(
                "file", say("page_file_missing", "`file` is missing. Name a text of the bundle such as overview.md.")
            )
        path = files.page(entry, "file", "page")
        if path is not None:
            found.append(Page(title, path, **extension.of_page(entry)))
        entry.finish()
    return tuple(found)


def _index(entry: Section, position: int) -> int:
    if not entry.has("index"):
        entry.warn(
            "index",
            say("index_missing", "`index` is missing; {position} is taken. Write `index: {position}`.", position=position),
        )
    return entry.number("index", position)


def _tasks(section: Section, files: Files) -> list[tuple[str, Task]]:
    entries = section.sections("tasks", "index: 0, name: …, scoring_program: scoring_program")
    found = [(entry.place, _task(entry, position, files)) for position, entry in enumerate(entries)]
    rules.judge_tasks(found, section.complaints)
    return found


def _task(entry: Section, position: int, files: Files) -> Task:
    key = files.key(entry, "key", "task")
    if key is not None:
        # Everything else is then the task's own, whatever stands here (FORMATS 1.2).
        return Task(index=_index(entry, position), key=key)
    extended = extension.of_task(entry)
    task = Task(
        index=_index(entry, position),
        name=entry.text("name", max_characters=limits.MAX_NAME_CHARACTERS, required=True).strip(),
        description=entry.text("description"),
        scoring_program=files.program(entry, "scoring_program", required=extended["judging"] is None),
        reference_data=files.data(entry, "reference_data", needed=True),
        input_data=files.data(entry, "input_data", needed=True),
        ingestion_program=files.program(entry, "ingestion_program"),
        ingestion_only_during_scoring=entry.flag("ingestion_only_during_scoring", False),
        **extended,
    )
    rules.judge_beside(entry, "ingestion_only_during_scoring", task)
    files.keep_programs(entry, task)
    if task.scoring_program and not entry.has("reference_data"):
        entry.warn(
            "reference_data",
            say("no_reference_data", "There is no `reference_data`: the scoring program sees the submission alone."),
        )
    entry.ignore("is_public", _DUMPED)
    entry.finish(elsewhere(Task))
    return task


def _solutions(section: Section, files: Files, tasks: list[tuple[str, Task]]) -> tuple[Solution, ...]:
    found: list[tuple[str, Solution]] = []
    for position, entry in enumerate(section.sections("solutions", "index: 0, path: solution, tasks: [0]")):
        path = files.data(entry, "path", needed=False)
        # Codabench's full dumps name a key that only the server knows where they were made, and embed the file.
        key = files.key(entry, "key", "solution") if path is None else entry.optional("key") and None
        solution = Solution(
            index=_index(entry, position),
            tasks=entry.numbers("tasks"),
            name=entry.text("name", max_characters=limits.MAX_NAME_CHARACTERS).strip(),
            description=entry.text("description"),
            path=None if isinstance(path, DatasetKey) else path,
            key=path if isinstance(path, DatasetKey) else key,
        )
        if solution.path or solution.key:
            found.append((entry.place, solution))
        else:
            entry.warn(
                "path",
                say(
                    "solution_without_file",
                    "There is no file of this solution, so it is left out. Name a zip or a folder: `path: …`.",
                ),
            )
        entry.finish()
    rules.judge_solutions(found, tasks, section.complaints)
    return tuple(solution for _, solution in found)


def _phases(section: Section, files: Files, tasks: list[tuple[str, Task]]) -> list[tuple[str, Phase]]:
    entries = section.sections("phases", "name: …, start: 2026-01-31, tasks: [0]")
    written = [(entry.place, _phase(entry, files)) for entry in entries]
    written.sort(key=lambda pair: pair[1].index)
    found = [(place, replace(phase, index=position)) for position, (place, phase) in enumerate(written)]
    if found and found[0][1].auto_migrate_to_this_phase:
        place, first = found[0]
        message = say(
            "first_phase_migrates", "Nothing comes before the first phase, so nothing migrates to it. Remove the line."
        )
        section.complaints.warn(f"{place}.auto_migrate_to_this_phase", message)
        found[0] = (place, replace(first, auto_migrate_to_this_phase=False))
    rules.judge_phases(found, tasks, section.complaints)
    return found


def _phase(entry: Section, files: Files) -> Phase:
    start = entry.date("start", required=True)
    assert start is not None
    phase = Phase(
        index=entry.number("index", 0),
        name=entry.text("name", max_characters=limits.MAX_NAME_CHARACTERS, required=True).strip(),
        start=start,
        end=entry.date("end"),
        tasks=entry.numbers("tasks"),
        description=entry.text("description"),
        max_submissions_per_day=entry.limit("max_submissions_per_day", DEFAULT_SUBMISSIONS_PER_DAY),
        max_submissions=entry.limit("max_submissions", DEFAULT_SUBMISSIONS),
        execution_time_limit_seconds=_time_limit(entry),
        auto_migrate_to_this_phase=entry.flag("auto_migrate_to_this_phase", False),
        hide_output=entry.flag("hide_output", False),
        hide_prediction_output=entry.flag("hide_prediction_output", False),
        hide_score_output=entry.flag("hide_score_output", False),
        starting_kit=files.data(entry, "starting_kit", needed=False),
        public_data=files.data(entry, "public_data", needed=False),
        accepts_only_result_submissions=entry.flag("accepts_only_result_submissions", False),
    )
    phase = replace(phase, **extension.of_phase(entry, phase.end))
    if phase.never_ends and phase.end is not None:
        entry.warn("agon.never_ends", say("end_that_counts", "The phase has an `end`, which counts. Remove this line."))
        phase = replace(phase, never_ends=False)
    rules.judge_idle(entry, phase, place_of)
    rules.judge_time(entry, phase)
    entry.ignore("solutions", _DUMPED)
    entry.ignore("has_max_submissions", _DUMPED)
    entry.finish({**_OF_TASKS, **_OLD_END, **elsewhere(Phase)})
    return phase


def _time_limit(entry: Section) -> int:
    seconds = entry.number("execution_time_limit", DEFAULT_EXECUTION_TIME_LIMIT_SECONDS)
    if not seconds:
        entry.slip(
            "execution_time_limit",
            say(
                "zero_seconds",
                "Nothing runs in 0 seconds; {seconds} are taken.",
                seconds=DEFAULT_EXECUTION_TIME_LIMIT_SECONDS,
            ),
        )
    return seconds or DEFAULT_EXECUTION_TIME_LIMIT_SECONDS


def _leaderboards(section: Section) -> list[tuple[str, Leaderboard]]:
    entries = section.sections("leaderboards", "title: …, key: main, columns: […]")
    found = [(entry.place, _leaderboard(entry, position)) for position, entry in enumerate(entries)]
    rules.judge_leaderboards(found, section.complaints)
    return found


def _leaderboard(entry: Section, position: int) -> Leaderboard:
    entry.number("index", position)
    pairs = [(part.place, _column(part, at)) for at, part in enumerate(entry.sections("columns", "key: …, title: …"))]
    rules.judge_columns(pairs, entry.place, entry.complaints)
    columns = sorted((column for _, column in pairs), key=lambda column: column.index)
    board = Leaderboard(
        index=position,
        title=entry.text("title", max_characters=limits.MAX_BOARD_TITLE_CHARACTERS, required=True).strip(),
        key=entry.text("key", max_characters=limits.MAX_KEY_CHARACTERS, required=True).strip(),
        hidden=entry.flag("hidden", False),
        submission_rule=SubmissionRule(entry.choice("submission_rule", tuple(SubmissionRule), SubmissionRule.ADD)),
        primary_index=_primary_index(entry, columns),
        columns=tuple(columns),
        **extension.of_leaderboard(entry),
    )
    rules.judge_board(board, entry.place, entry.complaints)
    entry.finish(elsewhere(Leaderboard))
    return board


def _primary_index(entry: Section, columns: list[Column]) -> int:
    indexes = [column.index for column in columns]
    first = min(indexes, default=0)
    written = entry.number("primary_index", first)
    if written in indexes or not indexes:
        return written
    known = ", ".join(map(str, indexes[:20]))
    entry.slip(
        "primary_index",
        say(
            "primary_unknown",
            "No column has the index {index}; the first column ranks. Write one of: {indexes}.",
            index=written,
            indexes=known,
        ),
    )
    return first


def _column(entry: Section, position: int) -> Column:
    computation = entry.choice("computation", COMPUTATIONS, "")
    column = Column(
        key=entry.text("key", max_characters=limits.MAX_KEY_CHARACTERS, required=True).strip(),
        title=entry.text("title", max_characters=limits.MAX_KEY_CHARACTERS, required=True).strip(),
        index=_index(entry, position),
        sorting="asc" if entry.choice("sorting", ("asc", "desc"), "desc") == "asc" else "desc",
        precision=entry.clamped("precision", DEFAULT_PRECISION, maximum=15),
        hidden=entry.flag("hidden", False),
        computation=computation or None,
        computation_indexes=entry.numbers("computation_indexes"),
    )
    column = replace(column, **extension.of_column(entry))
    entry.finish(elsewhere(Column))
    return column
