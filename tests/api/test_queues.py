"""Queues of one's own: rights, routing of competitions, presence of runners, place in line, sign-ins to registries."""

from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from chalicelib.actions.background import sweep
from chalicelib.store.queues.registries import Registry
from tests import builders
from tests.api.conftest import Answer, Person, Site, client

SESSION = {"protocol": 1, "runner": "host", "version": "0.1.0"}
LOGIN = {"server": "registry.lab.example", "username": "robot", "password": "Not-to-be-shown-7"}


@pytest.fixture
def stranger(site: Site) -> Person:
    return site.person("stranger")


@pytest.fixture
def queue(organizer: Person) -> dict[str, Any]:
    return make(organizer)


def make(person: Person, **said: Any) -> dict[str, Any]:
    made = person.call("POST", "/queues", {"name": "Lab", **said})
    assert made.status == 201, made
    return made.body


def on_queue(organizer: Person, queue: str, extra: str = "") -> Answer:
    """Import a competition that names a queue: the import as it ended."""
    manifest = f"{builders.manifest()}queue: {queue}\n{extra}"
    upload = organizer.upload(builders.bundle({"competition.yaml": manifest}), "bundle")
    import_ = organizer.call("POST", "/competitions", {"upload": upload}).body
    organizer.site.work()
    return organizer.call("GET", f"/imports/{import_['id']}")


def competition(organizer: Person, ada: Person, queue: str, extra: str = "") -> dict[str, Any]:
    done = on_queue(organizer, queue, extra).body
    assert done["status"] == "Finished", done
    made = organizer.call("POST", f"/competitions/{done['competition']}/publish").body
    ada.join(made)
    return made


def token(person: Person, queue: str) -> str:
    return person.call("POST", f"/queues/{queue}/tokens", {"name": "gpu-01"}).body["token"]


def tell(site: Site, token: str, **said: Any) -> Answer:
    return site.call("POST", "/runner/presence", {"runner": "gpu-01", "version": "0.1.0", **said}, token=token)


def test_an_organizer_makes_a_queue_that_nobody_else_knows_of(organizer: Person, stranger: Person) -> None:
    made = make(organizer, description="Two A100.")
    assert (made["visibility"], made["owner"], made["sealed"]) == ("private", "olga", False)
    assert [queue["id"] for queue in organizer.call("GET", "/queues").body["queues"]] == [made["id"]]
    assert organizer.call("GET", f"/queues/{made['id']}").body["queue"] == made
    assert stranger.call("GET", f"/queues/{made['id']}").status == 404
    assert stranger.call("GET", "/queues").body["queues"] == []


def test_one_person_may_have_five_queues_and_an_administrator_any_number(organizer: Person, admin: Person) -> None:
    for _ in range(5):
        make(organizer)
    refused = organizer.call("POST", "/queues", {"name": "One more"})
    assert (refused.status, "5 queues" in refused.body["detail"]) == (429, True)
    for _ in range(6):
        make(admin)


def test_a_queue_is_shared_with_some_or_with_all(organizer: Person, ada: Person, stranger: Person) -> None:
    path = f"/queues/{make(organizer)['id']}"
    organizer.call("PATCH", path, {"visibility": "shared", "shared_with": [ada.id]})
    assert [queue["name"] for queue in ada.call("GET", "/queues?shared=true").body["queues"]] == ["Lab"]
    assert (ada.call("GET", path).status, stranger.call("GET", path).status) == (200, 404)
    assert organizer.call("GET", path).body["shared_with"] == [ada.id]
    organizer.call("PATCH", path, {"visibility": "public"})
    assert stranger.call("GET", path).status == 200
    assert [queue["name"] for queue in stranger.call("GET", "/queues?public=true").body["queues"]] == [
        "Lab",
        "The site's own runners",
    ]
    organizer.call("PATCH", path, {"visibility": "private"})
    assert (ada.call("GET", path).status, ada.call("GET", "/queues?shared=true").body["queues"]) == (404, [])


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {"name": "Mine"}),
        ("DELETE", "", None),
        ("POST", "/tokens", {"name": "x"}),
        ("GET", "/tokens", None),
        ("DELETE", "/tokens/01jd8x3v6w8r2k5m7q9s1t3v5y", None),
        ("POST", "/registry", LOGIN),
        ("GET", "/registry", None),
        ("DELETE", "/registry", None),
    ],
)
def test_only_its_owner_may_change_a_queue(
    organizer: Person, stranger: Person, ada: Person, method: str, path: str, body: Any
) -> None:
    made = make(organizer, visibility="public")
    hidden = make(organizer)
    assert stranger.call(method, f"/queues/{made['id']}{path}", body).status == 403
    assert stranger.call(method, f"/queues/{hidden['id']}{path}", body).status == 404
    assert stranger.call(method, f"/queues/default{path}", body).status == 403
    assert organizer.site.call(method, f"/queues/{made['id']}{path}", body).status == 401


