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

from agon import downloads
from agon.administering import Administering
from agon.appointing import Appointing
from agon.bringing import Bringing
from agon.credentials import SignIn
from agon.departing import Departing
from agon.editing import Editing
from agon.errors import AgonError
from agon.finding import Finding
from agon.forum import Forum
from agon.grouping import Grouping
from agon.handouts import HandingOut
from agon.http import Http
from agon.judging import Judging
from agon.library import Library
from agon.mailing import Mailing
from agon.moderating import Moderating
from agon.organizations import Organizations
from agon.organizing import Organizing
from agon.participating import Participating
from agon.profiles import Profiles
from agon.sharing import Sharing
from agon.standing import Standing
from agon.teams import Teams
from agon.unfinished import Unfinished
from agon.uploads import Uploads
from agon.verbs import is_settled
from agon.webhooks import Webhooks
from chalicelib.contract import Status, plain_files, uploads

if TYPE_CHECKING:
    from agon import api_types as api

#: What the files of a submission and of a phase are called on this machine.
FILE_NAMES = {
    "starting_kit": "starting_kit.zip",
    "public_data": "public_data.zip",
    "submission": "submission.zip",
    **uploads.FILENAMES,
}

_KINDS = {name: kind for kind, name in FILE_NAMES.items()}


class Client(
    Administering,
    Appointing,
    Bringing,
    Departing,
    Editing,
    Finding,
    Forum,
    Grouping,
    HandingOut,
    Judging,
    Library,
    Mailing,
    Moderating,
    Organizations,
    Organizing,
    Participating,
    Profiles,
    Sharing,
    Standing,
    Teams,
    Uploads,
    Webhooks,
):
    """A person at one API. Every method raises ProblemError when the API refuses and Unreachable when it is silent."""

    def __init__(
        self,
        api: str,
        session: SignIn | None = None,
        on_session: Callable[[SignIn], None] = lambda session: None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        unfinished: Unfinished | None = None,
    ) -> None:
        self.http = Http(api, session, on_session, transport, sleep)
        self._unfinished = unfinished or Unfinished()
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

    def sign_in(self, username: str, password: str, code: str = "") -> SignIn:
        """Sign in, with a `code` where the account asks for one; later calls carry it, and it is refreshed by itself."""
        self.http.set_session(None)
        body = {"username": username, "password": password} | ({"code": code} if code else {})
        answer = self.http.call("POST", "/sessions", body)
        session = SignIn.from_answer(username, answer)
        self.http.set_session(session)
        return session

    def use_token(self, token: str) -> None:
        """Call with a personal access token from now on."""
        self.http.set_session(SignIn(username="", access_token=token))

    def resend_code(self, username: str) -> None:
        """Have the code that confirms a new account mailed again."""
        self.http.call("POST", "/accounts/resend", {"username": username})

    def forgot_password(self, username: str) -> None:
        """Have a code mailed for a new password."""
        self.http.call("POST", "/accounts/password/forgot", {"username": username})

    def reset_password(self, username: str, code: str, password: str) -> None:
        """Set a new password with the mailed code. Every open session of the account ends."""
        body = {"username": username, "code": code, "password": password}
        self.http.call("POST", "/accounts/password/reset", body)

    def sign_out(self, everywhere: bool = False) -> None:
        """End the sign-in on the server and here; with `everywhere` all others of the account, too."""
        if everywhere:
            self.http.call("POST", "/sessions/end")
        else:
            self.end_session("current")
        self.http.set_session(None)

    def me(self) -> api.Me:
        """The account that is signed in."""
        return self.http.call("GET", "/me")

    def tokens(self) -> list[api.OwnToken]:
        """One's personal access tokens, without their secrets."""
        return self.http.call("GET", "/tokens")["tokens"]

    def export_account(
        self, timeout_seconds: float = 3600, on_change: Callable[[api.AccountExport], None] = lambda state: None
    ) -> api.AccountExport:
        """Pack what the site knows of oneself, anew: `zips` has signed URLs, good for a few minutes."""
        self.http.call("POST", "/me/exports")
        return self._wait(self.exported_account, is_settled, timeout_seconds, on_change)

    def exported_account(self) -> api.AccountExport:
        """The newest export as it is now, with fresh addresses. Raises AgonError when there is none."""
        answer: api.AccountExports = self.http.call("GET", "/me/exports")
        if not answer["exports"]:
            raise AgonError("Nothing of yours is packed any more. Ask for it without --again.")
        return answer["exports"][0]

    def create_token(self, name: str, expires_in_days: int = 90) -> api.NewToken:
        """A personal access token; its `token` is shown this once."""
        return self.http.call("POST", "/tokens", {"name": name, "expires_in_days": expires_in_days})

    def revoke_token(self, token_id: str) -> None:
        """The token is refused from now on."""
        self.http.call("DELETE", "/tokens/{token}", token=token_id)

    # Competitions

    def competition(self, competition: str) -> api.Competition:
        """One competition with its phases and columns."""
        return self.http.call("GET", "/competitions/{competition}", competition=competition)

    def use_link(self, token: str) -> None:
        """See and join the draft that this secret link is of."""
        self.http.link = token

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

    def check_bundle(self, upload: str, competition: str) -> api.Check:
        """The complaints about an uploaded bundle, and what it would do to a competition's boards."""
        return self.http.call("POST", "/bundles/check", {"upload": upload, "competition": competition})

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
        return self._wait(partial(self.dumped, competition, begun["id"]), is_settled, timeout_seconds, on_change)

    def dumps(self, competition: str) -> list[api.Dump]:
        """The newest dumps of a competition."""
        return self.http.call("GET", "/competitions/{competition}/dumps", competition=competition)["dumps"]

    def dumped(self, competition: str, dump: str) -> api.Dump:
        """A dump as it is now, with a fresh `url`."""
        return self.http.call("GET", "/competitions/{competition}/dumps/{dump}", competition=competition, dump=dump)

    # Taking part

    def publish(self, competition: str) -> api.Competition:
        """Show a competition to everybody."""
        return self.http.call("POST", "/competitions/{competition}/publish", competition=competition)

    def unpublish(self, competition: str) -> api.Competition:
        """Hide a competition again."""
        return self.http.call("POST", "/competitions/{competition}/unpublish", competition=competition)

    def page(self, competition: str, index: int) -> api.Page:
        """A page's text. The terms are the last one."""
        return self.http.call("GET", "/competitions/{competition}/pages/{index}", competition=competition, index=str(index))

    def accept_terms(self, competition: str, version: int) -> api.Participant:
        """Accept terms that have changed since one joined."""
        body = {"version": version}
        return self.http.call("POST", "/competitions/{competition}/terms/accept", body, competition=competition)

    def join(
        self,
        competition: str,
        accept_terms: bool = True,
        terms_version: int | None = None,
        answers: Mapping[str, str | bool] | None = None,
    ) -> api.Participant:
        """Take part, on the terms that were read. The answer's status is approved, or pending until organizers decide."""
        said = {"terms_version": terms_version, "answers": answers}
        body = {"accept_terms": accept_terms, **{name: value for name, value in said.items() if value}}
        return self.http.call("POST", "/competitions/{competition}/participants", body, competition=competition)

    # Submissions

    def fact_sheet(self, phase: str) -> list[api.Question]:
        """The questions about each submission to a phase."""
        return self.competition(phase.rpartition("-")[0])["fact_sheet"]

    def submit(
        self,
        phase: str,
        upload: str | None = None,
        name: str | None = None,
        tasks: list[int] | None = None,
        fact_sheet: dict[str, str | bool] | None = None,
        forked_from: str | None = None,
        group: str | None = None,
        organization: str | None = None,
    ) -> api.Submission:
        """Hand in an uploaded file, to some of the phase's tasks or to all, with answers to the fact sheet by their keys.

        `forked_from` is shared code that it was started from; without an upload that is handed in as it is.
        Who is in several groups says for which `group` it is.
        """
        said = {"upload": upload, "name": name, "tasks": tasks, "fact_sheet": fact_sheet, "forked_from": forked_from}
        said["group"] = group
        said["organization"] = organization
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

    def download_files(self, submission: str, folder: Path, bar: downloads.Bar = downloads.no_bar) -> dict[str, Path]:
        """Download what was handed in and what its run left, into a folder: kind to path. Files of the same name are
        replaced.

        A `bar` hears of each file how far it is. Raises TransferFailed when storage refuses, BadFile when a file cannot be
        written.
        """
        return _fetch_all(partial(self.submission_files, submission), folder, bar)

    def download_handouts(self, phase: str, folder: Path, bar: downloads.Bar = downloads.no_bar) -> dict[str, Path]:
        """A phase's starting kit and public data, as `download_files`."""
        return _fetch_all(partial(self.handouts, phase), folder, bar)

    def submission_files(self, submission: str) -> api.Files:
        """Signed addresses of what a submission's run left."""
        return self.http.call("GET", "/submissions/{submission}/files", submission=submission)

    def logs(self, submission: str) -> api.Logs:
        """The text that a submission's programs have printed so far: `logs` has the end of each, by its name."""
        return self.http.call("GET", "/submissions/{submission}/logs", submission=submission)

    def quota(self, phase: str, group: str = "") -> api.Quota:
        """The rest of one's limits in a phase, and when the next attempt opens. Limits are those of a `group`."""
        params = {"group": group} if group else {}
        return self.http.call("GET", "/phases/{phase}/quota", None, params, phase=phase)

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


