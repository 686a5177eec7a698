"""The API in Python: one verb per method, which gives what the OpenAPI document says, as a dictionary.

with Client("https://agon.example/api") as client:
    client.sign_in("ada", password)
    client.submit("01jd…-0", Path("predictions.zip"))
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import httpx

from agon import archive, transfer
from agon.credentials import SignIn
from agon.errors import AgonError
from agon.http import Http
from agon.judging import Judging
from agon.library import Library
from agon.organizing import Organizing
from agon.sharing import Sharing
from agon.teams import Teams
from agon.verbs import is_settled
from chalicelib.contract import Status, limits, parts, uploads

if TYPE_CHECKING:
    from agon import api_types as api

#: What the files of a submission and of a phase are called on this machine.
FILE_NAMES = {
    "starting_kit": "starting_kit.zip",
    "public_data": "public_data.zip",
    "submission": "submission.zip",
    **uploads.FILENAMES,
}


class Client(Judging, Library, Organizing, Sharing, Teams):
    """A person at one API. Every method raises ProblemError when the API refuses and Unreachable when it is silent."""

    #: A board's page, as it was last seen, by its ETag.
    _boards: dict[tuple[str, int, str | None], tuple[str, api.Leaderboard]]

    def __init__(
        self,
        api: str,
        session: SignIn | None = None,
        on_session: Callable[[SignIn], None] = lambda session: None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.http = Http(api, session, on_session, transport, sleep)
        self._sleep = sleep
        self._boards = {}

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.http.close()

    # Accounts

    def sign_up(self, username: str, email: str, password: str) -> api.NewAccount:
        """A new account, which has to be confirmed."""
        return self.http.call("POST", "/accounts", {"username": username, "email": email, "password": password})

    def confirm(self, username: str, code: str) -> api.Confirmed:
        """Confirm an account with the code that came by mail."""
        return self.http.call("POST", "/accounts/confirm", {"username": username, "code": code})

    def sign_in(self, username: str, password: str) -> SignIn:
        """Sign in; later calls carry it, and it is refreshed by itself."""
        self.http.set_session(None)
        answer = self.http.call("POST", "/sessions", {"username": username, "password": password})
        session = SignIn.from_answer(username, answer)
        self.http.set_session(session)
        return session

    def use_token(self, token: str) -> None:
        """Call with a personal access token from now on."""
        self.http.set_session(SignIn(username="", access_token=token))

    def sign_out(self) -> None:
        """End the sign-in on the server and here."""
        self.http.call("POST", "/sessions/end")
        self.http.set_session(None)

    def me(self) -> api.Me:
        """Who is signed in."""
        return self.http.call("GET", "/me")

    def tokens(self) -> list[api.Token]:
        """One's personal access tokens, without their secrets."""
        return self.http.call("GET", "/tokens")["tokens"]

    def create_token(self, name: str, expires_in_days: int = 90) -> api.NewToken:
        """A personal access token; its `token` is shown this once."""
        return self.http.call("POST", "/tokens", {"name": name, "expires_in_days": expires_in_days})

    def revoke_token(self, token_id: str) -> None:
        """The token is refused from now on."""
        self.http.call("DELETE", "/tokens/{token}", token=token_id)

    # Files

    def upload(self, path: Path, purpose: str, progress: transfer.Progress = lambda count: None) -> api.CommittedUpload:
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
            return self.http.call("POST", "/uploads/{upload}/commit", {"parts": sent}, upload=upload["id"])
        except (AgonError, KeyboardInterrupt):
            self._abandon(upload["id"])
            raise

    def _abandon(self, upload: str) -> None:
        try:
            self.http.call("DELETE", "/uploads/{upload}", upload=upload)
        except AgonError:
            # The sweeper takes it back in time; the first error is the one to tell.
            return

    # Competitions

    def competitions(self, mine: bool = False) -> Iterator[api.CompetitionCard]:
        """Every competition that one may see, newest first."""
        params = {"mine": "true"} if mine else {}
        for page in self._pages(lambda at: self.http.call("GET", "/competitions", None, at), params):
            yield from page["competitions"]

    def competition(self, competition: str) -> api.Competition:
        """One competition with its phases and columns."""
        return self.http.call("GET", "/competitions/{competition}", competition=competition)

    def import_bundle(self, upload: str, competition: str | None = None) -> api.Import:
        """Begin to make a competition of an uploaded bundle, or to put it in the place of a competition's definition."""
        body = {"upload": upload}
        if competition:
            return self.http.call("POST", "/competitions/{competition}/bundles", body, competition=competition)
        return self.http.call("POST", "/competitions", body)

    def wait_for_import(
        self,
        import_id: str,
        timeout_seconds: float = 4 * 3600,
        on_change: Callable[[api.Import], None] = lambda state: None,
    ) -> api.Import:
        """The import once it is Finished or Failed. Raises AgonError when it takes longer."""

        def ask() -> api.Import:
            return self.http.call("GET", "/imports/{import_id}", import_id=import_id)

        return self._wait(ask, is_settled, timeout_seconds, on_change)

    def settings(self, competition: str) -> api.Settings:
        """All settings of a competition, and their revision."""
        return self.http.call("GET", "/competitions/{competition}/settings", competition=competition)

    def change_settings(self, competition: str, part: str, changes: Mapping[str, object], revision: int) -> api.Settings:
        """Change some of them, of a `part` such as "phases/0", else of the whole. Refused when `revision` is outdated."""
        path = f"/competitions/{competition}/settings" + (f"/{part}" if part else "")
        changed: api.Settings = self.http.response("PATCH", path, changes, headers={"If-Match": f'"{revision}"'}).json()
        return changed

    def clone(self, competition: str, title: str = "") -> api.Competition:
        """A draft with the same definition and data."""
        return self.http.call("POST", "/competitions/{competition}/clone", {"title": title}, competition=competition)

    def dump(
        self,
        competition: str,
        form: str = "full",
        timeout_seconds: float = 4 * 3600,
        on_change: Callable[[api.Dump], None] = lambda state: None,
    ) -> api.Dump:
        """A competition packed as a bundle, `form` "full" or "light": its `url` is good for a few minutes."""
        begun = self.http.call("POST", "/competitions/{competition}/dumps", {"form": form}, competition=competition)

        def ask() -> api.Dump:
            return self.http.call(
                "GET", "/competitions/{competition}/dumps/{dump}", competition=competition, dump=begun["id"]
            )

        return self._wait(ask, is_settled, timeout_seconds, on_change)

    def fetch(self, url: str, path: Path) -> None:
        """Store what a signed URL gives. Raises TransferFailed and BadFile."""
        transfer.fetch(url, path)

    # Taking part

    def publish(self, competition: str) -> api.Competition:
        """Show a competition to everybody."""
        return self.http.call("POST", "/competitions/{competition}/publish", competition=competition)

    def unpublish(self, competition: str) -> api.Competition:
        """Hide a competition again."""
        return self.http.call("POST", "/competitions/{competition}/unpublish", competition=competition)

    def join(self, competition: str, accept_terms: bool = True) -> api.Participant:
        """Take part. The answer's status is approved, or pending until the organizer decides."""
        body = {"accept_terms": accept_terms}
        return self.http.call("POST", "/competitions/{competition}/participants", body, competition=competition)

    # Submissions

    def fact_sheet(self, phase: str) -> list[api.Question]:
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
    ) -> api.Submission:
        """Hand in an uploaded zip, to some of the phase's tasks or to all, with answers to the fact sheet by their keys.

        `forked_from` is shared code that it was started from; without an upload that is handed in as it is.
        """
        said = {"upload": upload, "name": name, "tasks": tasks, "fact_sheet": fact_sheet, "forked_from": forked_from}
        body = {key: value for key, value in said.items() if value}
        # An upload becomes one submission, however often it is handed in.
        is_repeatable = upload is not None
        return self.http.call("POST", "/phases/{phase}/submissions", body, repeatable=is_repeatable, phase=phase)

    def submissions(self, phase: str, everyone: bool = False) -> Iterator[api.Submission]:
        """One's submissions in a phase, or, for its organizer, everyone's."""
        call, params = self.http.call, {"everyone": "true"} if everyone else {}
        for page in self._pages(lambda at: call("GET", "/phases/{phase}/submissions", None, at, phase=phase), params):
            yield from page["submissions"]

    def submission(self, submission: str) -> api.Submission:
        """One submission."""
        return self.http.call("GET", "/submissions/{submission}", submission=submission)

    def download_files(self, submission: str, folder: Path) -> dict[str, Path]:
        """What was handed in and what its run left, into a folder: kind to path. Files of the same name are replaced.

        Raises TransferFailed when storage refuses, BadFile when a file cannot be written.
        """
        files = self.submission_files(submission)
        return _fetch_all(files, files.get("results", {}), folder)

    def download_handouts(self, phase: str, folder: Path) -> dict[str, Path]:
        """A phase's starting kit and public data, as `download_files`."""
        return _fetch_all(self.http.call("GET", "/phases/{phase}/handouts", phase=phase), {}, folder)

    def submission_files(self, submission: str) -> api.Files:
        """Signed addresses of what a submission's run left."""
        return self.http.call("GET", "/submissions/{submission}/files", submission=submission)

    def logs(self, submission: str) -> api.Logs:
        """What a submission's programs have printed so far: `logs` has the end of each, by its name."""
        return self.http.call("GET", "/submissions/{submission}/logs", submission=submission)

    def quota(self, phase: str) -> api.Quota:
        """What is left of one's limits in a phase, and when the next attempt opens."""
        return self.http.call("GET", "/phases/{phase}/quota", phase=phase)

    def delete_submission(self, submission: str) -> None:
        """Delete one's own submission for good; an organizer withdraws somebody's."""
        self.http.call("DELETE", "/submissions/{submission}", submission=submission)

    def wait_for_submission(
        self,
        submission: str,
        timeout_seconds: float = 3600,
        on_change: Callable[[api.Submission], None] = lambda state: None,
    ) -> api.Submission:
        """The submission once its status is final. Raises AgonError when it takes longer."""
        ask = partial(self.submission, submission)
        return self._wait(ask, lambda state: Status(state["status"]).is_final, timeout_seconds, on_change)

    def leaderboards(self, phase: str) -> api.Leaderboards:
        """The boards of a phase, and how submissions get onto them."""
        return self.http.call("GET", "/phases/{phase}/leaderboards", phase=phase)

    def leaderboard(self, phase: str, page: int = 1, board: str | None = None) -> api.Leaderboard:
        """A page of a board, the first one unless named. Asked again, an unchanged one costs next to nothing (ETag)."""
        key = (phase, page, board)
        etag, known = self._boards.get(key, ("", None))
        headers = {"If-None-Match": etag} if etag else {}
        params = {"page": str(page)} | ({"board": board} if board else {})
        answer = self.http.response("GET", f"/phases/{phase}/leaderboard", params=params, headers=headers)
        if answer.status_code == 304 and known is not None:
            return known
        found: api.Leaderboard = answer.json()
        if "ETag" in answer.headers:
            self._boards[key] = (answer.headers["ETag"], found)
        return found


def _fetch_all(links: Mapping[str, object], pages: Mapping[str, str], folder: Path) -> dict[str, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    found = {kind: (str(url), folder / FILE_NAMES[kind]) for kind, url in links.items() if url and kind in FILE_NAMES}
    # A name in an answer is the server's word: on this machine it must not lead elsewhere.
    safe = {Path(name).name: url for name, url in pages.items()}
    found |= {f"{uploads.RESULTS}/{name}": (url, folder / uploads.RESULTS / name) for name, url in safe.items()}
    for url, path in found.values():
        path.parent.mkdir(exist_ok=True)
        transfer.fetch(url, path)
    return {kind: path for kind, (_, path) in found.items()}
