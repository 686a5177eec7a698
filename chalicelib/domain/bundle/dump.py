"""Writing the model as a manifest of version 2, which the reader turns into the same model again.

Defaults are left out, so that equal models give equal texts. What version 2 lacks stands below `agon:`.
"""

import math
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

import yaml

from chalicelib.contract import limits
from chalicelib.domain.bundle.expected import Constraints, Expectations
from chalicelib.domain.bundle.extension import MOMENT
from chalicelib.domain.bundle.keys import EXTENSION, is_extension, key_of
from chalicelib.domain.bundle.leaderboard import EXTENDED_COMPUTATIONS, Column
from chalicelib.domain.bundle.model import Bundle, DatasetKey, Phase, Solution, Task
from chalicelib.domain.bundle.stand_ins import STAND_INS

TASK_FILES = ("scoring_program", "reference_data", "input_data", "ingestion_program")
HANDOUTS = ("starting_kit", "public_data")
_LIMITS = ("max_submissions_per_day", "max_submissions")
#: Between other quotes a reader takes these line ends for plain ones.
_ODD_BREAKS = frozenset("\x85\u2028\u2029")
#: Below this, whole numbers are written without a point.
_EXACT = 2**53
_MARKDOWN, _HTML = ".md", (".html", ".htm")


def dump(bundle: Bundle) -> dict[str, Any]:
    """The manifest as plain values, in the order of the model's fields."""
    mapping = _mapping(replace(bundle, version="2", assets=(), phases=tuple(_sayable(bundle.phases))))
    mapping["version"] = 2
    return mapping


def _sayable(phases: Sequence[Phase]) -> Iterator[Phase]:
    """The phases as version 2 can say them: in version 1 some last no time, and others never end although more follow."""
    before: datetime | None = None
    for phase in phases:
        end = phase.start + MOMENT if phase.end is not None and phase.end <= phase.start else phase.end
        is_odd = end is None and (phase is not phases[-1] or (before is not None and phase.start < before))
        yield replace(phase, end=end, never_ends=is_odd or phase.never_ends)
        before = end


def for_codabench(bundle: Bundle) -> dict[str, Any]:
    """The manifest as plain values that Codabench reads, too, as far as version 2 goes.

    It refuses a phase that begins at the very end of the one before it (FORMATS 1.2). So that one is told to end a
    moment earlier, and the end that counts here stands below `agon:`. It goes through `pages` even where there are none,
    and wants a logo and terms.
    """
    mapping = {**dump(bundle), "pages": [_plain(page) for page in bundle.pages]}
    mapping = {key: path for key, (path, _) in STAND_INS.items()} | mapping
    phases = [*_sayable(bundle.phases)]
    for phase, following, written in zip(phases, phases[1:], mapping.get("phases", ()), strict=False):
        if phase.end is not None and phase.end == following.start and phase.end - MOMENT > phase.start:
            written["end"] = (phase.end - MOMENT).isoformat()
            written.setdefault(EXTENSION, {})["end"] = phase.end.isoformat()
    return mapping


def stand_ins_of(bundle: Bundle) -> dict[str, bytes]:
    """The files, by their paths, that `for_codabench` names where this bundle has none of its own."""
    return dict(one for key, one in STAND_INS.items() if getattr(bundle, key) is None)


def dump_task(task: Task) -> dict[str, Any]:
    """One task as plain values."""
    return _mapping(task)


def dump_expectations(expects: Expectations) -> dict[str, Any]:
    """Expectations as plain values, as they stand below `agon:`."""
    return {"expects": _mapping(expects)}


def write_yaml(mapping: Mapping[str, Any]) -> bytes:
    """A manifest as UTF-8 text, without indentation where that makes it too long to be read again (sizes.py).

    The same values give the same bytes.
    """
    text = _written(mapping, _Dumper, width=100).encode()
    if len(text) > limits.MANIFEST_BYTES:
        text = _written(mapping, _TightDumper, width=math.inf, default_flow_style=True).encode()
    return text


def _written(mapping: Mapping[str, Any], dumper: type[yaml.SafeDumper], **layout: Any) -> str:
    text: str = yaml.dump(dict(mapping), Dumper=dumper, sort_keys=False, allow_unicode=True, **layout)
    return text


