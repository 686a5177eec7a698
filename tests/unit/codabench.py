"""What Codabench would say of a manifest of version 2, by its rules as FORMATS 1.2 states them: it knows no `agon:`."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

TOP = {"version", "title", "image", "terms", "description", "registration_auto_approve", "docker_image", "queue"}
TOP |= {"make_programs_available", "make_input_data_available", "enable_detailed_results", "auto_run_submissions"}
TOP |= {"show_detailed_results_in_submission_panel", "show_detailed_results_in_leaderboard", "competition_type"}
TOP |= {"can_participants_make_submissions_public", "fact_sheet", "reward", "contact_email", "forum_enabled", "pages"}
TOP |= {"tasks", "phases", "leaderboards", "solutions"}
PHASE = {"index", "name", "description", "start", "end", "tasks", "max_submissions_per_day", "max_submissions"}
PHASE |= {"execution_time_limit", "auto_migrate_to_this_phase", "hide_output", "hide_prediction_output"}
PHASE |= {"hide_score_output", "starting_kit", "public_data", "accepts_only_result_submissions"}
DATA = {"scoring_program", "reference_data", "input_data", "ingestion_program"}
TASK = {"index", "name", "description", "ingestion_only_during_scoring", *DATA}
SOLUTION = {"index", "tasks", "path", "name", "description"}
BOARD = {"title", "key", "index", "hidden", "submission_rule", "primary_index", "columns"}
COLUMN = {"title", "key", "index", "sorting", "precision", "hidden", "computation", "computation_indexes"}
RULES = {"Add", "Add_And_Delete", "Add_And_Delete_Multiple", "Force_Last", "Force_Latest_Multiple", "Force_Best"}


def complaints(manifest: dict[str, Any], files: Collection[str]) -> list[str]:
    """Everything that keeps it from being read, and every key that is not Codabench's but `agon`."""
    return [*_of_top(manifest, files), *_of_phases(manifest), *_of_tasks(manifest, files), *_of_boards(manifest)]


def _of_top(manifest: dict[str, Any], files: Collection[str]) -> Iterator[str]:
    yield from _strange(manifest, TOP, "top")
    if str(manifest["version"]) != "2" or not 0 < len(manifest["title"]) <= 256:
        yield "version or title"
    for name in (manifest.get("image"), manifest.get("terms"), *(page["file"] for page in manifest["pages"])):
        if name not in files:
            yield f"{name} is missing"


def _of_phases(manifest: dict[str, Any]) -> Iterator[str]:
    phases = sorted(manifest["phases"], key=lambda phase: phase.get("index", 0))
    known = {task["index"] for task in manifest["tasks"]}
    if phases[0].get("auto_migrate_to_this_phase"):
        yield "nothing migrates to the first phase"
    for phase, following in zip(phases, [*phases[1:], None], strict=True):
        yield from _strange(phase, PHASE, phase["name"])
        if not phase["tasks"] or not known.issuperset(phase["tasks"]):
            yield f"tasks of {phase['name']}"
        if following and not (
            "end" in phase and datetime.fromisoformat(phase["end"]) < datetime.fromisoformat(following["start"])
        ):
            yield f"dates conflict after {phase['name']}"


def _of_tasks(manifest: dict[str, Any], files: Collection[str]) -> Iterator[str]:
    for task in manifest["tasks"]:
        yield from _strange(task, TASK, f"task {task['index']}")
        if not task["name"] or "scoring_program" not in task:
            yield f"task {task['index']} lacks a name or a scoring program"
        yield from (f"{task[kind]} is missing" for kind in DATA & task.keys() if task[kind] not in files)
    for solution in manifest.get("solutions", ()):
        yield from _strange(solution, SOLUTION, "solution")


def _of_boards(manifest: dict[str, Any]) -> Iterator[str]:
    for board in manifest["leaderboards"]:
        yield from _strange(board, BOARD, board["key"])
        if len(board["title"]) > 64 or len(board["key"]) > 36 or board.get("submission_rule", "Add") not in RULES:
            yield f"the board {board['key']}"
        indexes = [column["index"] for column in board["columns"]]
        if len(set(indexes)) != len(indexes) or not indexes:
            yield f"indexes of {board['key']}"
        for column in board["columns"]:
            yield from _strange(column, COLUMN, column["key"])
            used = column.get("computation_indexes", [])
            if column.get("computation") not in (None, "avg", "sum", "min", "max") or not set(indexes).issuperset(used):
                yield f"the computation of {column['key']}"
            if len(column["title"]) > 36 or len(column["key"]) > 36 or column["index"] in used:
                yield f"the column {column['key']}"


def _strange(part: dict[str, Any], known: Collection[str], where: str) -> list[str]:
    return [f"{where}: {key}" for key in part if key not in known and key != "agon"]