def test_the_sites_own_queue_is_the_administrators_and_stays(admin: Person, ada: Person) -> None:
    assert admin.call("PATCH", "/queues/default", {"name": "Our GPUs"}).body["name"] == "Our GPUs"
    assert ada.call("GET", "/queues/default").body["queue"]["name"] == "Our GPUs"
    assert admin.call("PATCH", "/queues/default", {"visibility": "private"}).status == 409
    assert admin.call("DELETE", "/queues/default").status == 409


def test_a_runner_of_a_queue_gets_its_jobs_and_no_others(
    site: Site, organizer: Person, ada: Person, admin: Person, queue: dict[str, Any]
) -> None:
    mine, default = token(organizer, queue["id"]), site.runner_token(admin)
    submission = ada.submit(competition(organizer, ada, queue["id"])).body["id"]
    assert site.messages("JobsQueueUrl") == []
    assert site.claim(submission, default).status == 404
    session = site.call("POST", "/runner/session", SESSION, token=mine).body
    assert session["queue"] == queue["id"]
    assert session["queue_url"].endswith(f"/agon-queue-{queue['id']}")
    (message,) = boto3.client("sqs").receive_message(QueueUrl=session["queue_url"])["Messages"]
    assert submission in message["Body"]
    assert site.claim(submission, mine).body["submission"] == submission


def test_a_competition_may_use_what_its_organizer_may(organizer: Person, stranger: Person) -> None:
    private, public = make(stranger), make(stranger, visibility="public")
    refused = on_queue(organizer, private["id"]).body
    assert refused["status"] == "Failed"
    assert "no queue" in refused["errors"][0]["message"]
    assert on_queue(organizer, public["id"]).body["status"] == "Finished"
    assert on_queue(organizer, "default").body["status"] == "Finished"


def test_a_queue_that_is_closed_to_the_organizers_takes_no_more(organizer: Person, ada: Person, stranger: Person) -> None:
    lent = make(stranger, visibility="public")
    made = competition(organizer, ada, lent["id"])
    assert ada.submit(made).status == 201
    stranger.call("PATCH", f"/queues/{lent['id']}", {"visibility": "private"})
    refused = ada.submit(made)
    assert (refused.status, "another one" in refused.body["detail"]) == (409, True)


def test_the_editor_gives_a_competition_another_queue(organizer: Person, ada: Person, queue: dict[str, Any]) -> None:
    other = make(organizer, name="Other")
    made = competition(organizer, ada, queue["id"])
    path = f"/competitions/{made['id']}/settings"
    ada.submit(made)
    assert organizer.call("PATCH", path, {"queue": other["id"]}, If_Match="*").status == 200
    ada.submit(made)
    assert organizer.call("GET", f"/queues/{queue['id']}").body["depth"] == 1
    assert organizer.call("GET", f"/queues/{other['id']}").body["depth"] == 1
    assert organizer.call("GET", f"/queues/{queue['id']}").body["queue"]["uses"] == 0
    assert organizer.call("PATCH", path, {"queue": "01jd8x3v6w8r2k5m7q9s1t3v5y"}, If_Match="*").status == 422


def test_a_queue_in_use_stays_and_one_out_of_use_goes_with_all_that_belongs_to_it(
    site: Site, organizer: Person, ada: Person, queue: dict[str, Any]
) -> None:
    path, runner = f"/queues/{queue['id']}", token(organizer, queue["id"])
    tell(site, runner)
    made = competition(organizer, ada, queue["id"])
    submission = ada.submit(made).body["id"]
    assert "wait on this queue" in organizer.call("DELETE", path).body["detail"]
    ada.call("POST", f"/submissions/{submission}/cancel")
    assert "Competitions use" in organizer.call("DELETE", path).body["detail"]
    organizer.call("PATCH", f"/competitions/{made['id']}/settings", {"queue": None}, If_Match="*")
    assert organizer.call("DELETE", path).status == 200
    assert organizer.call("GET", path).status == 404
    assert site.call("POST", "/runner/session", SESSION, token=runner).status == 401
    assert [row for row in site.rows() if row["pk"] == f"QUEUE#{queue['id']}"] == []
    assert not [url for url in boto3.client("sqs").list_queues()["QueueUrls"] if url.endswith(queue["id"])]


