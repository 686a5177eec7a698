"""Every field of a bundle's model can be read and changed by an organizer, one at a time."""

from dataclasses import fields
from typing import Any

import pytest

from chalicelib.domain.bundle import model
from chalicelib.domain.bundle.keys import is_extension, key_of
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from tests.api.conftest import Person
from tests.api.test_editor import edit, settings

#: Another value for each field, by the part of the settings where it stands. A callable takes the ids of datasets.
VALUES: dict[str, dict[str, Any]] = {
    "": {
        "title": "Better", "description": "Told anew.", "registration_auto_approve": False, "docker_image": "other:2",
        "make_programs_available": True, "make_input_data_available": True, "enable_detailed_results": True,
        "show_detailed_results_in_submission_panel": False, "show_detailed_results_in_leaderboard": False,
        "auto_run_submissions": False, "can_participants_make_submissions_public": False, "competition_type": "benchmark",
        "reward": "A cup", "contact_email": "olga@example.org", "forum_enabled": False, "start": "2025-12-01T00:00:00+00:00",
        "fact_sheet": {"how": {"key": "how", "type": "text", "title": "How?", "selection": "", "is_required": "false",
                               "is_on_leaderboard": "false"}},
        "anonymous_leaderboard": True, "max_submission_bytes": 1000, "admin_names": ["grace"], "enable_teams": True,
        "require_team_approval": False, "allow_organizer_teams": True, "show_team_names": True, "show_downloads": False,
        "requires": {"gpus": 1}, "timezone": "Europe/Paris", "paused": True, "archived": True,
        "tags": ["vision"], "slug": "better-2027", "sponsors": [{"name": "Acme", "url": "https://acme.example"}],
        "allowed_addresses": ["example.org"], "refused_addresses": ["eve@example.org"],
        "max_team_members": 4, "team_merges": "never", "team_merge_deadline": "2030-05-01T00:00:00+00:00",
        "registration_questions": {"lab": {"key": "lab", "type": "text", "title": "Lab?", "selection": "",
                                           "is_required": "true"}},
        "expects": {"files": [{"path": "p.csv", "format": "csv", "fields": [{"name": "id", "type": "integer"}]}]},
        "groups": [{"key": "students", "title": "Students", "board": True, "phases": [0], "question": "lab",
                    "limits": [{"phase": 0, "max_submissions": 3}], "addresses": ["example.org"], "answers": ["one"]}],
    },
    "/phases/0": {
        "never_ends": True,
        "name": "Final", "description": "The end.", "start": "2025-06-01T00:00:00+00:00", "end": "2031-01-01T12:30:00+00:00",
        "max_submissions_per_day": 7, "max_submissions": 70, "execution_time_limit": 90, "hide_output": True,
        "hide_prediction_output": True, "hide_score_output": True, "accepts_only_result_submissions": True,
        "is_blind": True, "freeze_board_at": "2030-12-01T00:00:00+00:00", "submission_rule": "Force_Last",
        "max_submission_bytes": 10, "max_participant_bytes": 20, "max_submissions_per_month": 30,
        "min_interval_seconds": 40, "max_concurrent_submissions": 2, "paused": True, "migrate": "best",
        "keeps_best_and_last_only": True, "licence_at_end": "CC-BY-4.0", "docker_image": "other:2", "color": "green",
        "submission_extensions": ["txt"], "allowed_addresses": ["cs.example.org"],
        "expects": {"files": [{"path": "*.txt", "count": 1}], "others": False, "max_files": 2},
        "downloads": [{"name": "More", "url": "https://example.org/more"}], "final_selection": 3,
    },
    "/tasks/0": {
        "name": "Guess again", "description": "Twice.", "ingestion_only_during_scoring": True, "contract": "1",
        "score_failed_predictions": False, "scoring_image": "a:1", "ingestion_image": "b:1", "network": ["scoring"],
        "confidential_data": ["ingestion", "scoring"], "requires": {"labels": ["fast"]},
    },
    "/leaderboards/0": {
        "title": "Scores", "key": "other", "hidden": True, "submission_rule": "Force_Last", "primary_index": 1,
        "tie_break_indexes": [0], "phases": [0], "own_scores": True,
        "column_groups": [{"key": "g", "title": "G", "index": 0}],
    },
    "/leaderboards/0/columns/0": {"title": "Right", "key": "right", "sorting": "asc", "precision": 5, "hidden": True,
                                  "former_keys": ["accurate"]},
    "/pages/0": {"title": "Start", "participants_only": True},
}  # fmt: skip
LEVELS = {
    "": model.Bundle,
    "/phases/0": model.Phase,
    "/tasks/0": model.Task,
    "/leaderboards/0": Leaderboard,
    "/leaderboards/0/columns/0": Column,
    "/pages/0": model.Page,
}
#: Changed elsewhere, each by a test that names it: files, lists of parts, what depends on other parts, and fixed indexes.
ELSEWHERE = {
    "": {"version", "image", "terms", "queue", "pages", "tasks", "solutions", "phases", "leaderboards", "assets"},
    "/phases/0": {
        *("index", "tasks", "starting_kit", "public_data", "auto_migrate_to_this_phase", "final_board_from"),
        *("judging_start", "judging_end"),
    },
    "/tasks/0": {"index", "key", "judging", "scoring_program", "reference_data", "input_data", "ingestion_program"},
    "/leaderboards/0": {"index", "columns"},
    "/leaderboards/0/columns/0": {
        *("index", "computation", "computation_indexes", "computation_weights", "group", "error_of"),
    },
    "/pages/0": {"file"},
}


def extensions(level: str) -> set[str]:
    return {key_of(one) for one in fields(LEVELS[level]) if is_extension(one)}


@pytest.mark.parametrize("level", LEVELS)
def test_every_field_has_a_value_here_or_a_test_elsewhere(level: str) -> None:
    keys = {key_of(one) for one in fields(LEVELS[level])}
    assert set(VALUES[level]) | ELSEWHERE[level] == keys
    assert not set(VALUES[level]) & ELSEWHERE[level]


@pytest.mark.parametrize("level", LEVELS)
def test_each_is_changed_and_read_back(organizer: Person, level: str) -> None:
    competition = organizer.competition()
    defaults = {key_of(one): one.default for one in fields(LEVELS[level])}
    for key, value in VALUES[level].items():
        is_extension = key in extensions(level)
        answer = edit(organizer, competition, level, {"agon": {key: value}} if is_extension else {key: value})
        assert answer.status == 200, (key, answer.body)
        part: Any = settings(organizer, competition)
        for name in level.split("/")[1:]:
            part = part[int(name)] if name.isdecimal() else part[name]
        # What is as it would be without being said is left out.
        assert (part["agon"] if is_extension else part).get(key, defaults[key]) == value, key
