"""The description of a competition's data for machines: what participants are handed out."""

import json
from collections.abc import Iterator, Sequence

from chalicelib.actions.competitions.permissions import check_visible, sees
from chalicelib.actions.discovery import links
from chalicelib.domain.discovery import croissant
from chalicelib.domain.discovery.croissant import DataCard, DataFile
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.competitions.definition import HANDOUTS


def describe(competition_id: str, root: str) -> str:
    """The Croissant of a published competition, by one call. Raises NotFound."""
    competition, phases = competitions.find(competition_id)
    check_visible(competition, None)
    page = links.of_competition(competition, root)
    terms = links.of_page(competition, len(competition.pages), root) if competition.terms else page
    card = DataCard(
        title=competition.title,
        description=competition.description,
        url=page,
        terms_url=terms,
        creator=competition.organizer,
        published_at=competition.published_at or competition.created_at,
        revision=int(competition.revision),
        tags=competition.settings.tags,
        files=list(_files(competition, phases, root)),
    )
    return json.dumps(croissant.describe(card), ensure_ascii=False)


def _files(competition: Competition, phases: Sequence[Phase], root: str) -> Iterator[DataFile]:
    """Those of each phase that everybody sees. Who takes part gets a link to each from the address that stands there."""
    for phase in (one for one in phases if sees(competition, one, None, ())):
        for kind in HANDOUTS:
            if stored := (phase.handouts or {}).get(kind):
                yield DataFile(
                    id=f"{phase.id}-{kind}",
                    name=f"{kind}-{int(phase.index)}.zip",
                    description=f"{kind.replace('_', ' ').capitalize()} of {phase.name}.",
                    url=f"{root}/v1/phases/{phase.id}/handouts",
                    sha256=stored["sha256"],
                    size_bytes=int(stored["size_bytes"]),
                )
