"""Bodies about quotas of storage, reviews of it, and reports to administrators."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.requests.fields import Body, Reason

#: A terabyte a thousand times: more is a slip.
_Bytes = Annotated[int, Field(ge=0, le=10**15)]


class SetQuota(Body):
    """The bytes that one account or competition may store; null has the site's quota hold for it again."""

    quota_bytes: _Bytes | None


class ChangeQuotas(Body):
    """The bytes that whoever has no quota of their own may store; null lets them store without an end."""

    account_quota_bytes: _Bytes | None = None
    competition_quota_bytes: _Bytes | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("quota", "Say how much an account may store, or a competition.")
        return self


class ReviewStorage(Body):
    """Whether counts that differ from what the buckets hold are set right."""

    mends: bool = False


class ReportCompetition(Body):
    """Reason why the administrators should look at a competition, or at who runs it."""

    about: Literal["competition", "organizer"] = "competition"
    reason: Annotated[Reason, Field(min_length=1)]


class DecideSiteReport(Body):
    """Decision about a report: something was done about it, or nothing is to be done; and why, for the audit log."""

    decision: Literal["resolved", "dismissed"]
    reason: Annotated[Reason, Field(min_length=1)]
