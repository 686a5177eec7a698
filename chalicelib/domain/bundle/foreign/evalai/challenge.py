"""An EvalAI challenge as a bundle of version 2 (OTHERS 1.7, ADR 57)."""

import json
import posixpath
from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.contract import limits
from chalicelib.domain.bundle import admission, yaml_text
from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.files import LOGO_SUFFIXES
from chalicelib.domain.bundle.foreign import sidecar, texts
from chalicelib.domain.bundle.foreign.evalai import config, questions, script
from chalicelib.domain.bundle.foreign.evalai.boards import Boards
from chalicelib.domain.bundle.foreign.evalai.config import Board, ChallengePhase, PhaseSplit, Split
from chalicelib.domain.bundle.foreign.folder import Folder
from chalicelib.domain.bundle.foreign.sources import Sources
from chalicelib.domain.bundle.foreign.translation import PROGRAM, SETTINGS, Translation
from chalicelib.domain.bundle.model import Bundle, Page, Phase, Task
from chalicelib.domain.bundle.nodes import Mapping as MappingNode
from chalicelib.domain.bundle.nodes import Unreadable
from chalicelib.domain.bundle.section import Section

CONFIGS = ("challenge_config.yaml", "challenge_config.yml")
#: EvalAI has no time limit on scoring.
_SECONDS = 7200
_PAGE_BYTES = 256 * 1024
_PAGES = {"description": "Overview", "evaluation_details": "Evaluation", "submission_guidelines": "Submission guidelines"}
_NEEDS_CLUSTER = {
    "remote_evaluation": "The host's own worker evaluates this challenge",
    "is_docker_based": "Submissions to this challenge are Docker images, which need EvalAI's cluster",
}


def finds(folder: Folder) -> str:
    """The configuration of an EvalAI challenge at the root; "" where there is none."""
    return next((name for name in CONFIGS if folder.is_file(name)), "")


def translate(folder: Folder, file: str) -> Translation:
    """The challenge as a bundle, as far as it can be read. Raises nothing, whatever the files are."""
    complaints = Complaints(folder.prefix + file)
    translation = Translation("an EvalAI challenge", complaints, folder.prefix)
    if all(map(folder.is_file, CONFIGS)):
        complaints.error("", f"There is `{CONFIGS[0]}` and `{CONFIGS[1]}`, of which EvalAI takes one. Remove the other.")
    try:
        root, notices = yaml_text.load(folder.read(file, limits.MANIFEST_BYTES + 1))
    except Unreadable as error:
        complaints.error(error.notice.key, error.notice.message, error.notice.line)
        return translation
    for notice in notices:
        complaints.warn(notice.key, notice.message, notice.line)
    if isinstance(root, MappingNode):
        _Challenge(Section(root, "", complaints), folder, translation).translate()
    else:
        complaints.error("", "The file has no keys. Write `title: …`, `challenge_phases:` and so on.", root.line)
    return translation