def _fetch_all(ask: Callable[[], Mapping[str, object]], folder: Path, bar: downloads.Bar) -> dict[str, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    first = _links(ask())
    for name in first:
        (folder / name).parent.mkdir(exist_ok=True)
        with bar(name) as progress:
            downloads.fetch(_address(first[name], partial(_link, ask, name)), folder / name, progress)
    return {_kind_of(name): folder / name for name in first}


def _kind_of(name: str) -> str:
    return "submission" if name.startswith("submission.") else _KINDS.get(name, name)


def _link(ask: Callable[[], Mapping[str, object]], name: str) -> str:
    return _links(ask())[name]


def _links(files: Mapping[str, object]) -> dict[str, str]:
    """Address by name below the folder. A name in an answer is the server's word: here it must not lead elsewhere."""
    found = {_name_of(kind, files): str(url) for kind, url in files.items() if url and kind in FILE_NAMES}
    pages = files.get(uploads.RESULTS)
    listed = pages.items() if isinstance(pages, Mapping) else ()
    return found | {f"{uploads.RESULTS}/{Path(str(name)).name}": str(url) for name, url in listed}


def _name_of(kind: str, files: Mapping[str, object]) -> str:
    # A site of an earlier build has zips alone.
    extension = str(files.get("extension", "zip"))
    is_plain = kind == "submission" and plain_files.is_extension(extension)
    return plain_files.name_of(extension) if is_plain else FILE_NAMES[kind]


def _address(first: str, again: Callable[[], str]) -> downloads.Address:
    """One that is known, then fresh ones."""
    known = [first]
    return lambda: known.pop() if known else again()
