"""One who pays for a competition."""

from chalicelib.contract.values import dataclass
from chalicelib.domain.bundle.keys import said


@dataclass(frozen=True)
class Sponsor:
    """One who pays for a competition, with whatever else they give."""

    name: str = said("What they are called.")
    url: str | None = said("Where their name leads: an https:// or http:// address.", None)
