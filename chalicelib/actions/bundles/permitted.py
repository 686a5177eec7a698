"""Changes of a definition that touch what its participants were promised."""

from collections.abc import Sequence

from chalicelib.domain.bundle.model import Bundle
from chalicelib.store.competitions.competitions import Phase
from chalicelib.store.submissions import submissions


def phases_shared_anew(bundle: Bundle, former: Sequence[Phase]) -> list[Phase]:
    """The phases that have submissions already which this bundle would share at the end, unknown to who made them."""
    at_end = {phase.index: phase.licence_at_end for phase in bundle.phases}
    changed = [phase for phase in former if at_end.get(int(phase.index), "") not in ("", phase.settings.licence_at_end)]
    return [phase for phase in changed if submissions.of_phase(phase.id, None, 1)[0]]
