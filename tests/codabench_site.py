"""A Codabench site over real HTTP, as its sources have it (codalab/codabench at c7dbc756, src/apps/api), with a storage of
another host. What goes wrong with one is told to it beforehand."""

import io
import json
import warnings
import zipfile
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import yaml

from tests import builders

TOKEN, PASSWORD = "0123456789abcdef0123456789abcdef01234567", "a password"
#: With a competition, its organizer is told how the queue's workers sign in to the broker.
BROKER = "11111111-2222-4333-8444-555555555555"
NUMBER = 12
#: One black dot.
LOGO = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
HTML = "<!doctype html><title>Server Error (500)</title>"
PROGRAM = """import json, sys
answer = float(open(f"{sys.argv[1]}/res/answer.txt").read())
json.dump({"accuracy": answer, "seconds": 1}, open(f"{sys.argv[2]}/scores.json", "w"))
"""
#: Status, body (text as it is, bytes too, all else as JSON), headers.
Reply = tuple[int, Any, dict[str, str]]


@dataclass
class Asked:
    """What arrived at the site or at its storage."""

    method: str
    path: str
    query: dict[str, str]
    token: str | None
    body: bytes


@dataclass
class FakeCodabench:
    """`address` is the site's, `storage` that of its files. `tasks` is how many its first phase has.

    `wrong` has what is answered in place of the next answers at a path, `lost` the numbers of submissions without a file.
    """

    address: str = ""
    storage: str = ""
    tasks: int = 1
    rule: str = "Force_Best"
    migrates: bool = False
    #: Files that a dump names, and has not.
    lacking: set[str] = field(default_factory=set)
    image: str = "codalab/codalab-legacy:py37"
    asked: list[Asked] = field(default_factory=list)
    wrong: dict[str, list[Reply]] = field(default_factory=dict)
    submissions: list[dict[str, Any]] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    #: Polls until a dump is there.
    dump_after: int = 0
    is_paged: bool = False
    dumps: list[str] = field(default_factory=list)
    _orders: int = 0

    @property
    def url(self) -> str:
        """The competition's page."""
        return f"{self.address}/competitions/{NUMBER}/"

    def person(self, username: str, status: str = "approved", **more: Any) -> None:
        """Somebody who takes part."""
        told = {"id": len(self.people) + 1, "username": username, "is_bot": False, "email": f"{username}@example.org"}
        self.people.append({**told, "status": status, "is_deleted": False, **more})

    def submit(self, owner: str, *scores: float | None, phase: int = 31, status: str = "Finished", **more: Any) -> int:
        """A submission with its accuracy on each task: its number."""
        number = 100 + len(self.submissions)
        day = len(self.submissions) + 1
        common = {
            "phase_name": "Only", "name": "", "filename": "submission.zip", "description": "", "status_details": None,
            "created_when": f"2026-02-{day:02}T09:30:00.123456Z", "is_public": False, "is_specific_task_re_run": False,
            "status": status, "owner": owner, "phase": phase, "fact_sheet_answers": None, "auto_run": True,
            "can_make_submissions_public": True, "is_soft_deleted": False,
        }  # fmt: skip
        several = self.tasks > 1
        children = [number * 10 + index for index in range(len(scores))] if several else []
        made = {
            **common, "pk": number, "id": number, "has_children": several, "parent": None, "children": children,
            "task": None if several else self._task(0), "scores": [one for told in scores for one in self._scores(told)],
            "leaderboard": None, "on_leaderboard": False, **more,
        }  # fmt: skip
        self.submissions.append(made)
        for index, id_ in enumerate(children):
            run = {**common, "pk": id_, "id": id_, "has_children": False, "parent": number, "children": []}
            self.submissions.append(
                run
                | {"task": self._task(index), "scores": self._scores(scores[index]), "leaderboard": more.get("leaderboard")}
            )
        self.files[f"submission-{number}"] = builders.submission(str(scores[0] if scores else 0))
        return number

    def reply(self, asked: Asked) -> Reply:
        """The site's answer."""
        self.asked.append(asked)
        if planned := self.wrong.get(asked.path):
            return planned.pop(0)
        if asked.path == "/api/api-token-auth/":
            is_right = json.loads(asked.body) == {"username": "olga", "password": PASSWORD}
            return (200, {"token": TOKEN}, {}) if is_right else (400, {"non_field_errors": ["Unable to log in."]}, {})
        if asked.path.startswith("/datasets/download/"):
            return 302, "", {"Location": self._signed(asked.path.split("/")[3])}
        if asked.token != f"Token {TOKEN}":
            return 401, {"detail": "Invalid token."}, {}
        answer = self._places().get(asked.path)
        return answer(asked) if answer else (404, {"detail": "Not found."}, {})

    def stored(self, asked: Asked) -> Reply:
        """The storage's answer: it knows no token, and would refuse one."""
        self.asked.append(asked)
        name = asked.path.removeprefix("/bucket/")
        if asked.token or asked.query.get("Signature") != "good":
            return 403, "<Error><Code>AccessDenied</Code></Error>", {}
        if planned := self.wrong.get(asked.path):
            return planned.pop(0)
        if name not in self.files:
            return 404, "<Error><Code>NoSuchKey</Code></Error>", {}
        return 200, self.files[name], {}

    def board(self) -> list[tuple[str, float]]:
        """The names and the first scores of the board's rows, in their order."""
        return [(row["owner"], float(row["scores"][0]["score"])) for row in self._rows(31)]

    def _places(self) -> dict[str, Callable[[Asked], Reply]]:
        competition = f"/api/competitions/{NUMBER}"
        details = {f"/api/submissions/{one['id']}/get_details/": self._details for one in self.submissions}
        boards = {f"/api/phases/{phase}/get_leaderboard/": self._board for phase in (31, 32)}
        return {
            f"{competition}/": lambda asked: (200, self._competition(), {}),
            f"{competition}/create_dump/": self._order,
            f"{competition}/get_files/": self._files,
            "/api/participants/": lambda asked: self._listed(asked, self.people),
            "/api/submissions/": self._submitted,
            **details,
            **boards,
        }

    def _submitted(self, asked: Asked) -> Reply:
        there = [one for one in self.submissions if str(one["phase"]) == asked.query.get("phase")]
        if asked.query.get("show_is_soft_deleted") != "true":
            there = [one for one in there if not one["is_soft_deleted"]]
        return self._listed(asked, sorted(there, key=lambda one: -int(one["id"])))

    def _listed(self, asked: Asked, items: list[dict[str, Any]]) -> Reply:
        if not self.is_paged:
            return 200, items, {}
        at = int(asked.query.get("page", 1))
        following = (
            f"{self.address}{asked.path}?phase={asked.query.get('phase', '')}&page={at + 1}" if items[at * 2 :] else None
        )
        return 200, {"next": following, "previous": None, "count": len(items), "results": items[at * 2 - 2 : at * 2]}, {}

    def _details(self, asked: Asked) -> Reply:
        number = int(asked.path.split("/")[3])
        name = "gone" if number in self.lost else f"submission-{number}"
        nothing = dict.fromkeys(("prediction_result", "detailed_result", "scoring_result"))
        return (
            200,
            {"logs": [], "data_file": self._signed(name), **nothing, "leaderboards": [], "fact_sheet_answers": None},
            {},
        )

    def _order(self, asked: Asked) -> Reply:
        self._orders = self.dump_after + 1
        assert json.loads(asked.body) == {"keys_instead_of_files": False}
        return 201, {"status": "Success. Competition dump is being created."}, {}

    def _files(self, asked: Asked) -> Reply:
        self._orders -= 1
        if self._orders == 0:
            self.dumps.append(f"Guess Dump #{len(self.dumps) + 1} Created 2026-11-30 19:00:0{len(self.dumps)}")
            self.files["dump"] = self.dump()
        return 200, {"dumps": [{"name": name, "url": self._signed("dump")} for name in self.dumps]}, {}

    def _signed(self, name: str) -> str:
        return f"{self.storage}/bucket/{name}?Signature=good&Expires=1"

    def _task(self, index: int) -> dict[str, Any]:
        told = {"id": 51 + index, "name": f"Task {index}", "key": f"0000000{index}-0000-0000-0000-000000000000"}
        return {
            **told,
            "ingestion_only_during_scoring": index == 1,
            "created_by": 1,
            "scoring_program": "x",
            "shared_with": [],
        }

    def _scores(self, accuracy: float | None) -> list[dict[str, Any]]:
        if accuracy is None:
            return []
        told = (("accuracy", accuracy), ("seconds", 1.0))
        return [{"id": at, "index": at, "score": f"{score:.10f}", "column_key": key} for at, (key, score) in enumerate(told)]

    def _competition(self) -> dict[str, Any]:
        columns = [{"id": 1, "key": "accuracy", "index": 0}, {"id": 2, "key": "seconds", "index": 1}]
        kit = {
            "id": 9,
            "name": "Kit",
            "type": "starting_kit",
            "key": "aaaaaaaa-0000-0000-0000-00000000000a",
            "file_size": 9.0,
        }
        first = {"tasks": [self._instance(index) for index in range(self.tasks)], "starting_kit": kit, "public_data": None}
        second = {"tasks": [self._instance(0)], "starting_kit": None, "public_data": None}
        times = ("2026-01-01T08:15:00Z", "2026-05-01T12:00:00Z", "2026-05-01T18:00:00Z")
        return {
            "id": NUMBER, "title": "Guess", "published": True, "secret_key": "s", "created_by": "olga",
            "phases": [
                {"id": 32, "index": 1, "name": "Final", "start": times[2], "end": None, **second},
                {"id": 31, "index": 0, "name": "Only", "start": times[0], "end": times[1], **first},
            ],
            "leaderboards": [{"id": 7, "primary_index": 0, "key": "main", "title": "Results", "columns": columns}],
            "collaborators": [{"id": 3, "name": None, "username": "carl"}], "allow_robot_submissions": True,
            "participants_count": len(self.people), "submissions_count": len(self.submissions), "report": None,
            "queue": {"id": 1, "name": "GPUs", "vhost": "v", "broker_url": f"pyamqp://v:{BROKER}@rabbit:5672/v"},
            "whitelist_emails": ["later@example.org"],
        }  # fmt: skip

    def _instance(self, index: int) -> dict[str, Any]:
        task = self._task(index)
        return {"id": task["id"], "value": task["key"], "key": task["key"], "task": task["key"], "name": task["name"]}

    def _board(self, asked: Asked) -> Reply:
        phase = int(asked.path.split("/")[3])
        return 200, {"title": "Results", "id": phase, "submissions": self._rows(phase), "tasks": [], "primary_index": 0}, {}

    def _rows(self, phase: int) -> list[dict[str, Any]]:
        """The rows as get_leaderboard groups them: the runs of one submission together, called by the first run's number."""
        found: dict[int, dict[str, Any]] = {}
        for one in sorted(self.submissions, key=lambda one: int(one["id"])):
            if one["phase"] == phase and one["leaderboard"] and not one["has_children"]:
                row = {"id": one["id"], "owner": one["owner"], "created_when": one["created_when"], "scores": []}
                kept = found.setdefault(one["parent"] or one["id"], row)
                told = ({**score, "task_id": one["task"]["id"]} for score in one["scores"])
                kept["scores"] += [{**score, "score": str(round(float(score["score"]), 2))} for score in told]
        return sorted(found.values(), key=lambda row: -float(row["scores"][0]["score"]))

    def dump(self) -> bytes:
        """As create_competition_dump writes it: dates without times, no handouts, no primary index, the queue's vhost.

        A task that two phases have stands there twice, with its files; both name the second.
        """
        common = {"description": None, "is_public": False}
        own = [*range(self.tasks), 0]
        tasks: list[dict[str, Any]] = [{"index": at, "name": f"Task {task}", **common} for at, task in enumerate(own)]
        for one, task in zip(tasks, own, strict=True):
            one |= {kind: f"{kind}-{51 + task}.zip" for kind in ("scoring_program", "reference_data")}
        shared = [self.tasks, *range(1, self.tasks)]
        limits = {"max_submissions_per_day": 5, "max_submissions": 100, "execution_time_limit": 600, "hide_output": False}
        columns = [
            {"title": "Accuracy", "key": "accuracy", "index": 0, "sorting": "desc", "hidden": False, "precision": 2},
            {"title": "Seconds", "key": "seconds", "index": 1, "sorting": "asc", "hidden": False, "precision": 2},
        ]
        manifest = {
            "version": "2", "title": "Guess", "description": "Guess the number.",
            **({"docker_image": self.image} if self.image else {}),
            "queue": "11111111-2222-3333-4444-555555555555", "registration_auto_approve": True, "image": "logo.png",
            "competition_type": "competition", "terms": "terms.md", "tasks": tasks, "solutions": [],
            "pages": [{"title": "Overview", "file": "overview-1.md"}], "phases": [
                {"index": 0, "name": "Only", "description": "", "start": "2026-01-01", "end": "2026-05-01", **limits,
                 "auto_migrate_to_this_phase": False, "tasks": shared, "solutions": []},
                {"index": 1, "name": "Final", "description": "", "start": "2026-05-01", **limits,
                 "auto_migrate_to_this_phase": self.migrates, "tasks": [self.tasks], "solutions": []},
            ],
            "leaderboards": [{"index": 0, "title": "Results", "key": "main", "hidden": False, "submission_rule": self.rule,
                              "columns": columns}],
        }  # fmt: skip
        program = builders.archive(
            {"metadata.yaml": "command: python3 $program/score.py $input $output", "score.py": PROGRAM}
        )
        parts = {"scoring_program": program, "reference_data": builders.archive({"truth.txt": "1"})}
        texts: list[tuple[str, str | bytes]] = [("terms.md", "Play fair."), ("overview-1.md", "# Guess"), ("logo.png", LOGO)]
        target = io.BytesIO()
        with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as made:
            # So it is there as well.
            warnings.simplefilter("ignore")
            for name, content in texts:
                made.writestr(name, content)
            for name, content in [(one[kind], data) for one in tasks for kind, data in parts.items()]:
                if name not in self.lacking:
                    made.writestr(name, content)
            made.writestr("competition.yaml", yaml.safe_dump(manifest))
        return target.getvalue()


@contextmanager
def running(kind: type[FakeCodabench] = FakeCodabench, **settings: Any) -> Iterator[Any]:
    """A site and its storage on free ports, for as long as the block runs. They are two hosts: a name and a number."""
    site = kind(**settings)
    site.files["aaaaaaaa-0000-0000-0000-00000000000a"] = builders.archive({"kit.txt": "Begin here."})
    servers = [_server(site.reply), _server(site.stored)]
    site.address, site.storage = f"http://localhost:{servers[0].server_port}", f"http://127.0.0.1:{servers[1].server_port}"
    threads = [Thread(target=one.serve_forever, kwargs={"poll_interval": 0.01}) for one in servers]
    for thread in threads:
        thread.start()
    try:
        yield site
    finally:
        for one in servers:
            one.shutdown()
            one.server_close()
        for thread in threads:
            thread.join()


def _server(reply: Callable[[Asked], Reply]) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            told = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(told.query).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, said, headers = reply(Asked(self.command, told.path, query, self.headers.get("Authorization"), body))
            text = said if isinstance(said, (str, bytes)) else json.dumps(said)
            content = text.encode() if isinstance(text, str) else text
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _answer

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)
