"""Sites that are trusted, and what they send: strangers' texts, of which nothing is taken as it comes."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.requests.fields import KEY_SHAPE, ONE_LINE, Body, Id


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise PydanticCustomError("moment", "There is no such time in UTC.") from None


Key = Annotated[str, StringConstraints(pattern=KEY_SHAPE)]
Web = Annotated[str, StringConstraints(pattern=r"^https?://[!-~]{1,500}$")]
_Name = Annotated[str, StringConstraints(min_length=1, max_length=256, strip_whitespace=True), ONE_LINE]
#: Without an offset nobody knows when it is, and what cannot be told in UTC cannot be told at all.
_Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
_Tag = Annotated[str, StringConstraints(min_length=1, max_length=40), ONE_LINE]


class TrustSite(Body):
    """The address of another site's API, and the key that it is to sign with."""

    url: Annotated[str, StringConstraints(max_length=500), ONE_LINE]
    key: Key


class _Received(BaseModel):
    """Of what a later build says beside this, nothing is read."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True, strict=False)


class ReceivedCompetition(_Received):
    """A competition of another site."""

    id: Id
    title: _Name
    description: Annotated[str, StringConstraints(max_length=500), ONE_LINE] = ""
    organizer: _Name
    tags: Annotated[list[_Tag], Field(max_length=10)] = []
    reward: Annotated[str, StringConstraints(max_length=256), ONE_LINE] | None = None
    starts_at: _Moment
    ends_at: _Moment | None
    participants: Annotated[int, Field(ge=0, le=10**9)] = 0
    url: Web


class ReceivedList(_Received):
    """The public competitions of another site, as it signed them, until `expires_at`."""

    name: _Name
    made_at: _Moment
    expires_at: _Moment
    competitions: Annotated[list[ReceivedCompetition], Field(max_length=200)]
