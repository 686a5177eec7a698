"""A competition of a Codabench site comes here, step by step. Each step that was done is noted, and done once at both ends.

definition   the site makes a dump, which is completed and imported as a draft
submissions  each with its file, its time and its scores, the oldest first
board        both boards are read and compared
people       who took part is invited, where that is wanted
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from agon.client import Client
from agon.errors import AgonError, BadFile, ProblemError
from agon.migration import boards, bundle, pairing, shapes
from agon.migration.folder import MigrationFolder
from agon.migration.report import Left, Line, Report
from agon.migration.shapes import Competition, Participant, Phase, Submission
from agon.migration.site import Address, CodabenchSite, Missing, SiteFails
from agon.transfer import TransferFailed
from chalicelib.contract import limits

if TYPE_CHECKING:
    from agon import api_types as api

#: A site stops the making of a dump after ten minutes; its worker may have others before it.
_DUMP_SECONDS, _DUMP_PAUSE_SECONDS = 1800, 5.0
#: So many that fail one after the other are no accident of one file.
_FAILURES_IN_A_ROW = 5
#: So many are told by name in a sentence.
_NAMED = 20
#: Who calls this site more often than an account may waits for so long, at most so often.
_TOO_OFTEN, _PAUSE_SECONDS, _TIMES_TOO_OFTEN = 429, 20.0, 30
_AGAIN, _LATER = "Run the same again; else ask that site's administrators.", "run the same again later"
_BY_HAND = "Run the same again; or fetch a full dump from its page there, and name it with --dump."
_REFUSALS = (400, 404, 409, 413, 422)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Findings:
    """The content of a competition at its site: who takes part, and what was submitted to each phase by its number."""

    competition: Competition
    participants: Sequence[Participant]
    submissions: Mapping[int, Sequence[Submission]]
    ingesting: set[int]

    @property
    def addresses(self) -> dict[str, str]:
        """The addresses of participants by their names."""
        return {one.username: one.address for one in self.participants if one.address}


def look(site: CodabenchSite, address: Address, say: Say) -> Findings:
    """All that the site tells of a competition, without a change to anything. Raises SiteRefuses, SiteFails, Missing."""
    competition = shapes.competition_of(site.get(f"/api/competitions/{address.competition}/"))
    say(f"“{competition.title}” has {len(competition.phases)} phases at {address.host}.")
    people = shapes.participants_of(site.all_of(f"/api/participants/?competition={address.competition}"))
    found: dict[int, list[Submission]] = {}
    ingesting: set[int] = set()
    for phase in competition.phases:
        told = list(site.all_of(f"/api/submissions/?phase={phase.id}"))
        found[phase.id] = shapes.submissions_of(told, phase)
        ingesting |= shapes.scored_during_ingestion(told)
    return Findings(competition, people, found, ingesting)


@dataclass
class Move:
    """A migration in progress."""

    site: CodabenchSite
    address: Address
    client: Client
    folder: MigrationFolder
    found: Findings
    say: Say
    sleep: Callable[[float], None]
    report: Report = field(init=False)
    _failures: int = 0
    _no_zips: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        source = f"{self.address.site}/competitions/{self.address.competition}/"
        self.report = Report(self.found.competition.title, source)

    # The definition

    def define(self, dump: Path | None, image: str = "") -> str:
        """The id of the competition here, which is made once. `dump` is one that somebody has fetched by hand, `image` a
        Docker image for its programs in place of the one there.

        Raises SiteFails, BadFile, and AgonError for a bundle that becomes no competition.
        """
        if not (made := self.folder.get("competition")):
            made = self._import(self._bundle(dump, image))
            self.folder.keep(competition=made)
        self.report.competition = made
        self.report.notes += self.folder.get("completed") or []
        self.report.lines.append(Line("Phases", len(self.found.competition.phases), len(self._phases(made))))
        return str(made)

    def _bundle(self, dump: Path | None, image: str) -> Path:
        target = self.folder.path / "competition.zip"
        if self.folder.get("completed") is None or not target.exists():
            source = dump or self._dumped()
            files, lacking = self._handouts()
            told = bundle.complete(source, target, self.found.competition, self.found.ingesting, files, datetime.now(UTC))
            self.folder.keep(completed=told, lacking=lacking)
        if image:
            bundle.run_in(target, image)
        return target

    def _dumped(self) -> Path:
        """The newest dump that the site made for this migration, as a file. Raises SiteFails."""
        target = self.folder.path / "dump.zip"
        if target.exists():
            return target
        path = f"/api/competitions/{self.address.competition}"
        if self.folder.get("dumps_before") is None:
            before = [name for name, _ in self._dumps()]
            self.folder.keep(dumps_before=before)
            self.say("The site makes a dump of it, which may take some minutes.")
            self.site.post(f"{path}/create_dump/", {"keys_instead_of_files": False})
        name = self._awaited(set(self.folder.get("dumps_before")))
        try:
            self.site.fetch(lambda: self._dump_url(name), target, limits.MAX_UPLOADED_BYTES)
        except Missing as error:
            self.folder.keep(dumps_before=None)
            raise SiteFails(f"{self.address.site} lists a dump whose file is not there. {_BY_HAND}") from error
        return target

    def _awaited(self, before: set[str]) -> str:
        waited = 0.0
        while True:
            if new := [name for name, _ in self._dumps() if name not in before]:
                return new[-1]
            if waited >= _DUMP_SECONDS:
                # Whatever became of it, the next run asks for another.
                self.folder.keep(dumps_before=None)
                raise SiteFails(
                    f"{self.address.site} has made no dump in {_DUMP_SECONDS // 60} minutes: it fails there without a word. "
                    f"{_BY_HAND}"
                )
            self.sleep(_DUMP_PAUSE_SECONDS)
            waited += _DUMP_PAUSE_SECONDS

    def _dumps(self) -> list[tuple[str, str]]:
        return shapes.dumps_of(self.site.get(f"/api/competitions/{self.address.competition}/get_files/"))

    def _dump_url(self, name: str) -> str:
        return dict(self._dumps()).get(name, "")

    def _handouts(self) -> tuple[dict[str, Path], list[dict[str, str]]]:
        """What phases hand out, by names for the bundle; and what of it could not be fetched."""
        files: dict[str, Path] = {}
        lacking: list[dict[str, str]] = []
        for phase in self.found.competition.phases:
            for kind, key in phase.files.items():
                name = bundle.handout_name(phase, kind)
                try:
                    where = partial(self.site.location, f"/datasets/download/{key}/")
                    self.site.fetch(where, self.folder.path / name, limits.MAX_UPLOADED_BYTES)
                except (Missing, TransferFailed, BadFile) as error:
                    lacking.append({"which": f"{kind.replace('_', ' ')} of “{phase.name}”", "why": str(error)})
                    continue
                files[name] = self.folder.path / name
        return files, lacking

    def _import(self, bundle_: Path) -> str:
        if not (begun := self.folder.get("import")):
            self.say("It is sent and imported as a draft.")
            begun = self.client.import_bundle(self.client.upload(bundle_, "bundle")["id"])["id"]
            self.folder.keep(**{"import": begun})
        state = self.client.wait_for_import(begun)
        if state["status"] != "Finished" or state["competition"] is None:
            self.folder.keep(**{"import": None})
            errors = "\n".join(f"- {one['file']}: {one['message']}" for one in state["errors"])
            raise AgonError(
                f"The dump of that site did not become a competition:\n{errors}\n"
                f"Change {bundle_}, or name an image with --image; then run the same again."
            )
        return str(state["competition"])

    # What was submitted

    def bring(self, competition: str) -> None:
        """Bring every submission that has not come. Raises SiteFails, Unreachable, and what stops all of them."""
        if self.client.competition(competition)["published"]:
            raise AgonError(
                f"Results come into drafts alone, and this is published: agon competitions unpublish {competition}"
            )
        there = came = 0
        for phase, here, tasks in self._pairs(competition):
            for one in self.found.submissions[phase.id]:
                there += 1
                came += self._bring_one(one, phase, here, tasks)
                if came and came % 100 == 0:
                    self.say(f"{came} submissions have come.")
        left = sum(one.what == "submission" for one in self.report.left)
        note = "with their times and scores, as their makers' who collect them" if came else ""
        self.report.lines.append(Line("Submissions", there, there - left, note))

    def _bring_one(self, one: Submission, phase: Phase, here: str, tasks: Mapping[int, int]) -> bool:
        if one.id in self.folder.done:
            return True
        if one.obstacle:
            self._leave(one, phase, one.obstacle)
            return False
        file = self.folder.path / f"submission-{one.id}.zip"
        try:
            if not self._fetched(one, phase, file):
                return False
            made = self._patiently(lambda: self._sent(one, here, file, tasks))
        except ProblemError as problem:
            if problem.status not in _REFUSALS:
                raise
            said = "; ".join(f"{error.get('place')}: {error.get('message')}" for error in problem.errors)
            self._leave(one, phase, f"Refused here: {problem}" + (f" ({said})" if said else ""))
            return False
        finally:
            file.unlink(missing_ok=True)
        self.folder.note(one.id, made["id"])
        return True

    def _sent(self, one: Submission, here: str, file: Path, tasks: Mapping[int, int]) -> api.Submission:
        return self.client.bring(here, self._told(one, self.client.upload(file, "submission")["id"], tasks))

    def _patiently(self, send: Callable[[], api.Submission]) -> api.Submission:
        """Send it again after a while, as long as this site is called too often for it."""
        for _ in range(_TIMES_TOO_OFTEN):
            try:
                return send()
            except ProblemError as problem:
                if problem.status != _TOO_OFTEN:
                    raise
                self.sleep(_PAUSE_SECONDS)
        return send()

    def _fetched(self, one: Submission, phase: Phase, file: Path) -> bool:
        """Whether its file is there now. What is no zip is packed into one, and told of."""
        try:
            self.site.fetch(partial(self._file_url, one), file, limits.MAX_UPLOADED_BYTES)
        except (Missing, TransferFailed, BadFile, SiteFails) as error:
            is_gone = isinstance(error, Missing | BadFile)
            self._leave(one, phase, str(error), "" if is_gone else _AGAIN)
            self._failures += 0 if is_gone else 1
            if self._failures >= _FAILURES_IN_A_ROW:
                raise SiteFails(f"{self.address.site} gives no files any more. What came is noted; {_LATER}.") from error
            return False
        self._failures = 0
        if not zipfile.is_zipfile(file):
            _pack(file)
            self._no_zips.append(one.id)
        return True

    def _leave(self, one: Submission, phase: Phase, why: str, advice: str = "") -> None:
        which = f"{one.id} of {one.owner} to “{phase.name}”"
        self.report.left.append(Left("submission", which, why, advice))

    def _file_url(self, one: Submission) -> str:
        told = self.site.get(f"/api/submissions/{one.id}/get_details/")
        url = told.get("data_file") if isinstance(told, Mapping) else None
        if not isinstance(url, str):
            raise Missing("The site tells no file of it.")
        return url

    def _told(self, one: Submission, upload: str, tasks: Mapping[int, int]) -> dict[str, object]:
        """A submission as `POST /phases/{phase}/brought` takes it."""
        reason = f"{one.status} at {self.address.host}." + (f" {one.reason}" if one.reason else "")
        told: dict[str, object] = {
            "site": self.address.host,
            "id": str(one.id),
            "owner": one.owner,
            "upload": upload,
            "created_at": one.created_at.astimezone(UTC).isoformat(),
            "status": one.status,
            "reason": "" if one.status == shapes.FINISHED else reason,
            "scores": {str(tasks[task]): dict(own) for task, own in one.scores.items() if task in tasks},
            "on_board": one.on_board,
            "name": one.name,
            "description": one.description,
            "fact_sheet": dict(one.answers),
        }
        address = self.found.addresses.get(one.owner)
        return told | ({"address": address} if address else {})

    # Both boards

    def compare(self, competition: str) -> None:
        """Read the boards of both sites, and tell where they differ."""
        by_there = {run: one.id for some in self.found.submissions.values() for one in some for run in (one.id, *one.runs)}
        for phase, here, tasks in self._pairs(competition):
            try:
                rows = shapes.rows_of(self.site.get(f"/api/phases/{phase.id}/get_leaderboard/"))
            except (SiteFails, Missing) as error:
                self.report.left.append(Left("leaderboard", phase.name, str(error), "Look at both by eye."))
                continue
            wanted = boards.there(rows, by_there, self.folder.done, tasks)
            # What has not come is not waited for.
            coming = {*wanted} & {*self.folder.done.values()}
            got = boards.here(self.client, here, coming, self.sleep)
            self.report.lines.append(Line(f"Rows of “{phase.name}”", len(wanted), len({*got} & {*wanted})))
            self.report.left += [Left("leaderboard", phase.name, why) for why in boards.differences(wanted, got)]

    # People

    def tell_people(self, competition: str, invites: bool) -> None:
        """Say who took part, and invite them when that is wanted: each once."""
        known = [one for one in self.found.participants if not one.is_deleted]
        wanted = [one.address for one in known if one.address and one.status in ("approved", "pending") and not one.is_bot]
        wanted += [one for one in self.found.competition.whitelist if one not in wanted]
        path = self.folder.write("participants.csv", boards.people_csv(known))
        invited = set(self.folder.get("invited") or [])
        refused: dict[str, str] = {}
        for start in range(0, len(wanted) if invites else 0, 100):
            some = [one for one in wanted[start : start + 100] if one not in invited]
            if some:
                refused |= self.client.invite(competition, some)[1]
                invited |= {one for one in some if one not in refused}
                self.folder.keep(invited=sorted(invited))
        self.report.left += [Left("invitation", one, why) for one, why in refused.items()]
        note = f"invited. They join, then: agon competitions collect {competition}" if invites else f"see {path.name}"
        self.report.lines.append(Line("Participants", len(self.found.participants), len(invited), note))
        if not invites:
            self.report.notes.append(
                "Nobody was written to. --invite mails who takes part there: they join, and collect what they submitted."
            )
        denied = [one.username for one in known if one.status == "denied"]
        if denied:
            self.report.notes.append(f"Denied there, and to be denied here by hand: {_some(denied)}")

    # What is told besides

    def tell_rest(self) -> None:
        """Say what has no place here, or is to be done by hand."""
        there, notes = self.found.competition, self.report.notes
        for one in self.folder.get("lacking") or []:
            advice = "Add it by hand: agon competitions edit --part phases/N."
            self.report.left.append(Left("file", one["which"], one["why"], advice))
        if there.collaborators:
            notes.append(f"It is run there with {', '.join(there.collaborators)}: agon organizers --help")
        if there.allows_robots:
            notes.append("Robots took part there. Here each is admitted by hand: agon participants --help")
        if self._no_zips:
            which = _some([str(one) for one in self._no_zips])
            notes.append(f"Files that are no zips there came packed into one, of the submissions {which}")
        if there.report:
            notes.append(f"Its report is at {there.report}: link to it from a page.")
        public = sum(one.is_public for some in self.found.submissions.values() for one in some)
        if public:
            notes.append(f"{public} submissions are public there. Here their makers publish what they have collected.")
        notes.append("Logs, outputs and detailed results stay there. A re-run makes them here: agon submissions rerun ID")
        notes.append("Forum and announcements stay there: that site's API does not tell them.")

    def write_report(self) -> Path:
        """Leave the report in the folder, for people and for programs."""
        self.folder.write("report.json", json.dumps(self.report.to_json(), indent=2) + "\n")
        return self.folder.write("report.md", self.report.to_markdown())

    # Both sides' phases and tasks

    def _phases(self, competition: str) -> list[api.Phase]:
        return sorted(self.client.competition(competition)["phases"], key=lambda one: one["index"])

    def _pairs(self, competition: str) -> Iterator[tuple[Phase, str, dict[int, int]]]:
        """Each phase there, its id here, and the number of each of its tasks there by the index that it has here.

        Raises AgonError where the phases are others by now.
        """
        here, settings = self._phases(competition), self.client.settings(competition)["settings"]
        there = self.found.competition.phases
        if len(here) != len(there):
            raise AgonError(f"There are {len(there)} phases there, and {len(here)} here. They were changed meanwhile.")
        names: dict[int, str] = {one["index"]: one["name"] for one in pairing.entries(settings, "tasks")}
        mine = sorted(pairing.entries(settings, "phases"), key=lambda one: int(one.get("index", 0)))
        for phase, one, told in zip(there, here, mine, strict=True):
            yield phase, one["id"], pairing.tasks(phase, [int(index) for index in told.get("tasks", [])], names)


def _pack(file: Path) -> None:
    """Make a zip of a file, in its place: this site keeps no other submissions."""
    draft = file.with_suffix(".packed")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(file, "submission")
    draft.replace(file)


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