def test_a_removal_that_broke_off_is_finished_by_the_sweeper(
    site: Site, organizer: Person, queue: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.actions.queues import queues

    monkeypatch.setattr(queues, "finish_removal", lambda queue: None)
    organizer.call("DELETE", f"/queues/{queue['id']}")
    monkeypatch.undo()
    assert organizer.call("GET", f"/queues/{queue['id']}").status == 404
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=2))
    assert [row for row in site.rows() if row["pk"] == f"QUEUE#{queue['id']}"] == []


def test_its_owner_reads_how_a_queue_does(site: Site, organizer: Person, ada: Person, queue: dict[str, Any]) -> None:
    organizer.call("PATCH", f"/queues/{queue['id']}", {"visibility": "public"})
    made, runner = competition(organizer, ada, queue["id"]), token(organizer, queue["id"])
    first, _ = (ada.submit(made).body for _ in range(2))
    capabilities = {"cpus": 8.0, "memory_bytes": 2**34, "gpus": 1, "labels": ["a100"]}
    tell(site, runner, slots=2, capabilities=capabilities, gpus=["NVIDIA A100"], jobs=[first["id"]])
    status = organizer.call("GET", f"/queues/{queue['id']}").body
    assert (status["depth"], status["oldest_at"], status["runners_alive"]) == (2, first["created_at"], 1)
    assert status["waiting"] == [{"competition": made["id"], "submissions": 2}]
    (told,) = status["runners"]
    assert (told["name"], told["alive"], told["version"], told["slots"]) == ("gpu-01", True, "0.1.0", 2)
    assert (told["gpus"], told["jobs"], told["capabilities"]) == (["NVIDIA A100"], [first["id"]], capabilities)
    as_others_see_it = ada.call("GET", f"/queues/{queue['id']}").body
    assert (as_others_see_it["depth"], as_others_see_it["runners"], as_others_see_it["waiting"]) == (2, [], [])


def test_a_runner_whose_slots_are_all_stopped_says_so(site: Site, organizer: Person, queue: dict[str, Any]) -> None:
    assert tell(site, token(organizer, queue["id"]), slots=0).status == 200
    (told,) = organizer.call("GET", f"/queues/{queue['id']}").body["runners"]
    assert (told["alive"], told["slots"]) == (True, 0)


def test_a_runner_that_told_nothing_for_minutes_is_not_alive(
    site: Site, organizer: Person, ada: Person, queue: dict[str, Any]
) -> None:
    made, runner = competition(organizer, ada, queue["id"]), token(organizer, queue["id"])
    submission = ada.submit(made).body["id"]
    tell(site, runner)
    boto3.resource("dynamodb").Table(site.outputs["TableName"]).update_item(
        Key={"pk": f"QUEUE#{queue['id']}", "sk": "RUNNER#gpu-01"},
        UpdateExpression="SET seen_at = :then",
        ExpressionAttributeValues={":then": "2026-01-01T00:00:00.000000+0000"},
    )
    status = organizer.call("GET", f"/queues/{queue['id']}").body
    assert (status["runners_alive"], status["runners"][0]["alive"]) == (0, False)
    assert ada.call("GET", f"/submissions/{submission}").body["queue"] == {"place": 1, "runners_alive": 0}


def test_a_runner_that_shows_a_wrong_token_is_not_there(site: Site, organizer: Person, queue: dict[str, Any]) -> None:
    assert tell(site, token(organizer, queue["id"]) + "x").status == 401
    assert organizer.call("GET", f"/queues/{queue['id']}").body["runners"] == []


def test_a_submission_that_waits_says_its_place_and_whether_a_runner_that_can_is_alive(
    site: Site, organizer: Person, ada: Person, queue: dict[str, Any]
) -> None:
    made = competition(organizer, ada, queue["id"], "agon: {requires: {gpus: 1}}\n")
    first, second = (ada.submit(made).body["id"] for _ in range(2))
    runner = token(organizer, queue["id"])
    tell(site, runner, runner="cpu-01")
    assert ada.call("GET", f"/submissions/{second}").body["queue"] == {"place": 2, "runners_alive": 0}
    tell(site, runner, runner="gpu-01", capabilities={"gpus": 1})
    assert ada.call("GET", f"/submissions/{second}").body["queue"] == {"place": 2, "runners_alive": 1}
    site.claim(first, runner, gpus=1)
    assert ada.call("GET", f"/submissions/{second}").body["queue"] == {"place": 1, "runners_alive": 1}
    assert ada.call("GET", f"/submissions/{first}").body["queue"] is None


