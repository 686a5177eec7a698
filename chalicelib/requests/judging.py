"""Bodies that jurors and their organizers send."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.requests.fields import Body, Label, Sentence


class ChangeJuror(Body):
    """The counting of a juror's judgements, or not."""

    status: Literal["active", "excluded"]


class Judge(Body):
    """A juror's decision: whole marks by criterion where there is a rubric, or which of two outputs is better."""

    marks: dict[Label, Annotated[int, Field(strict=True)]] = {}
    preferred: Literal["first", "second", "equal"] | None = None
    comment: Sentence = ""