class _Challenge:
    """One challenge on its way into a translation."""

    def __init__(self, section: Section, folder: Folder, translation: Translation):
        self._section, self._folder, self._translation = section, folder, translation
        self._complaints = translation.complaints
        start, end = section.date("start_date"), section.date("end_date")
        phase_splits = config.phase_splits(section)
        self._phases = self._with_boards(config.phases(section, start, end), phase_splits)
        self._boards = {board.id: board for board in config.boards(section)}
        self._splits = {split.id: split for split in config.splits(section)}
        self._joined = self._of_phases(phase_splits)
        self._why_not = self._cannot_run()
        self._seconds = section.number("submission_time_limit", _SECONDS, 1)
        # What stands beside it has a file of its own to complain about.
        self._beside = Complaints(folder.prefix + sidecar.NAME)

    def translate(self) -> None:
        beside = sidecar.read(self._folder, self._beside)
        boards = self._leaderboards(self._program())
        bundle = Bundle(
            version="2",
            **self._about(beside),
            **self._pages(),
            fact_sheet=questions.fact_sheet(self._phases, self._complaints),
            tasks=tuple(self._task(index, phase) for index, phase in enumerate(self._phases)),
            phases=tuple(self._phase(index, phase) for index, phase in enumerate(self._phases)),
            leaderboards=tuple(boards.found),
        )
        for index, phase in enumerate(self._phases):
            self._settings(index, phase, boards)
        beside.finish()
        self._section.finish()
        self._complaints.errors += self._beside.errors
        self._complaints.warnings += self._beside.warnings
        self._translation.bundle = bundle

    def _with_boards(self, phases: list[ChallengePhase], found: Sequence[PhaseSplit]) -> list[ChallengePhase]:
        """The phases that are on a board: EvalAI takes others, and then takes no result of theirs."""
        named = {one.phase for one in found}
        for phase in phases:
            if named and phase.id not in named:
                message = (
                    "No `challenge_phase_splits` names this phase, so nothing of it would have a board: it is left out."
                )
                self._complaints.warn(phase.place, f"{message} Write one to have it.")
        return [phase for phase in phases if not named or phase.id in named]

    def _of_phases(self, found: Sequence[PhaseSplit]) -> list[tuple[int, PhaseSplit, Board, Split]]:
        """The boards of phases with all that they name."""
        indexes = {phase.id: index for index, phase in enumerate(self._phases)}
        joined, seen = [], set[tuple[int, int, int]]()
        for one in found:
            named = (
                ("challenge_phase_id", one.phase, one.phase in indexes),
                ("leaderboard_id", one.board, one.board in self._boards),
                ("dataset_split_id", one.split, one.split in self._splits),
            )
            lacking = [(key, number) for key, number, is_there in named if not is_there]
            for key, number in lacking:
                self._complaints.error(f"{one.place}.{key}", f"There is none with the id {number}. Write the id of one.")
            if (one.phase, one.board, one.split) in seen:
                self._complaints.error(one.place, "The same phase, split and leaderboard are there already. Remove one.")
            elif not lacking:
                joined.append((indexes[one.phase], one, self._boards[one.board], self._splits[one.split]))
            seen.add((one.phase, one.board, one.split))
        if not found and not self._complaints.is_wrong("challenge_phase_splits"):
            self._complaints.error(
                "challenge_phase_splits", "There is none, so nothing is ranked. Write one for each board."
            )
        return joined

    def _cannot_run(self) -> str:
        """Why nothing of this challenge runs here; "" where it does. Its pages and boards come all the same."""
        for key, why in _NEEDS_CLUSTER.items():
            if self._section.flag(key, False):
                message = f"{why}. Its pages, phases and boards are imported, and nothing runs: every phase is paused."
                self._section.warn(key, message)
                return why
        if self._section.flag("is_static_dataset_code_upload", False):
            self._section.warn("is_static_dataset_code_upload", "Without `is_docker_based` this means nothing.")
        return ""

    def _about(self, beside: Section) -> dict[str, Any]:
        section = self._section
        if section.flag("published", False):
            section.warn("published", "It is imported as a draft. Publish it when you have looked at it.")
        is_open = section.flag("is_registration_open", True) and not section.flag("manual_participant_approval", False)
        config.tell_of_challenge(section)
        return {
            "title": section.text("title", max_characters=100, required=True).strip(),
            "description": section.text("short_description").strip(),
            "registration_auto_approve": is_open,
            "anonymous_leaderboard": section.flag("anonymous_leaderboard", False),
            "forum_enabled": section.flag("enable_forum", True),
            "enable_teams": True,
            "require_team_approval": False,
            "max_team_members": self._team_size(),
            "tags": section.texts("tags"),
            "sponsors": config.sponsors(section),
            "allowed_addresses": admission.read(section, "allowed_email_domains"),
            "refused_addresses": tuple(
                dict.fromkeys(
                    (*admission.read(section, "blocked_email_domains"), *admission.read(section, "banned_email_ids"))
                )
            ),
            "reward": self._reward(),
            "docker_image": sidecar.image(beside),
            "enable_detailed_results": not self._why_not,
            "can_participants_make_submissions_public": any(phase.is_submission_public for phase in self._phases),
        }

    def _team_size(self) -> int | None:
        number = self._section.number("max_team_members", 0)
        return min(number, limits.MAX_TEAM_MEMBERS) or None

    def _reward(self) -> str | None:
        prizes = self._section.plain("prizes")
        if not isinstance(prizes, list):
            return None
        said = [f"{one.get('rank')}. {one.get('amount')}" for one in prizes if isinstance(one, dict)]
        return ", ".join(said)[: limits.MAX_NAME_CHARACTERS] or None

    def _pages(self) -> dict[str, Any]:
        pages = [
            Page(title, self._translation.take(f"pages/{key}{posixpath.splitext(path)[1]}", path))
            for key, title in _PAGES.items()
            if (path := self._file(self._section, key, f"the page “{title}”"))
        ]
        terms, image = self._file(self._section, "terms_and_conditions", "the terms"), self._section.optional("image")
        logo = None
        if image and self._folder.is_file(self._folder.path(image) or "") and image.lower().endswith(LOGO_SUFFIXES):
            logo = self._translation.take(f"logo{posixpath.splitext(image)[1].lower()}", self._folder.path(image) or "")
        elif image:
            self._section.warn("image", f"`{image[:100]}` is no image of the challenge; there is no logo.")
        return {
            "pages": tuple(pages),
            "terms": terms and self._translation.take(f"terms{posixpath.splitext(terms)[1]}", terms),
            "image": logo,
        }

    def _file(self, section: Section, key: str, what: str) -> str | None:
        """The path of a page that is there; one that is missing is told."""
        written = section.optional(key)
        path = self._folder.path(written) if written else None
        if path and self._folder.is_file(path):
            return path
        message = f"`{written[:100]}` is no file of the challenge" if written else f"`{key}` is missing"
        section.warn(key, f"{message}, so it goes without {what}. EvalAI needs it.")
        return None

    def _leaderboards(self, program: Sources) -> Boards:
        labels = {label for board in self._boards.values() for label in board.labels}
        errors = script.errors_of(program, labels) if 2 * len(labels) <= limits.MAX_COLUMNS else ()
        boards = Boards(self._complaints, with_errors=errors)
        for at, (index, one, board, split) in enumerate(self._joined):
            boards.add(one, board, split, index, self._phases[index])
            self._translation.places[f"leaderboards[{at}]"] = one.place
            self._translation.places[f"leaderboards[{at}].columns"] = f"{board.place}.schema.labels"
        self._translation.places.update({"leaderboards": "challenge_phase_splits", "tasks": "evaluation_script"})
        self._translation.places.update({"title": "title", "phases": "challenge_phases", "fact_sheet": "challenge_phases"})
        return boards

    def _program(self) -> Sources:
        self._translation.add_adapter("evalai")
        if self._why_not:
            self._section.text(script.KEY)
            return Sources()
        words = [(phase.codename, f"{phase.place}.codename") for phase in self._phases if phase.codename]
        words += [(split.codename, f"{one.place}.dataset_split_id") for _, one, _, split in self._joined if split.codename]
        return script.take(self._translation, self._folder, self._section, list(dict.fromkeys(words)))

    def _task(self, index: int, phase: ChallengePhase) -> Task:
        return Task(
            index=index,
            name=phase.name or phase.codename,
            description=f"The phase `{phase.codename}` of an EvalAI challenge.",
            scoring_program=PROGRAM,
            reference_data=f"reference_data/{index}",
        )

    def _phase(self, index: int, phase: ChallengePhase) -> Phase:
        at, place = f"phases[{index}]", phase.place
        keys = {"start": "start_date", "end": "end_date", "max_submissions": "max_submissions", "name": "name"}
        keys["agon.allowed_addresses"] = "allowed_email_ids"
        self._translation.places.update({at: place, **{f"{at}.{key}": f"{place}.{name}" for key, name in keys.items()}})
        if not phase.is_public:
            message = "On EvalAI hosts alone see this phase. Here everybody does, so it is paused until you let it go on."
            self._complaints.warn(f"{place}.is_public", message)
        return Phase(
            index=index,
            name=phase.name,
            description=self._description(phase),
            start=phase.start,
            end=phase.end,
            tasks=(index,),
            max_submissions_per_day=phase.per_day,
            max_submissions=phase.in_all,
            max_submissions_per_month=phase.per_month,
            max_concurrent_submissions=phase.at_once,
            execution_time_limit_seconds=self._seconds,
            hide_output=phase.hides_logs,
            accepts_only_result_submissions=True,
            submission_extensions=phase.file_types,
            allowed_addresses=phase.allowed,
            paused=phase.is_paused or not phase.is_public or bool(self._why_not) or 0 in (phase.per_day, phase.in_all),
        )

    def _description(self, phase: ChallengePhase) -> str:
        path = self._folder.path(phase.description) if phase.description else None
        if path and self._folder.is_file(path):
            return texts.of_html(self._folder.read(path, _PAGE_BYTES).decode("utf-8", "replace"))
        if phase.description:
            message = f"`{phase.description[:100]}` is no file of the challenge, so the phase has no description."
            self._complaints.warn(f"{phase.place}.description", message)
        return ""

    def _settings(self, index: int, phase: ChallengePhase, boards: Boards) -> None:
        """The reference data of a phase: its annotation under its own name, and what the adapter is told."""
        annotation, key = None, f"{phase.place}.test_annotation_file"
        path = self._folder.path(phase.annotation) if phase.annotation else None
        if path and self._folder.is_file(path):
            annotation = f"annotation/{posixpath.basename(path)}"
            self._translation.take(f"reference_data/{index}/{annotation}", path)
        elif phase.annotation and not self._why_not:
            message = f"`{phase.annotation[:100]}` is no file of the challenge, so nothing can be scored. Add it."
            self._complaints.error(key, message)
        elif not self._why_not:
            self._complaints.warn(key, "There is no annotation, so the script is given an empty file.")
        labels: dict[str, list[str]] = {}
        for at, _, board, split in self._joined:
            if at == index:
                labels[split.codename] = list(dict.fromkeys([*labels.get(split.codename, ()), *board.labels]))
        said: Mapping[str, object] = {
            "codename": phase.codename,
            "name": phase.name,
            "annotation": annotation,
            "extensions": list(phase.file_types),
            "hides_logs": phase.hides_logs,
            "cannot_run": self._why_not,
            "splits": {codename: boards.split(index, codename, names) for codename, names in labels.items()},
        }
        self._translation.made[f"reference_data/{index}/{SETTINGS}"] = json.dumps(said, indent=1).encode()
