"""A RAMP kit as a bundle of version 2 (OTHERS 2.3, ADR 57): the code and the truth run side by side."""

import json
import posixpath
from collections.abc import Mapping
from datetime import UTC, datetime

from chalicelib.contract import limits
from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.foreign import sidecar, sources
from chalicelib.domain.bundle.foreign.folder import Folder
from chalicelib.domain.bundle.foreign.keys import slug, unique
from chalicelib.domain.bundle.foreign.ramp import data
from chalicelib.domain.bundle.foreign.ramp.problem import Problem, ScoreType
from chalicelib.domain.bundle.foreign.translation import PROGRAM, SETTINGS, Translation
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard, SubmissionRule
from chalicelib.domain.bundle.model import Bundle, FinalBoard, Page, Phase, Solution, Task

PROBLEM, STARTING_KIT = "problem.py", "submissions/starting_kit"
INGESTION = "ingestion_program"
_ALWAYS = datetime(2010, 1, 1, tzinfo=UTC)
_SECONDS = 7200
_BETWEEN_SECONDS = 900
_MOST_SOLUTIONS = 20
_TRUTH = b"command: python3 /app/program/adapter.py truth /app/input/ref /app/shared /app/output\n"
_CODE = b"command: python3 /app/program/adapter.py code /app/ingested_program /app/input_data/kit /app/shared /app/output\n"
#: What participants start from, beside the folder of the starting kit.
_FOR_PARTICIPANTS = (".py", ".ipynb", ".md", ".txt", ".yml", ".yaml")
_OF_RAMP = "ramp-workflow"
_INSTALLED_AS = {"rampwf": _OF_RAMP}


def finds(folder: Folder) -> str:
    """The `problem.py` of a kit at the root; "" where there is none."""
    return PROBLEM if folder.is_file(PROBLEM) else ""


def translate(folder: Folder, file: str) -> Translation:
    """The kit as a bundle, as far as it can be read. Raises nothing, whatever the files are."""
    translation = Translation("a RAMP kit", Complaints(folder.prefix + file), folder.prefix)
    content = folder.read(file, sources.MAX_FILE_BYTES)
    source = sources.parse({file: content})
    for _, line, why in source.broken:
        translation.complaints.error("", f"No Python reads it: {why}.", line)
    if source.trees:
        _Kit(folder, Problem(source, source.trees[file]), translation).translate()
    return translation