def laid_out(bundle: Bundle) -> Bundle:
    """The bundle with its files under the names that they have in a full dump."""
    return replace(
        bundle,
        tasks=tuple(_with_files(task, f"tasks/{task.index}", TASK_FILES) for task in bundle.tasks),
        phases=tuple(_with_files(phase, f"phases/{phase.index}", HANDOUTS) for phase in bundle.phases),
        solutions=tuple(replace(one, path=f"solutions/{one.index}.zip", key=None) for one in bundle.solutions),
        **texts_laid_out(bundle),
    )


def texts_laid_out(bundle: Bundle) -> dict[str, Any]:
    """The names that pages, terms and logo have in every dump."""
    pages = tuple(replace(page, file=f"pages/{at}{_suffix(page.file)}") for at, page in enumerate(bundle.pages))
    logo = bundle.image and f"logo{posixpath.splitext(bundle.image)[1].lower()}"
    return {"pages": pages, "terms": bundle.terms and f"terms{_suffix(bundle.terms)}", "image": logo}


def _with_files(part: Any, folder: str, kinds: tuple[str, ...]) -> Any:
    return replace(part, **{kind: f"{folder}/{kind}.zip" for kind in kinds if getattr(part, kind)})


def _suffix(file: str) -> str:
    return ".html" if file.lower().endswith(_HTML) else _MARKDOWN


def _mapping(part: Any) -> dict[str, Any]:
    """One level: what version 2 knows, then what it lacks."""
    plain: dict[str, Any] = {}
    extension: dict[str, Any] = {}
    for one in fields(part):
        value = getattr(part, one.name)
        if one.default is MISSING or value != one.default:
            (extension if is_extension(one) else plain)[key_of(one)] = _plain(value)
    if adjust := _ADJUST.get(type(part)):
        adjust(part, plain, extension)
    return {**plain, EXTENSION: extension} if extension else plain


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return _mapping(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def _adjust_bundle(bundle: Bundle, plain: dict[str, Any], extension: dict[str, Any]) -> None:
    if len(bundle.docker_image) > limits.MAX_IMAGE_CHARACTERS_ON_CODABENCH:
        extension["docker_image"] = plain.pop("docker_image")


def _adjust_phase(phase: Phase, plain: dict[str, Any], extension: dict[str, Any]) -> None:
    # In version 2 a limit of 0 is no limit, so one that allows nothing has to stand elsewhere.
    for name in _LIMITS:
        if getattr(phase, name) == 0:
            plain.pop(name, None)
            extension[name] = 0
        elif getattr(phase, name) is None:
            plain[name] = 0


def _adjust_column(column: Column, plain: dict[str, Any], extension: dict[str, Any]) -> None:
    if column.computation in EXTENDED_COMPUTATIONS:
        for name in ("computation", "computation_indexes"):
            extension[name] = plain.pop(name)


def _adjust_constraints(_constraints: Constraints, plain: dict[str, Any], _extension: dict[str, Any]) -> None:
    for name in ("minimum", "maximum"):
        if name in plain and plain[name].is_integer() and abs(plain[name]) < _EXACT:
            plain[name] = int(plain[name])


def _adjust_task(task: Task, plain: dict[str, Any], extension: dict[str, Any]) -> None:
    if task.key is not None:
        plain.clear()
        extension.clear()
        plain.update(index=task.index, key=str(task.key))


def _adjust_solution(solution: Solution, plain: dict[str, Any], _extension: dict[str, Any]) -> None:
    if isinstance(solution.key, DatasetKey) and solution.path:
        del plain["key"]


_Adjust = Callable[[Any, dict[str, Any], dict[str, Any]], None]
_ADJUST: dict[type, _Adjust] = {
    Bundle: _adjust_bundle,
    Phase: _adjust_phase,
    Column: _adjust_column,
    Constraints: _adjust_constraints,
    Task: _adjust_task,
    Solution: _adjust_solution,
}


class _Dumper(yaml.SafeDumper):
    """Writes no aliases, and texts of several lines as blocks."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


class _TightDumper(_Dumper):
    """Writes texts in one line each, whatever is in them."""


def _tight_text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"')


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value and _fits_a_block(value) else '"' if _ODD_BREAKS & set(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _fits_a_block(value: str) -> bool:
    """A block would lose trailing blanks, odd line ends and leading blank lines."""
    lines = value.split("\n")
    return all(line == line.strip() and line.isprintable() for line in lines)


_Dumper.add_representer(str, _text)
_TightDumper.add_representer(str, _tight_text)
