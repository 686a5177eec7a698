"""A Kaggle-style competition as a bundle of version 2 (OTHERS 3.3, ADR 57): one run gives both scores."""

import json
import posixpath
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from chalicelib.contract import limits
from chalicelib.domain.bundle import dates
from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.foreign import sidecar
from chalicelib.domain.bundle.foreign.folder import Folder
from chalicelib.domain.bundle.foreign.kaggle import about, metric, solution
from chalicelib.domain.bundle.foreign.kaggle.metric import Metric
from chalicelib.domain.bundle.foreign.kaggle.solution import PRIVATE, PUBLIC, Table
from chalicelib.domain.bundle.foreign.translation import PROGRAM, SETTINGS, Translation
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard, SubmissionRule
from chalicelib.domain.bundle.model import Bundle, FinalBoard, Page, Phase, Solution, Task

#: Where nothing says when it begins, it has begun when it is published.
_ALWAYS = datetime(2010, 1, 1, tzinfo=UTC)
_PRECISION = 5
_SELECTION = 2
_EXTENSIONS = ("csv", "zip")
_SECONDS = 3600
_PUBLIC_KEY, _PRIVATE_KEY = "score", "private_score"
_METRIC = "metric, a .py with `score(solution, submission, row_id_column_name)`"
_HANDED_OUT = ("train", "test")


def finds(folder: Folder) -> str:
    """The metric at the root, or the solution of a competition that has a sample submission beside it; "" for neither."""
    metrics = metric.found(folder)
    if metrics:
        return metrics[0].path
    tables = folder.at_root(".csv")
    solutions = [name for name in tables if "solution" in name.lower()]
    return solutions[0] if solutions and any("sample" in name.lower() for name in tables) else ""


def translate(folder: Folder, file: str) -> Translation:
    """The competition as a bundle, as far as it can be read. Raises nothing, whatever the files are."""
    name = sidecar.NAME if folder.is_file(sidecar.NAME) else file
    translation = Translation("a Kaggle competition", Complaints(folder.prefix + name), folder.prefix)
    _Competition(folder, translation).translate()
    return translation


