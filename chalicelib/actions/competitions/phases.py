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
from chalicelib.store.people.participants import Participant

URL_SECONDS = 300
PROGRAMS = ("scoring_program", "ingestion_program")


def handouts(phase_id: str, account: Account) -> responses.Handouts:
    """Links to the starting kit and the public data, for who may submit. Raises NotFound, NotAllowed."""
    competition_id = competitions.competition_of(phase_id)
    stored, phase, member = table.read(
        Competition.at(competition_id), Phase.at(phase_id), Participant.at(competition_id, account.id)
    )
    competition = check_visible(stored, account)
    if phase is None:
        raise NotFound("There is no such phase. Look at the competition for its phases.")
    access.check_may_submit(member.status if member else None, is_organizer(competition, account))
    kept = phase.handouts or {}
    urls = {kind: _url(kept.get(kind), kind) for kind in HANDOUTS}
    return responses.Handouts(**urls, tasks=_of_tasks(competition, phase))


def _of_tasks(competition: Competition, phase: Phase) -> dict[str, dict[str, str]]:
    """What participants may have of a phase's tasks. Reference data is never among it."""
    kinds = [*PROGRAMS] if competition.settings.make_programs_available else []
    kinds += ["input_data"] if competition.settings.make_input_data_available else []
    tasks = [competition.tasks[str(index)] for index in phase.tasks]
    found = {task["name"]: {kind: _url(task["files"].get(kind), kind) for kind in kinds} for task in tasks}
    return {name: {kind: url for kind, url in urls.items() if url} for name, urls in found.items() if any(urls.values())}


def _url(stored: dict[str, str] | None, kind: str) -> str | None:
    if stored is None:
        return None
    return objects.get_url(settings.get().files_bucket, stored["object_key"], f"{kind}.zip", URL_SECONDS)
