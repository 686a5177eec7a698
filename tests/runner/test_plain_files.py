"""A submission of one plain file is handed to programs as it was sent, under one name, and never unpacked."""

import json
from typing import Any

from tests.runner.job_builders import make_zip

#: What it finds, where, and how it is to be read.
LOOK = """
import json, os
found = {name: [oct(os.stat(f"/app/input/res/{name}").st_mode & 0o777), open(f"/app/input/res/{name}", "rb").read().hex()]
         for name in os.listdir("/app/input/res")}
json.dump(found, open("/app/output/found.json", "w")); print(json.dumps(found))
open("/app/output/scores.txt", "w").write("a: 1")
"""


def found(attempt: Any) -> dict[str, list[str]]:
    assert attempt.over.wait(60), "the runner never reported"
    assert attempt.outcome and attempt.outcome["scores"] == {"a": 1.0}, (attempt.outcome, attempt.abort_reason)
    loaded: dict[str, list[str]] = json.loads(attempt.uploads["scoring_stdout"])
    return loaded


def test_it_is_the_only_file_of_its_folder_with_the_very_bytes_that_were_sent(start: Any, queue: Any) -> None:
    start()
    content = b"id,label\r\n1,\xff\n"
    attempt = queue.put(LOOK, submission=content, plain_file="submission.csv")
    assert found(attempt) == {"submission.csv": ["0o644", content.hex()]}


def test_a_zip_stays_one_also_where_it_could_not_be_unpacked(start: Any, queue: Any) -> None:
    start()
    for content in (make_zip({"../up.txt": "x", "metadata.yaml": "command: evil"}), b"PK\x03\x04 no zip at all"):
        attempt = queue.put(LOOK, submission=content, plain_file="submission.zip")
        assert found(attempt) == {"submission.zip": ["0o644", content.hex()]}


def test_it_is_run_by_an_ingestion_program_whose_failure_counts(start: Any, queue: Any) -> None:
    start()
    ingest = (
        "import runpy\n"
        "done = runpy.run_path('/app/ingested_program/submission.py')\n"
        "open('/app/output/made.txt', 'w').write(done['answer'])"
    )
    attempt = queue.put_code(ingestion=ingest, scoring=LOOK, submission=b"answer = 'b'", plain_file="submission.py")
    assert set(found(attempt)) == {"made.txt", "metadata"}, "what was submitted is no prediction"
    failing = queue.put_code(ingestion=ingest, scoring=LOOK, submission=b"1 / 0", plain_file="submission.py")
    assert failing.over.wait(60)
    assert failing.outcome["fault"] == "participant" and "ZeroDivisionError" in failing.outcome["reason"]


def test_it_must_hold_what_is_expected_by_the_name_that_it_has_here(start: Any, queue: Any) -> None:
    start()
    expects = {
        "files": [{"path": "submission.csv", "format": "csv", "rows": 2, "fields": [{"name": "id"}]}],
        "others": False,
    }
    good = queue.put(LOOK, submission=b"id\n1\n2\n", plain_file="submission.csv", expects=expects)
    assert set(found(good)) == {"submission.csv"}
    bad = queue.put(LOOK, submission=b"id\n1\n", plain_file="submission.csv", expects=expects)
    assert bad.over.wait(60)
    assert (bad.outcome["fault"], bad.outcome["steps"]) == ("participant", [])
    assert "submission.csv" in bad.outcome["reason"]


def test_a_site_of_before_says_nothing_of_plain_files_and_its_zips_are_unpacked(start: Any, queue: Any) -> None:
    start()
    attempt = queue.put(LOOK, submission=make_zip({"submission.csv": "1"}), announced=False)
    for key in ("plain_file", "tells_predictions"):
        del attempt.job[key]
    queue.announce(attempt.job["submission"])
    assert found(attempt) == {"submission.csv": ["0o644", b"1".hex()]}
