"""Files that a phase hands out to its participants."""

from collections.abc import Mapping
from typing import Any

from chalicelib import responses, settings
from chalicelib.actions.competitions.permissions import NO_PHASE, check_sees, check_visible, sees_all
from chalicelib.aws import objects
from chalicelib.domain.competitions import access
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotFound
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.competitions.definition import HANDOUTS, Ref
from chalicelib.store.library import datasets
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant

URL_SECONDS = 300
PROGRAMS = ("scoring_program", "ingestion_program")


def handouts(phase_id: str, account: Account) -> responses.Handouts:
    """Links to the starting kit and the public data, for who may submit or sees all. Raises NotFound, NotAllowed."""
    competition_id = competitions.competition_of(phase_id)
    stored, phase, member = table.read(
        Competition.at(competition_id), Phase.at(phase_id), Participant.at(competition_id, account.id)
    )
    competition = check_visible(stored, account)
    if phase is None:
        raise NotFound(NO_PHASE)
    check_sees(competition, phase, account, member)
    standing = member.status if member else None
    access.check_may_submit(standing, sees_all(competition, account), participants.reason_of(member))
    kept = phase.handouts or {}
    of_tasks = _of_tasks(competition, phase)
    urls = {kind: _url(kept[kind], kind) if kind in kept else None for kind in HANDOUTS}
    sizes = {kind: int(kept[kind]["size_bytes"]) for kind in HANDOUTS if kind in kept}
    sizes |= {f"{name}/{kind}": int(ref["size_bytes"]) for name, refs in of_tasks.items() for kind, ref in refs.items()}
    tasks = {name: {kind: _url(ref, kind) for kind, ref in refs.items()} for name, refs in of_tasks.items()}
    return responses.Handouts(**urls, tasks=tasks, sizes=sizes, links=_links(competition, phase))


def _links(competition: Competition, phase: Phase) -> list[responses.Link]:
    """The links that a phase has beside its data. One that names a dataset in place of an address leads nowhere."""
    shown = phase.settings.downloads if competition.settings.show_downloads else ()
    return [responses.Link(one["name"], one["url"], one.get("description", "")) for one in shown if one.get("url")]


def _of_tasks(competition: Competition, phase: Phase) -> dict[str, dict[str, Ref]]:
    """What participants may have of a phase's tasks: never reference data, nor what is lent to the competition itself."""
    kinds = [*PROGRAMS] if competition.settings.make_programs_available else []
    kinds += ["input_data"] if competition.settings.make_input_data_available else []
    tasks = [competition.tasks[str(index)] for index in phase.tasks]
    asked = {task["name"]: {kind: task["files"][kind] for kind in kinds if kind in task["files"]} for task in tasks}
    lent = datasets.lent({ref["dataset"] for refs in asked.values() for ref in refs.values()}, competition.organizer_ids)
    found = {name: {kind: ref for kind, ref in refs.items() if ref["dataset"] not in lent} for name, refs in asked.items()}
    return {name: refs for name, refs in found.items() if refs}


def _url(stored: Mapping[str, Any], kind: str) -> str:
    return objects.get_url(settings.get().files_bucket, stored["object_key"], f"{kind}.zip", URL_SECONDS)
