"""What a phase hands out to its participants."""

from chalicelib import responses, settings
from chalicelib.actions.competitions.permissions import check_visible, is_organizer
from chalicelib.aws import objects
from chalicelib.domain.competitions import access
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotFound
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.competitions.definition import HANDOUTS
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant

URL_SECONDS = 300
PROGRAMS = ("scoring_program", "ingestion_program")


def handouts(phase_id: str, account: Account) -> responses.Handouts:
    """Links to the starting kit and the public data, for who may submit. Raises NotFound, NotAllowed."""
    competition_id = competitions.competition_of(phase_id)
    competition_key, phase_key = competitions.key(competition_id), competitions.phase_key(phase_id)
    member_key = participants.key(competition_id, account.id)
    found = table.fetch(competition_key, phase_key, member_key)
    competition = check_visible(found.get(competition_key), account)
    phase, member = found.get(phase_key), found.get(member_key)
    if not isinstance(phase, Phase):
        raise NotFound("There is no such phase. Look at the competition for its phases.")
    status = member.status if isinstance(member, Participant) else None
    access.check_may_submit(status, is_organizer(competition, account))
    kept = phase.handouts or {}
    urls = {kind: _url(kept.get(kind), kind) for kind in HANDOUTS}
    return responses.Handouts(**urls, tasks=_of_tasks(competition, phase))


def _of_tasks(competition: Competition, phase: Phase) -> dict[str, dict[str, str]]:
    """What participants may have of a phase's tasks. Reference data is never among it."""
    options = competition.options or {}
    kinds = [*PROGRAMS] if options.get("make_programs_available") else []
    kinds += ["input_data"] if options.get("make_input_data_available") else []
    tasks = [competition.tasks[str(index)] for index in phase.tasks]
    found = {task["name"]: {kind: _url(task["files"].get(kind), kind) for kind in kinds} for task in tasks}
    return {name: {kind: url for kind, url in urls.items() if url} for name, urls in found.items() if any(urls.values())}


def _url(stored: dict[str, str] | None, kind: str) -> str | None:
    if stored is None:
        return None
    return objects.get_url(settings.get().files_bucket, stored["object_key"], f"{kind}.zip", URL_SECONDS)