class _Kit:
    """One kit on its way into a translation."""

    def __init__(self, folder: Folder, problem: Problem, translation: Translation):
        self._folder, self._problem, self._translation = folder, problem, translation
        self._complaints = translation.complaints
        # What stands beside it has a file of its own to complain about.
        self._beside = Complaints(folder.prefix + sidecar.NAME)
        self._said = sidecar.read(folder, self._beside)
        self._data = folder.below(data.FOLDER)

    def translate(self) -> None:
        self._judge()
        kept, private = self._private()
        score_types = self._score_types()
        has_test = self._said.flag("test_scores", self._problem.has_test_truth())
        columns = self._columns(score_types)
        self._programs(columns, has_test, kept, private)
        end = self._said.date("end")
        if has_test and end is None:
            message = "Test scores are shown when the phase is over. Write `end: 2027-01-31` into agon.yaml."
            self._beside.warn("end", message)
        self._translation.bundle = Bundle(
            version="2",
            title=self._title(),
            description=self._said.text("description"),
            registration_auto_approve=True,
            docker_image=self._image(),
            pages=self._pages(),
            tasks=(self._task(),),
            phases=(self._phase(end, has_test),),
            leaderboards=self._boards(score_types, columns, has_test),
            solutions=tuple(self._solutions()),
        )
        places = {
            "title": "problem_title",
            "leaderboards": "score_types",
            "phases[0].start": "start",
            "phases[0].end": "end",
        }
        self._translation.places |= places
        self._said.finish()
        self._complaints.errors += self._beside.errors
        self._complaints.warnings += self._beside.warnings

    def _judge(self) -> None:
        """Tell what keeps the kit from being run."""
        for name in self._problem.lacking():
            self._complaints.error(name, f"`problem.py` has no `{name}`, which every kit of RAMP defines. Write it.")
        if line := self._problem.raises_at():
            self._complaints.error("", "Whoever imports it comes by this `raise`. Take it out.", line)
        if message := data.missing(self._folder, self._problem, self._data):
            self._complaints.error(data.FOLDER, message)
        if lines := self._problem.source.downloads():
            self._complaints.warn("", f"There is no network: `{lines[0][:80]}` fetches nothing. Bring the files along.")

    def _private(self) -> tuple[list[str], list[str]]:
        """The files below `data` that code sees, and those that it does not."""
        written = self._said.texts("private") if self._said.has("private") else None
        for one in data.outside(self._data, written or ()):
            self._said.error("private", f"`{one[:100]}` is no file below `data`. Correct the pattern.")
        private = data.private(self._data, written)
        if self._data and written is None and not private:
            message = (
                "No file below `data` is called test or private, so participants get all of them, and so does their code."
            )
            self._beside.warn("private", f"{message} Write `private: [data/…]` into agon.yaml, or `private: []`.")
        hidden = set(private)
        return [path for path in self._data if path not in hidden], private

    def _score_types(self) -> tuple[ScoreType, ...]:
        if self._said.has("score_types"):
            return tuple(
                ScoreType(
                    one.text("name", required=True), one.clamped("precision", 2, 15), one.flag("lower_is_better", False)
                )
                for one in self._said.sections("score_types", "name: acc")
            )
        if self._problem.score_types is None and "score_types" not in self._problem.lacking():
            message = (
                "Which scores there are cannot be told without running it, which is not done. Write them into agon.yaml"
            )
            example = "`score_types: [{name: acc, lower_is_better: false, precision: 3}]`"
            self._complaints.error("score_types", f"{message}: {example}.")
        return self._problem.score_types or ()

    def _columns(self, score_types: tuple[ScoreType, ...]) -> list[dict[str, str]]:
        """The keys of each score's columns, as the adapter is told them."""
        taken: set[str] = set()
        most = limits.MAX_KEY_CHARACTERS - len("valid_")
        slugs = [(one.name, unique(slug(one.name, most), taken, most)) for one in score_types]
        return [{"name": name, "valid": f"valid_{key}", "test": f"test_{key}"} for name, key in slugs]

    def _programs(self, columns: list[dict[str, str]], has_test: bool, kept: list[str], private: list[str]) -> None:
        translation = self._translation
        translation.add_adapter("ramp", PROGRAM, _TRUTH)
        translation.add_adapter("ramp", INGESTION, _CODE)
        for name in self._wheels():
            for program in (PROGRAM, INGESTION):
                translation.take(f"{program}/wheels/{posixpath.basename(name)}", name)
        own = [name for name in self._folder.names if not name.startswith(("submissions/", f"{data.FOLDER}/"))]
        own = [name for name in own if name not in (sidecar.NAME, data.DOWNLOADS) and name not in self._wheels()]
        for name in (*own, *kept):
            translation.take(f"input_data/kit/{name}", name)
        for name in (*own, *kept, *private):
            translation.take(f"reference_data/kit/{name}", name)
        for name in kept:
            translation.take(f"public_data/{name}", name)
        for name in (name for name in own if name.endswith(_FOR_PARTICIPANTS) or name.startswith("external_imports/")):
            translation.take(f"starting_kit/{name}", name)
        for name in self._submission(STARTING_KIT):
            translation.take(f"starting_kit/{name}", name)
        label = self._said.optional("data_label")
        if self._problem.needs_label() and not label:
            message = (
                "`get_train_data` wants a `data_label`. Write `data_label: …`, the folder below `data`, into agon.yaml."
            )
            self._complaints.error("get_train_data", message)
        told: Mapping[str, object] = {
            "score_types": columns,
            "has_test": has_test,
            "statistic": self._problem.statistic,
            "data_label": label or "",
        }
        translation.made[f"reference_data/{SETTINGS}"] = json.dumps(told, indent=1).encode()

    def _wheels(self) -> list[str]:
        """What the programs need and the image lacks, brought along: at the root, or in the folder `wheels`."""
        return [name for name in self._folder.names if name.endswith(".whl") and posixpath.dirname(name) in ("", "wheels")]

    def _image(self) -> str:
        image = sidecar.image(self._said)
        brought = {posixpath.basename(name).split("-")[0].replace("_", "-") for name in self._wheels()}
        imports = self._folder.below("external_imports")
        own = {name.split("/")[1].removesuffix(".py") for name in imports}
        lacking = [_INSTALLED_AS.get(name, name) for name in self._problem.source.lacking() if name not in own]
        if lacking := [name for name in lacking if name not in brought]:
            names = ", ".join(f"`{name[:40]}`" for name in lacking[:12])
            if not image:
                message = f"It imports {names}, which the site's own image has not. Build one (infra/images/ramp/Dockerfile)"
                self._complaints.warn("", f"{message}, and name it in agon.yaml as `docker_image: …`.")
        return image

    def _title(self) -> str:
        title = self._said.optional("title", limits.MAX_NAME_CHARACTERS) or self._problem.title
        if not title:
            self._complaints.warn("problem_title", "It does not say what it is called. Write `problem_title = …`.")
        return " ".join(title.split())[: limits.MAX_NAME_CHARACTERS] or "A RAMP kit"

    def _pages(self) -> tuple[Page, ...]:
        name = next((name for name in ("README.md", "readme.md") if self._folder.is_file(name)), None)
        return (Page("Overview", self._translation.take("pages/overview.md", name)),) if name else ()

    def _task(self) -> Task:
        return Task(
            index=0,
            name="Train, predict and score",
            scoring_program=PROGRAM,
            reference_data="reference_data",
            ingestion_program=INGESTION,
            input_data="input_data",
            ingestion_only_during_scoring=True,
        )

    def _phase(self, end: datetime | None, has_test: bool) -> Phase:
        has_data = any(name.startswith("public_data/") for name in self._translation.taken)
        return Phase(
            index=0,
            name="Competition",
            start=self._said.date("start") or _ALWAYS,
            end=end,
            tasks=(0,),
            max_submissions_per_day=self._said.limit("max_submissions_per_day", 0),
            max_submissions=self._said.limit("max_submissions", 0),
            min_interval_seconds=self._said.number("min_interval_seconds", _BETWEEN_SECONDS),
            execution_time_limit_seconds=self._said.number("execution_time_limit", _SECONDS, 1),
            starting_kit="starting_kit",
            public_data="public_data" if has_data else None,
            # The code is run beside the scoring, never by itself.
            accepts_only_result_submissions=True,
            final_board_from=FinalBoard(leaderboard=1) if has_test and end else None,
        )

    def _boards(
        self, score_types: tuple[ScoreType, ...], keys: list[dict[str, str]], has_test: bool
    ) -> tuple[Leaderboard, ...]:
        titles = [("valid", "Public"), *([("test", "Private")] if has_test else [])]
        return tuple(
            Leaderboard(
                index=index,
                title=title if has_test else "Leaderboard",
                key=title.lower(),
                hidden=bool(index),
                submission_rule=SubmissionRule.FORCE_BEST,
                columns=tuple(
                    Column(
                        key[step],
                        one.name[: limits.MAX_LABEL_CHARACTERS],
                        at,
                        sorting="asc" if one.lower_is_better else "desc",
                        precision=one.precision,
                    )
                    for at, (one, key) in enumerate(zip(score_types, keys, strict=True))
                ),
                tie_break_indexes=(),
            )
            for index, (step, title) in enumerate(titles)
        )

    def _solutions(self) -> list[Solution]:
        """The kit's own submissions, of which the starting kit proves that all works."""
        names = sorted({name.split("/")[1] for name in self._folder.below("submissions") if name.count("/") > 1})
        names.sort(key=lambda name: name != posixpath.basename(STARTING_KIT))
        found: list[Solution] = []
        for name in names[:_MOST_SOLUTIONS]:
            files = self._submission(f"submissions/{name}")
            if not files or self._lacks(name, files):
                continue
            index = len(found)
            for file in files:
                self._translation.take(f"solutions/{index}/{file.split('/', 2)[2]}", file)
            found.append(Solution(index, (0,), name[: limits.MAX_NAME_CHARACTERS], path=f"solutions/{index}"))
        if not self._submission(STARTING_KIT):
            message = "There is no `submissions/starting_kit`, so nobody is shown what to hand in. Add one."
            self._complaints.warn("submissions", message)
        return found

    def _submission(self, folder: str) -> list[str]:
        return [name for name in self._folder.below(folder) if "/training_output/" not in name]

    def _lacks(self, name: str, files: list[str]) -> bool:
        elements = [one if "." in one else f"{one}.py" for one in self._problem.elements or ()]
        has = {file.split("/", 2)[2] for file in files}
        lacking = [one for one in elements if one not in has]
        if lacking:
            place = f"submissions/{name}"
            self._complaints.warn(
                place, f"`{place[:80]}` has no {', '.join(lacking)}, so it is no submission, and stays behind."
            )
        return bool(lacking)