class _Competition:
    """One competition on its way into a translation."""

    def __init__(self, folder: Folder, translation: Translation):
        self._folder, self._translation, self._complaints = folder, translation, translation.complaints
        self._said = sidecar.read(folder, self._complaints)
        self._settings = about.settings(folder, self._complaints)

    def translate(self) -> None:
        scorer, (path, table) = self._metric(), self._solution()
        sample = self._sample()
        key = self._row_id(path, table, sample) if table else ""
        is_private = bool(table and solution.boards(table).get(PRIVATE))
        if not self._said.has("lower_is_better"):
            message = (
                "Is a lower score the better one? No file says so. Write `lower_is_better: true` or `false` into agon.yaml."
            )
            self._complaints.error("lower_is_better", message)
        lower_is_better = self._said.flag("lower_is_better", False)
        parameters = self._parameters(scorer) if scorer else {}
        boards = self._boards(lower_is_better, is_private)
        bundle = Bundle(
            version="2",
            **self._about(),
            **self._pages(),
            tasks=(Task(index=0, name="Score", scoring_program=PROGRAM, reference_data="reference_data"),),
            phases=(self._phase(is_private),),
            leaderboards=boards,
            solutions=self._proof(),
        )
        self._said.finish()
        if not (scorer and table):
            return
        self._translation.add_adapter("kaggle")
        self._translation.take(f"reference_data/{posixpath.basename(path)}", path)
        usages = {PUBLIC: _PUBLIC_KEY, **({PRIVATE: _PRIVATE_KEY} if is_private else {})}
        told: Mapping[str, object] = {
            "metric": posixpath.basename(scorer.path),
            "solution": posixpath.basename(path),
            "sample": self._sample_name,
            "row_id": key,
            "parameters": parameters,
            "boards": usages if solution.USAGE in table.header else {"": _PUBLIC_KEY},
        }
        self._translation.made[f"reference_data/{SETTINGS}"] = json.dumps(told, indent=1).encode()
        self._translation.bundle = bundle
        self._translation.places |= {"title": "title", "phases[0].end": "end", "phases[0].start": "start", "tasks": "metric"}

    def _named(self, key: str, found: list[str], what: str, is_needed: bool) -> str | None:
        """The file that agon.yaml names, or the only one that there is."""
        written = self._said.optional(key)
        if written:
            path = self._folder.path(written)
            if path and self._folder.is_file(path):
                return path
            self._said.error(key, f"`{written[:100]}` is no file of the competition. Add it, or correct the path.")
            return None
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(f"`{name[:60]}`" for name in found[:8])
            self._complaints.error(
                key, f"There are several files that may be the {what}: {listed}. Write `{key}: …` into agon.yaml."
            )
        elif is_needed:
            self._complaints.error(key, f"There is no {what}. Add it, or name it in agon.yaml as `{key}: …`.")
        return None

    def _metric(self) -> Metric | None:
        found = metric.found(self._folder)
        path = self._named("metric", [one.path for one in found], _METRIC, is_needed=True)
        if path is None:
            return None
        scorer = next((one for one in found if one.path == path), None) or metric.read(self._folder, path)
        own = Complaints(self._folder.prefix + path)
        if scorer is None:
            own.error("", "It has no `score(solution, submission, row_id_column_name)`, or is no Python that can be read.")
        else:
            self._take_metric(scorer, own)
        self._complaints.errors += own.errors
        self._complaints.warnings += own.warnings
        return scorer

    def _take_metric(self, scorer: Metric, own: Complaints) -> None:
        folder = posixpath.dirname(scorer.path)
        self._translation.take(f"{PROGRAM}/metric/{posixpath.basename(scorer.path)}", scorer.path)
        for name in scorer.source.imported():
            beside = posixpath.join(folder, f"{name}.py")
            if self._folder.is_file(beside):
                self._translation.take(f"{PROGRAM}/metric/{name}.py", beside)
        beside_it = {posixpath.join(folder, f"{name}.py"): name for name in scorer.source.imported()}
        known = {name for path, name in beside_it.items() if self._folder.is_file(path)} | {"kaggle_metric_utilities"}
        if lacking := [name for name in scorer.source.lacking() if name not in known]:
            names = ", ".join(f"`{name[:40]}`" for name in lacking[:12])
            message = f"It imports {names}, which the site's own image has not. Build an image that has what it needs, and"
            own.warn("", f"{message} name it in agon.yaml as `docker_image: …`.")

    def _solution(self) -> tuple[str, Table | None]:
        named = [name for name in self._folder.at_root(".csv") if "solution" in name.lower()]
        path = self._named("solution", named, "solution, a CSV with the truth", is_needed=True)
        return (path or "", self._table(path) if path else None)

    def _sample(self) -> Table | None:
        named = [name for name in self._folder.at_root(".csv") if "sample" in name.lower()]
        path = self._named("sample_submission", named, "sample submission", is_needed=False)
        self._sample_path, self._sample_name = path, ""
        if path is None:
            if not named and not self._said.has("sample_submission"):
                self._complaints.warn(
                    "sample_submission", "There is no sample submission, so nobody is shown what to hand in."
                )
            return None
        name = posixpath.basename(path)
        self._translation.take(f"starting_kit/{name}", path)
        self._translation.take(f"sample_submission/{name}", path)
        self._sample_name = "sample_submission.csv"
        self._translation.take("reference_data/sample_submission.csv", path)
        return self._table(path)

    def _table(self, path: str) -> Table | None:
        table = solution.read(self._folder, path)
        if isinstance(table, str):
            own = Complaints(self._folder.prefix + path)
            own.error("", table)
            self._complaints.errors += own.errors
            return None
        return table

    def _row_id(self, path: str, table: Table, sample: Table | None) -> str:
        own = Complaints(self._folder.prefix + path)
        written = self._said.optional("row_id")
        if written and written not in table.header:
            self._said.error(
                "row_id", f"The solution has no column `{written[:60]}`. It has: {', '.join(table.header)[:200]}."
            )
            return ""
        shared = [name for name in table.header if name != solution.USAGE and (sample is None or name in sample.header)]
        key = written or solution.row_id(table, sample) or (shared[0] if shared else "")
        if not key:
            own.error("", "No column of it tells rows apart and is in the sample submission, too: there are no ids.", 1)
        for line, message in solution.faults(table, key) if key else ():
            own.error(key, message, line)
        usages = solution.boards(table)
        if solution.USAGE in table.header and not usages.get(PUBLIC) and not own.errors:
            own.error(solution.USAGE, "No row is Public, so there is nothing to score by until the end. Make some so.")
        if not table.is_whole:
            own.warn(
                "", f"Its first {len(table.rows):,} rows were looked at. The rest is looked at when something is scored."
            )
        self._complaints.errors += own.errors
        self._complaints.warnings += own.warnings
        return key

    def _parameters(self, scorer: Metric) -> dict[str, Any]:
        written = self._said.plain("parameters")
        given = written if isinstance(written, dict) else {}
        for name in given:
            if name not in scorer.parameters:
                known = ", ".join(scorer.parameters) or "none besides the first three"
                self._complaints.error(f"parameters.{name}", f"`score` has no argument `{name[:60]}`. It has: {known}.")
        if lacking := [name for name in scorer.needed if name not in given]:
            message = (
                f"`score` has arguments without a default: {', '.join(lacking)}. Write `parameters: {{{lacking[0]}: …}}`"
            )
            self._complaints.error("parameters", f"{message} into agon.yaml.")
        return given

    def _about(self) -> dict[str, Any]:
        title = self._said.optional("title", limits.MAX_NAME_CHARACTERS) or str(self._settings.get("title", ""))
        if not title:
            self._complaints.warn("title", "No file says what it is called. Write `title: …` into agon.yaml.")
        brief = self._settings.get("briefDescription") or self._settings.get("brief_description") or ""
        reward = self._settings.get("reward")
        amount = reward.get("quantity") if isinstance(reward, dict) else None
        return {
            "title": title[: limits.MAX_NAME_CHARACTERS] or "A Kaggle competition",
            "description": self._said.text("description") or str(brief),
            "image": self._logo(),
            "registration_auto_approve": True,
            "enable_teams": True,
            "require_team_approval": False,
            "max_team_members": self._number("max_team_size", limits.MAX_TEAM_MEMBERS),
            "team_merge_deadline": self._moment("team_merger_deadline"),
            "reward": f"{amount} {reward.get('id') or ''}".strip() if amount and isinstance(reward, dict) else None,
            "docker_image": sidecar.image(self._said),
        }

    def _logo(self) -> str | None:
        found = [
            name for name in self._folder.at_root(".png", ".jpg", ".jpeg", ".svg") if name.startswith(("logo", "header"))
        ]
        return self._translation.take(f"logo{about.ending(found[0]).lower()}", found[0]) if found else None

    def _pages(self) -> dict[str, Any]:
        pages: dict[str, Page] = {}
        terms = None
        for name, path in about.pages(self._folder):
            target = f"pages/{name}{about.ending(path)}"
            if name == about.RULES:
                terms = terms or self._translation.take(target, path)
            elif about.PAGES[name] not in pages:
                pages[about.PAGES[name]] = Page(about.PAGES[name], self._translation.take(target, path))
        return {"pages": tuple(pages.values()), "terms": terms}

    def _boards(self, lower_is_better: bool, is_private: bool) -> tuple[Leaderboard, ...]:
        precision = self._said.clamped("precision", _PRECISION, maximum=15)
        boards = []
        for index, key in enumerate((_PUBLIC_KEY, *([_PRIVATE_KEY] if is_private else []))):
            column = Column(key, "Score", 0, sorting="asc" if lower_is_better else "desc", precision=precision)
            boards.append(
                Leaderboard(
                    index=index,
                    title="Private" if index else "Public" if is_private else "Leaderboard",
                    key="private" if index else "public",
                    hidden=bool(index),
                    submission_rule=SubmissionRule.FORCE_BEST,
                    columns=(column,),
                    tie_break_indexes=(),
                )
            )
        return tuple(boards)

    def _phase(self, is_private: bool) -> Phase:
        start, end = self._said.date("start"), self._said.date("end") or self._moment("deadline")
        if is_private and end is None:
            self._complaints.warn(
                "end", "The private board ranks when the phase is over. Write `end: 2027-01-31` into agon.yaml."
            )
        handed_out = self._handed_out()
        selection = self._said.number("final_selection", _SELECTION, 1, 10)
        return Phase(
            index=0,
            name="Competition",
            start=start or _ALWAYS,
            end=end,
            tasks=(0,),
            max_submissions_per_day=self._said.limit(
                "max_submissions_per_day", self._number("max_daily_submissions", 1000) or 5
            ),
            max_submissions=self._said.limit("max_submissions", 0),
            max_concurrent_submissions=self._number("max_pending_submissions_per_team", 1000),
            execution_time_limit_seconds=_SECONDS,
            starting_kit="starting_kit" if self._sample_path else None,
            public_data="public_data" if handed_out else None,
            accepts_only_result_submissions=True,
            submission_extensions=_EXTENSIONS,
            paused=self._settings.get("disable_submissions") is True,
            final_selection=selection if is_private and end else None,
            final_board_from=FinalBoard(leaderboard=1) if is_private and end else None,
        )

    def _handed_out(self) -> bool:
        """Take what participants are given: train and test at the root, and the folder public_data."""
        stems = [(name, name.split(".")[0].lower()) for name in self._folder.names if "/" not in name]
        for name in (name for name, stem in stems if stem in _HANDED_OUT and not name.endswith(".py")):
            self._translation.take(f"public_data/{name}", name)
        self._translation.take_folder("public_data", self._folder.below("public_data"), "public_data")
        return any(name.startswith("public_data/") for name in self._translation.taken)

    def _proof(self) -> tuple[Solution, ...]:
        return (Solution(0, (0,), "The sample submission", path="sample_submission"),) if self._sample_path else ()

    def _number(self, key: str, most: int) -> int | None:
        value = self._settings.get(key)
        return min(value, most) if isinstance(value, int) and value > 0 else None

    def _moment(self, key: str) -> datetime | None:
        try:
            return dates.parse(str(self._settings[key])) if key in self._settings else None
        except ValueError:
            self._complaints.warn(key, f"`{key}` is no date that can be read; it is left out.")
            return None
