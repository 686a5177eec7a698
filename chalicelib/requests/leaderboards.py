"""Bodies that organizers send about leaderboards."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.requests.fields import ONE_LINE, Body, Changed


class Mark(Body):
    """The marks that organizers give a submission. What is left out stays; who disqualifies says why."""

    baseline: Changed[bool] = None
    verified: Changed[bool] = None
    disqualified: Changed[bool] = None
    reason: Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True)] = ""

    @model_validator(mode="after")
    def _with_a_reason(self) -> Self:
        if self.disqualified and not self.reason:
            raise PydanticCustomError("disqualified_why", "Say why the submission is disqualified.")
        return self


class EditScores(Body):
    """Scores to set, by column key; of several tasks by `{task}/{key}`. null takes one away."""

    scores: Annotated[
        dict[
            Annotated[str, StringConstraints(max_length=200), ONE_LINE], Annotated[float, Field(allow_inf_nan=False)] | None
        ],
        Field(min_length=1, max_length=1000),
    ]
    reason: Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True)]


class Export(Body):
    """The form that a leaderboard is exported in. csv and json are of one board, the first one without `board`, with
    `group` that of a group.

    zip has a CSV for each phase and board of the competition, and for each group that has boards of its own. `final`: as
    it ranks once the phase is over. `rounded`: scores with their columns' decimals, as boards show them; json has
    all their digits.
    """

    format: Literal["csv", "json", "zip"] = "csv"
    board: Annotated[str, StringConstraints(max_length=36), ONE_LINE] | None = None
    final: bool = False
    rounded: bool = False
    group: Annotated[str, StringConstraints(max_length=40), ONE_LINE] | None = None