def test_what_a_competition_and_its_task_ask_for_decides_which_runner_gets_it(
    site: Site, organizer: Person, ada: Person, queue: dict[str, Any]
) -> None:
    made = competition(organizer, ada, queue["id"], "agon: {requires: {gpus: 1, labels: [eu]}}\n")
    path = f"/competitions/{made['id']}/settings/tasks/0"
    assert organizer.call("PATCH", path, {"agon": {"requires": {"cpus": 4}}}, If_Match="*").status == 200
    runner, submission = token(organizer, queue["id"]), ada.submit(made).body["id"]
    for too_little in ({"gpus": 1, "cpus": 4}, {"gpus": 1, "cpus": 2, "labels": ["eu"]}, {"cpus": 8, "labels": ["eu"]}):
        assert site.claim(submission, runner, **too_little).status == 204
    assert site.claim(submission, runner, gpus=1, cpus=4, labels=["eu", "lab"]).status == 200


def test_an_idle_runner_whose_wake_up_was_lost_learns_what_it_could_do(
    site: Site, organizer: Person, ada: Person, queue: dict[str, Any]
) -> None:
    made = competition(organizer, ada, queue["id"], "agon: {requires: {gpus: 1}}\n")
    runner = token(organizer, queue["id"])
    assert tell(site, runner, capabilities={"gpus": 1}).body["waiting"] is None
    submission = ada.submit(made).body["id"]
    assert tell(site, runner).body["waiting"] is None
    assert tell(site, runner, capabilities={"gpus": 1}).body["waiting"] == submission


def test_of_a_sealed_queue_only_scores_leave_the_runner(site: Site, organizer: Person, ada: Person) -> None:
    sealed = make(organizer, sealed=True)
    made, runner = competition(organizer, ada, sealed["id"]), token(organizer, sealed["id"])
    job = site.claim(ada.submit(made).body["id"], runner).body
    assert (job["sealed"], job["uploads"]) == (True, {})
    fresh = site.call("POST", f"/runner/jobs/{job['submission']}/uploads", token=job["token"])
    assert fresh.body["uploads"] == {}
    assert site.finish(job, {"accuracy": 0.5}).body == {"status": "Finished"}
    organizer.call("PATCH", f"/queues/{sealed['id']}", {"sealed": False})
    assert site.claim(ada.submit(made).body["id"], runner).body["uploads"] != {}


def test_a_job_brings_the_sign_in_of_its_competition_else_of_its_queue(
    site: Site, organizer: Person, ada: Person, queue: dict[str, Any]
) -> None:
    made, runner = competition(organizer, ada, queue["id"]), token(organizer, queue["id"])

    def brought() -> Any:
        return site.claim(ada.submit(made).body["id"], runner).body["registry"]

    assert brought() is None
    organizer.call("POST", f"/queues/{queue['id']}/registry", LOGIN)
    assert brought() == LOGIN
    organizer.call("POST", f"/competitions/{made['id']}/registry", {**LOGIN, "username": "team"})
    assert brought() == {**LOGIN, "username": "team"}


def secrets_of(queue: dict[str, Any]) -> list[str]:
    # Ten are on a page, and other tests keep secrets too.
    pages = client("ssm").get_paginator("get_parameters_by_path").paginate(Path="/agon", Recursive=True)
    found = [one for page in pages for one in page["Parameters"]]
    return [one["Type"] for one in found if one["Name"] == f"/agon/registries/queue/{queue['id']}"]


def test_a_registrys_password_is_in_no_row_and_goes_with_its_queue(
    site: Site, organizer: Person, queue: dict[str, Any]
) -> None:
    organizer.call("POST", f"/queues/{queue['id']}/registry", LOGIN)
    assert secrets_of(queue) == ["SecureString"]
    assert LOGIN["password"] not in str(site.rows())
    assert organizer.call("DELETE", f"/queues/{queue['id']}").status == 200
    assert secrets_of(queue) == []


