"""What runners say when they send what sealed jobs left, checked as other bodies are."""

from typing import Annotated

from pydantic import Field

from chalicelib.bodies import Body, Label, LogName, ResultName, RunFile


class Release(Body):
    """Which runner is about to send what it keeps, and of which attempt."""

    runner: Label
    attempt: Annotated[int, Field(ge=1)]


class Released(Release):
    """What of it was sent."""

    uploaded: Annotated[list[RunFile | LogName | ResultName], Field(max_length=100)] = []
