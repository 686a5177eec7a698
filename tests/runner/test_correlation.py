"""A runner names the request that a job is for: in its log, and in its calls."""

import json

import pytest

from chalicelib.contract import correlation

SCORE = "import time; time.sleep(2.5); open('/app/output/scores.txt', 'w').write('a: 1')"
MADE_BY, SENT_BY = "a" * 32, "b" * 32


def send(sqs, backend, attempt, request) -> None:
    """A wake-up as the API sends it."""
    body = json.dumps({"version": 1, "submission": attempt.job["submission"]})
    named = {"request": {"DataType": "String", "StringValue": request}}
    sqs.send_message(QueueUrl=backend.queue_url, MessageBody=body, MessageAttributes=named)


def test_the_claim_names_the_request_of_its_message_and_all_that_follows_that_of_the_job(process, queue, backend, sqs):
    attempt = queue.put(SCORE, request=MADE_BY, announced=False)
    send(sqs, backend, attempt, SENT_BY)
    running = process()
    assert attempt.over.wait(60)
    running.terminate()
    told = running.communicate(timeout=60)[1].splitlines()
    assert ("claim", SENT_BY) in backend.named
    after = {request for verb, request in backend.named if verb in ("heartbeat", "finish")}
    assert after == {MADE_BY} and {"heartbeat", "finish"} <= {verb for verb, _ in backend.named}
    about = [line for line in told if attempt.job["submission"] in line]
    assert len(about) >= 2 and [line for line in about if not line.endswith(f" [{MADE_BY}]")] == []
    assert not told[0].endswith("]")


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "two\r\nlines-of-it", 'a"quote-and-more', None, 7])
def test_what_a_site_calls_a_request_and_is_none_is_neither_sent_on_nor_logged(given):
    with correlation.during(given):
        assert correlation.current() == ""


def test_a_block_within_another_one_gives_its_request_back():
    with correlation.during(MADE_BY):
        with correlation.during(SENT_BY):
            assert correlation.current() == SENT_BY
        assert correlation.current() == MADE_BY
    assert correlation.current() == ""


def test_a_job_of_a_former_site_has_no_request(start, queue, backend):
    attempt = queue.put("open('/app/output/scores.txt', 'w').write('a: 1')")
    attempt.job.pop("request", None)
    start()
    assert attempt.over.wait(60)
    assert {request for verb, request in backend.named if verb != "claim"} == {None}