def test_what_an_earlier_build_stored_is_used_until_it_is_stored_again(
    site: Site, organizer: Person, ada: Person, queue: dict[str, Any]
) -> None:
    made, runner = competition(organizer, ada, queue["id"]), token(organizer, queue["id"])
    place = Registry.of_queue(queue["id"])
    Registry(*place, **LOGIN, created_at=datetime.now(UTC)).save()
    assert site.claim(ada.submit(made).body["id"], runner).body["registry"] == LOGIN
    organizer.call("POST", f"/queues/{queue['id']}/registry", {**LOGIN, "username": "new"})
    assert LOGIN["password"] not in str(site.rows())
    assert site.claim(ada.submit(made).body["id"], runner).body["registry"] == {**LOGIN, "username": "new"}


@pytest.mark.parametrize("of", ["queue", "competition"])
def test_a_registrys_password_goes_in_and_never_out(
    site: Site, organizer: Person, ada: Person, queue: dict[str, Any], of: str, capfd: pytest.CaptureFixture[str]
) -> None:
    made = competition(organizer, ada, queue["id"])
    path = f"/queues/{queue['id']}/registry" if of == "queue" else f"/competitions/{made['id']}/registry"
    assert organizer.call("GET", path).status == 404
    stored = organizer.call("POST", path, LOGIN)
    assert (stored.status, set(stored.body)) == (200, {"server", "username", "created_at"})
    shown = [organizer.call("GET", path), organizer.call("GET", f"/competitions/{made['id']}/settings")]
    shown += [organizer.call("GET", f"/queues/{queue['id']}"), organizer.call("GET", f"/competitions/{made['id']}")]
    assert shown[0].body["username"] == "robot"
    for answer in [stored, *shown]:
        assert LOGIN["password"] not in str(answer)
    assert ada.call("GET", path).status in (403, 404)
    logged = capfd.readouterr()
    assert LOGIN["password"] not in logged.out + logged.err
    assert organizer.call("DELETE", path).status == 200
    assert organizer.call("GET", path).status == 404


@pytest.mark.parametrize("server", ["https://registry.example", "registry example", "", "registry.example/team"])
def test_a_registry_is_named_by_its_host(organizer: Person, queue: dict[str, Any], server: str) -> None:
    assert organizer.call("POST", f"/queues/{queue['id']}/registry", {**LOGIN, "server": server}).status == 422


REGISTRIES = ["docker.io", "ghcr.io", "public.ecr.aws", "quay.io"]
WEEK = 7 * 24 * 3600


def edit(organizer: Person, competition: dict[str, Any], part: str, patch: dict[str, Any]) -> Answer:
    at = f"/competitions/{competition['id']}/settings"
    return organizer.call("PATCH", f"{at}{part}", patch, If_Match=organizer.call("GET", at).headers["etag"])


def complaints(done: Answer, kind: str = "errors") -> dict[str, str]:
    return {one["key"]: one["message"] for one in done.body[kind]}


def test_a_queue_pulls_from_the_registries_that_its_owner_lists(organizer: Person, queue: dict[str, Any]) -> None:
    assert queue["registries"] == REGISTRIES and queue["max_time_limit_seconds"] == WEEK
    listed, said = ["docker.io", "registry.lab.example:5000"], ["Index.Docker.io", "REGISTRY.lab.example:5000"]
    changed = organizer.call("PATCH", f"/queues/{queue['id']}", {"registries": said})
    assert changed.body["registries"] == listed
    assert organizer.call("GET", f"/queues/{queue['id']}").body["queue"]["registries"] == listed


def test_a_clone_is_judged_by_what_its_queue_pulls_today(site: Site, organizer: Person, queue: dict[str, Any]) -> None:
    assert organizer.call("PATCH", f"/queues/{queue['id']}", {"registries": ["lab.example"]}).status == 200
    extra = f"queue: {queue['id']}\ndocker_image: lab.example/tool:1"
    original = organizer.competition(extra=extra)
    clone = f"/competitions/{original['id']}/clone"
    assert organizer.call("POST", clone, {}).status == 201
    organizer.call("PATCH", f"/queues/{queue['id']}", {"registries": ["docker.io"]})
    before = len(site.rows())
    refused = organizer.call("POST", clone, {})
    assert (refused.status, [one["place"] for one in refused.body["errors"]]) == (422, ["docker_image"])
    assert "lab.example, but from docker.io" in refused.body["errors"][0]["message"]
    assert len(site.rows()) == before


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1:80", "[::1]:80", "localhost", "registry:5000", "https://ghcr.io", ""])
def test_an_address_is_no_registry_neither_of_a_queue_nor_of_a_sign_in(
    organizer: Person, queue: dict[str, Any], host: str
) -> None:
    path = f"/queues/{queue['id']}"
    assert organizer.call("PATCH", path, {"registries": ["ghcr.io", host]}).status == 422
    assert organizer.call("POST", f"{path}/registry", {**LOGIN, "server": host}).status == 422
    assert organizer.call("GET", path).body["queue"]["registries"] == REGISTRIES


