"""`agon.submission_extensions` of a phase: that its submissions are plain files, and what could never be handed in then."""

from collections.abc import Sequence
from itertools import pairwise

from chalicelib.contract import plain_files, texts
from chalicelib.contract.expected.patterns import matches
from chalicelib.contract.sentences import say
from chalicelib.domain.bundle.complaints import Complaints
from chalicelib.domain.bundle.expected import Expectations
from chalicelib.domain.bundle.model import Phase
from chalicelib.domain.bundle.section import Section

_KEY = "submission_extensions"


def read(part: Section) -> tuple[str, ...]:
    """The extensions, each once, in small letters and without a dot."""
    found: dict[str, None] = {}
    for written in part.texts(_KEY):
        extension = written.strip().removeprefix(".").lower()
        if plain_files.is_extension(extension):
            found[extension] = None
        else:
            message = "is no extension. Write what stands behind the last dot of a file's name, such as csv."
            part.error(_KEY, f"`{texts.plain(written)[:60]}` {message}")
    if len(found) > (most := plain_files.MAX_EXTENSIONS):
        part.error(
            _KEY,
            say(
                "extensions_too_many",
                "`{key}` has {count} of them. Name {most} at most.",
                key=_KEY,
                count=len(found),
                most=most,
            ),
        )
        return ()
    return tuple(found)


def judge(phases: Sequence[tuple[str, Phase]], expects: Expectations | None, place: str, complaints: Complaints) -> None:
    """Each file that a phase takes can be what its submissions must hold: `expects` is the competition's, at `place`.

    What goes along into a phase is of a kind that it takes, or that is told.
    """
    for at, phase in phases:
        wanted = phase.expects or expects
        if phase.submission_extensions and wanted:
            where = f"{at}.agon.expects" if phase.expects else place
            _judge(where, phase, wanted, complaints)
    for (_, former), (at, phase) in pairwise(phases):
        is_new = set(former.submission_extensions or ("",)) - set(phase.submission_extensions or ("",))
        if phase.auto_migrate_to_this_phase and is_new:
            message = (
                f"“{former.name[:60]}” takes {_kinds(former)}, which go along as they are, and this one {_kinds(phase)}."
            )
            complaints.warn(f"{at}.auto_migrate_to_this_phase", f"{message} Have the programs here read both.")


def _judge(where: str, phase: Phase, wanted: Expectations, complaints: Complaints) -> None:
    refused = [one for one in phase.submission_extensions if not _is_taken(plain_files.name_of(one), wanted)]
    if not refused:
        return
    names = ", ".join(plain_files.name_of(one) for one in refused)
    message = f"“{phase.name[:60]}” takes one plain file, which is called {names} here, and that is not what is expected."
    if len(refused) == len(phase.submission_extensions):
        complaints.error(where, f"{message} Nothing could be handed in: name that one file, or take this out.")
    else:
        complaints.warn(where, f"{message} Such a file always fails: take its extension out, or expect it, too.")


def _is_taken(name: str, wanted: Expectations) -> bool:
    lacking = any(one.required and not matches(one.path, name) for one in wanted.files)
    its = [one for one in wanted.files if matches(one.path, name)]
    return not lacking and all(one.count in (None, 1) for one in its) and bool(its or wanted.others)


def _kinds(phase: Phase) -> str:
    return f"plain files ({plain_files.listed(phase.submission_extensions)})" if phase.submission_extensions else "zips"
