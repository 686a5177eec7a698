"""What is sent about competitions, their pages and participants."""

from typing import Annotated, Any, Literal

from pydantic import Base64Bytes, Field, RootModel, StringConstraints

from chalicelib.requests.fields import Body, Id


class Patch(RootModel[dict[str, Any]]):
    """Settings to change, by their keys; null puts one back to its default."""


class PageText(Body):
    """A text to be shown."""

    content: Annotated[str, StringConstraints(max_length=500_000)]
    format: Literal["markdown", "html"] = "markdown"


class Logo(Body):
    """An image of at most 500 KB, in base64."""

    content: Annotated[Base64Bytes, Field(min_length=1, max_length=700_000)]
    format: Literal["png", "jpg", "jpeg", "gif", "webp", "svg"]


class Join(Body):
    """A participant's agreement to the terms."""

    accept_terms: Literal[True]


class Decide(Body):
    """An organizer's decision about a participant."""

    status: Literal["approved", "denied"]


class Migrate(Body):
    """The phase that submissions come from, without one the phase before; and which, without it as the phase says."""

    source: Id | None = None
    rule: Literal["last", "best"] | None = None


class Pause(Body):
    """Whether submissions are taken, and why not."""

    paused: bool
    message: Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)] = ""