def test_an_image_of_another_registry_is_refused_where_its_queue_is_known(
    site: Site, organizer: Person, ada: Person, queue: dict[str, Any]
) -> None:
    image, path = "registry.lab.example/tool:1", f"/queues/{queue['id']}"
    extra = f"docker_image: {image}\n"
    refused = on_queue(organizer, queue["id"], extra)
    assert refused.body["status"] == "Failed" and "registry.lab.example" in complaints(refused)["docker_image"]
    manifest = f"{builders.manifest()}queue: {queue['id']}\n{extra}"
    names = ["terms.md", "overview.md", "scoring_program/score.py", "reference.zip"]
    checked = organizer.call("POST", "/bundles/check", {"manifest": manifest, "names": names})
    assert "ask the queue's owner" in complaints(checked)["docker_image"]
    organizer.call("PATCH", path, {"registries": ["registry.lab.example"]})
    made = competition(organizer, ada, queue["id"], extra)
    job = site.claim(ada.submit(made).body["id"], token(organizer, queue["id"])).body
    assert (job["image"], job["registries"]) == (image, ["registry.lab.example"])


def test_an_edit_brings_no_image_that_the_queue_does_not_pull_and_leaves_what_was_there(
    organizer: Person, ada: Person, queue: dict[str, Any]
) -> None:
    organizer.call("PATCH", f"/queues/{queue['id']}", {"registries": ["registry.lab.example"]})
    made = competition(organizer, ada, queue["id"], "docker_image: registry.lab.example/tool:1\n")
    organizer.call("PATCH", f"/queues/{queue['id']}", {"registries": ["ghcr.io"]})
    assert edit(organizer, made, "", {"title": "Told anew"}).status == 200
    refused = edit(organizer, made, "/tasks/0", {"agon": {"scoring_image": "registry.lab.example/other:1"}})
    assert refused.status == 422 and refused.body["errors"][0]["place"] == "tasks[0].agon.scoring_image"
    moved = edit(organizer, made, "", {"queue": None})
    assert moved.status == 422 and moved.body["errors"][0]["place"] == "docker_image"


def test_a_step_gets_no_more_time_than_its_queue_gives(
    site: Site, organizer: Person, ada: Person, queue: dict[str, Any]
) -> None:
    path = f"/queues/{queue['id']}"
    assert organizer.call("PATCH", path, {"max_time_limit_seconds": 31 * 24 * 3600}).status == 422
    assert organizer.call("PATCH", path, {"max_time_limit_seconds": 30}).body["max_time_limit_seconds"] == 30
    done = on_queue(organizer, queue["id"])
    assert done.body["status"] == "Finished"
    assert "30 seconds at most" in complaints(done, "warnings")["phases[0].execution_time_limit"]
    made = organizer.call("POST", f"/competitions/{done.body['competition']}/publish").body
    ada.join(made)
    job = site.claim(ada.submit(made).body["id"], token(organizer, queue["id"])).body
    assert {step["time_limit_seconds"] for step in job["steps"]} == {30}
    assert edit(organizer, made, "/phases/0", {"name": "Only"}).status == 200, "what stands there may stay"
    refused = edit(organizer, made, "/phases/0", {"execution_time_limit": 61})
    assert refused.status == 422 and refused.body["errors"][0]["place"] == "phases[0].execution_time_limit"


def test_thirty_one_years_are_cut_to_what_the_sites_own_queue_gives(
    site: Site, organizer: Person, ada: Person, admin: Person
) -> None:
    manifest = builders.manifest().replace("execution_time_limit: 60", "execution_time_limit: 999999999")
    made = organizer.competition(files={"competition.yaml": manifest})
    ada.join(made)
    job = site.claim(ada.submit(made).body["id"], site.runner_token(admin)).body
    assert {step["time_limit_seconds"] for step in job["steps"]} == {WEEK}
