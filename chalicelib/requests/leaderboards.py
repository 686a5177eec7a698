"""What organizers send about leaderboards."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from chalicelib.requests.fields import Body, Changed


class Mark(Body):
    """What organizers say of a submission. What is left out stays; who disqualifies says why."""

    baseline: Changed[bool] = None
    verified: Changed[bool] = None
    disqualified: Changed[bool] = None
    reason: Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True)] = ""

    @model_validator(mode="after")
    def _with_a_reason(self) -> Self:
        if self.disqualified and not self.reason:
            raise ValueError("Say in `reason` why the submission is disqualified.")
        return self


class EditScores(Body):
    """Scores to set, by column key; of several tasks by `{task}/{key}`. null takes one away."""

    scores: Annotated[
        dict[Annotated[str, StringConstraints(max_length=200)], Annotated[float, Field(allow_inf_nan=False)] | None],
        Field(min_length=1, max_length=1000),
    ]
    reason: Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True)]


class Export(Body):
    """Which form a leaderboard is exported in. csv and json are of one board, the first one without `board`.

    zip has a CSV for each phase and board of the competition. `final`: as it ranks once the phase is over.
    """

    format: Literal["csv", "json", "zip"] = "csv"
    board: Annotated[str, StringConstraints(max_length=36)] | None = None
    final: bool = False
