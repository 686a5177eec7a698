"""The API in Python: one verb per method, dictionaries in and out as the OpenAPI document describes them.

with Client("https://agon.example/api") as client:
    client.sign_in("ada", password)
    client.submit("01jd…-0", Path("predictions.zip"))
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

from agon import archive, transfer
from agon.credentials import Session
from agon.errors import AgonError
from agon.http import Http
from agon.organizing import Organizing
from agon.sharing import Sharing
from agon.teams import Teams
from chalicelib.contract import Status, limits, parts, uploads

Answer = dict[str, Any]

#: What the files of a submission and of a phase are called on this machine.
FILE_NAMES = {
    "starting_kit": "starting_kit.zip",
    "public_data": "public_data.zip",
    "submission": "submission.zip",
    **uploads.FILENAMES,
}


class Client(Organizing, Sharing, Teams):
    """A person at one API. Every method raises ProblemError when the API refuses and Unreachable when it is silent."""

    def __init__(
        self,
        api: str,
        session: Session | None = None,
        on_session: Callable[[Session], None] = lambda session: None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.http = Http(api, session, on_session, transport, sleep)
        self._sleep = sleep
        self._boards: dict[tuple[str, int, str | None], tuple[str, Answer]] = {}

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.http.close()

    # Accounts

    def sign_up(self, username: str, email: str, password: str) -> Answer:
        """A new account, which has to be confirmed."""
        return self.http.call("POST", "/accounts", {"username": username, "email": email, "password": password})

    def confirm(self, username: str, code: str) -> Answer:
        """Confirm an account with the code that came by mail."""
        return self.http.call("POST", "/accounts/confirm", {"username": username, "code": code})

    def sign_in(self, username: str, password: str) -> Session:
        """Sign in; later calls carry it, and it is refreshed by itself."""
        self.http.set_session(None)
        answer = self.http.call("POST", "/sessions", {"username": username, "password": password})
        session = Session.from_answer(username, answer)
        self.http.set_session(session)
        return session

    def use_token(self, token: str) -> None:
        """Call with a personal access token from now on."""
        self.http.set_session(Session(username="", access_token=token))

    def sign_out(self) -> None:
        """End the sign-in on the server and here."""
        self.http.call("POST", "/sessions/end")
        self.http.set_session(None)

    def me(self) -> Answer:
        """Who is signed in."""
        return self.http.call("GET", "/me")

    def tokens(self) -> list[Answer]:
        """One's personal access tokens, without their secrets."""
        return self.http.call("GET", "/tokens")["tokens"]

    def create_token(self, name: str, expires_in_days: int = 90) -> Answer:
        """A personal access token; its `token` is shown this once."""
        return self.http.call("POST", "/tokens", {"name": name, "expires_in_days": expires_in_days})

    def revoke_token(self, token_id: str) -> None:
        """The token is refused from now on."""
        self.http.call("DELETE", f"/tokens/{token_id}")

    def create_runner_token(self, queue: str, name: str, expires_in_days: int = 365) -> Answer:
        """A runner token of a queue, for its owner; its `token` is shown this once."""
        body = {"name": name, "expires_in_days": expires_in_days}
        return self.http.call("POST", f"/queues/{queue}/tokens", body)

    # Files

    def upload(self, path: Path, purpose: str, progress: transfer.Progress = lambda count: None) -> Answer:
        """Send a zip; `purpose` is "bundle" or "submission". Gives the committed upload.

        Raises TransferFailed when storage refuses. What was begun is taken back, also upon Ctrl-C.
        """
        size = path.stat().st_size
        whole, of_parts = archive.sha256(path, parts.sizes(size))
        name = path.name[-limits.MAX_FILENAME_CHARACTERS :]
        facts = {"filename": name, "size_bytes": size, "sha256": whole, "part_sha256": of_parts}
        upload = self.http.call("POST", "/uploads", {"purpose": purpose} | facts)
        try:
            sent = transfer.send(path, upload, progress)
            return self.http.call("POST", f"/uploads/{upload['id']}/commit", {"parts": sent})
        except (AgonError, KeyboardInterrupt):
            self._abandon(upload["id"])
            raise

    def _abandon(self, upload: str) -> None:
        try:
            self.http.call("DELETE", f"/uploads/{upload}")
        except AgonError:
            # The sweeper takes it back in time; the first error is the one to tell.
            return

    # Competitions

    def competitions(self, mine: bool = False) -> Iterator[Answer]:
        """Every competition that one may see, newest first."""
        return self._pages("/competitions", "competitions", {"mine": "true"} if mine else {})

    def competition(self, competition: str) -> Answer:
        """One competition with its phases and columns."""
        return self.http.call("GET", f"/competitions/{competition}")

    def import_bundle(self, upload: str, competition: str | None = None) -> Answer:
        """Begin to make a competition of an uploaded bundle, or to put it in the place of a competition's definition."""
        path = f"/competitions/{competition}/bundles" if competition else "/competitions"
        return self.http.call("POST", path, {"upload": upload})

    def wait_for_import(
        self, import_id: str, timeout_seconds: float = 4 * 3600, on_change: Callable[[Answer], None] = lambda state: None
    ) -> Answer:
        """The import once it is Finished or Failed. Raises AgonError when it takes longer."""
        return self._wait(f"/imports/{import_id}", {"Finished", "Failed"}, timeout_seconds, on_change)

    def settings(self, competition: str) -> Answer:
        """All settings of a competition, and their revision."""
        return self.http.call("GET", f"/competitions/{competition}/settings")

    def change_settings(self, competition: str, part: str, changes: Answer, revision: int) -> Answer:
        """Change some of them, of a `part` such as "phases/0", else of the whole. Refused when `revision` is outdated."""
        path = f"/competitions/{competition}/settings" + (f"/{part}" if part else "")
        changed: Answer = self.http.response("PATCH", path, changes, headers={"If-Match": f'"{revision}"'}).json()
        return changed

    def clone(self, competition: str, title: str = "") -> Answer:
        """A draft with the same definition and data."""
        return self.http.call("POST", f"/competitions/{competition}/clone", {"title": title})

    def dump(
        self,
        competition: str,
        form: str = "full",
        timeout_seconds: float = 4 * 3600,
        on_change: Callable[[Answer], None] = lambda state: None,
    ) -> Answer:
        """A competition packed as a bundle, `form` "full" or "light": its `url` is good for a few minutes."""
        begun = self.http.call("POST", f"/competitions/{competition}/dumps", {"form": form})
        path = f"/competitions/{competition}/dumps/{begun['id']}"
        return self._wait(path, {"Finished", "Failed"}, timeout_seconds, on_change)

    def fetch(self, url: str, path: Path) -> None:
        """Store what a signed URL gives. Raises TransferFailed and BadFile."""
        transfer.fetch(url, path)

    # The library

    def library(self, kind: str, of: str = "mine") -> Iterator[Answer]:
        """One's own "datasets", "tasks" or "queues", or those `of` "shared" with one or "public", newest first."""
        return self._pages(f"/{kind}", kind, {} if of == "mine" else {of: "true"})

    def library_item(self, kind: str, id_: str) -> Answer:
        """One of the "datasets", "tasks" or "queues"."""
        return self.http.call("GET", f"/{kind}/{id_}")

    def add_dataset(self, upload: str, type_: str, name: str, **said: str) -> Answer:
        """Keep an upload of the purpose "dataset"."""
        return self.http.call("POST", "/datasets", {"upload": upload, "type": type_, "name": name, **said})

    def add_task(self, upload: str) -> Answer:
        """Make a task of an upload of the purpose "bundle" that holds a task.yaml."""
        return self.http.call("POST", "/tasks/bundle", {"upload": upload})

    def change_library_item(self, kind: str, id_: str, changes: Answer) -> Answer:
        """Change one of the "datasets", "tasks" or "queues"."""
        return self.http.call("PATCH", f"/{kind}/{id_}", changes)

    def remove_library_item(self, kind: str, id_: str) -> None:
        """Remove one of the "datasets", "tasks" or "queues"."""
        self.http.call("DELETE", f"/{kind}/{id_}")

    def create_queue(self, name: str, **said: Any) -> Answer:
        """A queue for runners of one's own; `description`, `visibility` and `sealed` may be said of it."""
        return self.http.call("POST", "/queues", {"name": name, **said})

    def store_registry(self, where: str, server: str, username: str, password: str) -> Answer:
        """Store the sign-in to a private registry at "/queues/{id}" or "/competitions/{id}"."""
        body = {"server": server, "username": username, "password": password}
        return self.http.call("POST", f"{where}/registry", body)

    # Taking part

    def publish(self, competition: str) -> Answer:
        """Show a competition to everybody."""
        return self.http.call("POST", f"/competitions/{competition}/publish")

    def unpublish(self, competition: str) -> Answer:
        """Hide a competition again."""
        return self.http.call("POST", f"/competitions/{competition}/unpublish")

    def join(self, competition: str, accept_terms: bool = True) -> Answer:
        """Take part. The answer's status is approved, or pending until the organizer decides."""
        return self.http.call("POST", f"/competitions/{competition}/participants", {"accept_terms": accept_terms})

    # Judging

    def juries(self) -> Iterator[Answer]:
        """The competitions whose submissions one is asked to judge."""
        return self._pages("/juries", "juries", {})

    def jurors(self, competition: str) -> list[Answer]:
        """A competition's jury, for its organizers."""
        return self.http.call("GET", f"/competitions/{competition}/jurors")["jurors"]

    def add_juror(self, competition: str, username: str) -> Answer:
        """Invite somebody to judge."""
        return self.http.call("POST", f"/competitions/{competition}/jurors", {"username": username})

    def set_juror(self, competition: str, user: str, status: str) -> Answer:
        """Count somebody's judgements ("active") or not ("excluded")."""
        return self.http.call("PATCH", f"/competitions/{competition}/jurors/{user}", {"status": status})

    def remove_juror(self, competition: str, user: str) -> None:
        """Take somebody off the jury; what they judged counts."""
        self.http.call("DELETE", f"/competitions/{competition}/jurors/{user}")

    def judging(self, phase: str) -> Answer:
        """How far a jury is, for organizers."""
        return self.http.call("GET", f"/phases/{phase}/judging")

    def publish_judging(self, phase: str, published: bool = True) -> Answer:
        """Show a jury's scores, or hide them."""
        return self.http.call("POST", f"/phases/{phase}/judging/{'publish' if published else 'unpublish'}")

    def next_case(self, phase: str) -> Answer:
        """What one is to judge next: its `case` is None when there is nothing."""
        return self.http.call("GET", f"/phases/{phase}/judging/next")

    def judge(self, case: str, **decision: Any) -> Answer:
        """Judge: `marks` by criterion or `preferred`, and a `comment`."""
        return self.http.call("POST", f"/judging/{case}", decision)

    def pass_over(self, case: str) -> None:
        """Leave a case to others."""
        self.http.call("POST", f"/judging/{case}/pass")

    # Submissions

    def fact_sheet(self, phase: str) -> list[Answer]:
        """What is asked about each submission to a phase."""
        return self.competition(phase.rpartition("-")[0])["fact_sheet"]

    def submit(
        self,
        phase: str,
        upload: str | None = None,
        name: str | None = None,
        tasks: list[int] | None = None,
        fact_sheet: dict[str, str | bool] | None = None,
        forked_from: str | None = None,
    ) -> Answer:
        """Hand in an uploaded zip, to some of the phase's tasks or to all, with answers to the fact sheet by their keys.

        `forked_from` is shared code that it was started from; without an upload that is handed in as it is.
        """
        said = {"upload": upload, "name": name, "tasks": tasks, "fact_sheet": fact_sheet, "forked_from": forked_from}
        body: Answer = {key: value for key, value in said.items() if value}
        # An upload becomes one submission, however often it is handed in.
        return self.http.call("POST", f"/phases/{phase}/submissions", body, repeatable=upload is not None)

    def submissions(self, phase: str, everyone: bool = False) -> Iterator[Answer]:
        """One's submissions in a phase, or, for its organizer, everyone's."""
        return self._pages(f"/phases/{phase}/submissions", "submissions", {"everyone": "true"} if everyone else {})

    def submission(self, submission: str) -> Answer:
        """One submission."""
        return self.http.call("GET", f"/submissions/{submission}")

    def download_files(self, submission: str, folder: Path) -> dict[str, Path]:
        """What was handed in and what its run left, into a folder: kind to path. Files of the same name are replaced.

        Raises TransferFailed when storage refuses, BadFile when a file cannot be written.
        """
        return _fetch_all(self.submission_files(submission), folder)

    def download_handouts(self, phase: str, folder: Path) -> dict[str, Path]:
        """A phase's starting kit and public data, as `download_files`."""
        return _fetch_all(self.http.call("GET", f"/phases/{phase}/handouts"), folder)

    def submission_files(self, submission: str) -> Answer:
        """Signed addresses of what a submission's run left."""
        return self.http.call("GET", f"/submissions/{submission}/files")

    def logs(self, submission: str) -> Answer:
        """What a submission's programs have printed so far: `logs` has the end of each, by its name."""
        return self.http.call("GET", f"/submissions/{submission}/logs")

    def quota(self, phase: str) -> Answer:
        """What is left of one's limits in a phase, and when the next attempt opens."""
        return self.http.call("GET", f"/phases/{phase}/quota")

    def delete_submission(self, submission: str) -> None:
        """Delete one's own submission for good; an organizer withdraws somebody's."""
        self.http.call("DELETE", f"/submissions/{submission}")

    def wait_for_submission(
        self, submission: str, timeout_seconds: float = 3600, on_change: Callable[[Answer], None] = lambda state: None
    ) -> Answer:
        """The submission once its status is final. Raises AgonError when it takes longer."""
        final = {status.value for status in Status if status.is_final}
        return self._wait(f"/submissions/{submission}", final, timeout_seconds, on_change)

    def leaderboards(self, phase: str) -> Answer:
        """The boards of a phase, and how submissions get onto them."""
        return self.http.call("GET", f"/phases/{phase}/leaderboards")

    def leaderboard(self, phase: str, page: int = 1, board: str | None = None) -> Answer:
        """A page of a board, the first one unless named. Asked again, an unchanged one costs next to nothing (ETag)."""
        key = (phase, page, board)
        etag, known = self._boards.get(key, ("", None))
        headers = {"If-None-Match": etag} if etag else {}
        params = {"page": page} | ({"board": board} if board else {})
        answer = self.http.response("GET", f"/phases/{phase}/leaderboard", params=params, headers=headers)
        if answer.status_code == 304 and known is not None:
            return known
        found: Answer = answer.json()
        if "ETag" in answer.headers:
            self._boards[key] = (answer.headers["ETag"], found)
        return found

    def _pages(self, path: str, key: str, params: dict[str, str]) -> Iterator[Answer]:
        cursor: str | None = None
        while True:
            answer = self.http.call("GET", path, params=params | ({"cursor": cursor} if cursor else {}))
            yield from answer[key]
            cursor = answer.get("next")
            if not cursor:
                return

    def _wait(
        self,
        path: str,
        final: set[str] | Callable[[Answer], bool],
        timeout_seconds: float,
        on_change: Callable[[Answer], None],
    ) -> Answer:
        is_final = final if callable(final) else lambda state: state["status"] in final
        deadline = time.monotonic() + timeout_seconds
        pause, before = 0.1, None
        while True:
            state = self.http.call("GET", path)
            if state != before:
                on_change(state)
            before = state
            if is_final(state):
                return state
            if time.monotonic() > deadline:
                raise AgonError(
                    f"It is still {state.get('status', 'going on')} after {timeout_seconds:.0f} s. Look again later."
                )
            self._sleep(pause)
            pause = min(2.0, pause * 1.3)


def _fetch_all(links: Answer, folder: Path) -> dict[str, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    found = {kind: (url, folder / FILE_NAMES[kind]) for kind, url in links.items() if url and kind in FILE_NAMES}
    # A name in an answer is the server's word: on this machine it must not lead elsewhere.
    pages = {Path(name).name: url for name, url in links.get(uploads.RESULTS, {}).items()}
    found |= {f"{uploads.RESULTS}/{name}": (url, folder / uploads.RESULTS / name) for name, url in pages.items()}
    for url, path in found.values():
        path.parent.mkdir(exist_ok=True)
        transfer.fetch(url, path)
    return {kind: path for kind, (_, path) in found.items()}
