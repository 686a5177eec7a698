"""What a submission must hold is looked at before anybody's program runs, and what lacks is the participant's to mend."""

import json
from typing import Any

import pytest

from tests.runner.job_builders import SCORE, make_zip

GOOD = "open('/app/output/scores.txt', 'w').write('a: 1')"
EXPECTS = {
    "files": [
        {
            "path": "predictions.csv",
            "format": "csv",
            "rows": 2,
            "fields": [{"name": "id", "type": "integer"}, {"name": "label", "constraints": {"required": True}}],
        }
    ],
    "others": False,
}


def submission(table: str, **more: str) -> bytes:
    return make_zip({"predictions.csv": table, **more})


def test_a_submission_that_lacks_a_column_fails_for_its_participant_and_nothing_of_it_runs(start: Any, queue: Any) -> None:
    start()
    attempt = queue.put(GOOD, submission=submission("id,lable\n1,a\n2,b\n", extra="x"), expects=EXPECTS)
    assert attempt.over.wait(60)
    outcome = attempt.outcome
    assert (outcome["fault"], outcome["scores"], outcome["steps"]) == ("participant", {}, [])
    assert outcome["reason"] == (
        "The submission is not as expected. predictions.csv, line 1, label: There is no such column. There are: id, lable. "
        "extra: No such file is expected. Leave it out."
    )


def test_more_is_wrong_than_a_reason_has_room_for(start: Any, queue: Any) -> None:
    start()
    files = {f"{at}.txt": "x" for at in range(9)}
    attempt = queue.put(GOOD, submission=submission("id,label\n1,a\n2,b\n", **files), expects=EXPECTS)
    assert attempt.over.wait(60)
    assert attempt.outcome["reason"].endswith("4.txt: No such file is expected. Leave it out. And 4 more.")


def test_a_submission_that_is_as_expected_is_scored(start: Any, queue: Any) -> None:
    start()
    whole = submission("id,label\r\n1,a\r\n2,b\r\n")
    assert queue.score(GOOD, submission=whole, expects=EXPECTS)["scores"] == {"a": 1.0}


@pytest.mark.parametrize("script", [SCORE])
def test_a_folder_that_is_taken_off_a_program_is_not_expected(start: Any, queue: Any, script: str) -> None:
    start()
    expects = {"files": [{"path": "metadata.yaml"}, {"path": "answer.json", "format": "json"}], "others": False}
    wrapped = make_zip({"mine/metadata.yaml": "{}", "mine/answer.json": json.dumps([1])})
    assert queue.score(script, submission=wrapped, expects=expects)["scores"] == {"found": 2.0}
