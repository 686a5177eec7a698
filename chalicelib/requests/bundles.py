"""Bodies about bundles, dumps and clones."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.requests.fields import ONE_LINE, Body, Id


class BundleUpload(Body):
    """A committed upload that is a bundle."""

    upload: Id


class CheckBundle(Body):
    """A bundle to look at: an upload of one's own, or a manifest with the names of the files that stand beside it.

    With a `competition`, an id or a slug, also what it would do to that one's boards.
    """

    upload: Id | None = None
    competition: Id | None = None
    manifest: Annotated[str, StringConstraints(max_length=1_000_000)] | None = None
    names: Annotated[list[Annotated[str, StringConstraints(max_length=1000)]], Field(max_length=100_000)] = []

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.upload is None) == (self.manifest is None):
            raise PydanticCustomError("upload_or_manifest", "Send either an upload or a manifest.")
        return self


class NewDump(Body):
    """The kind of a dump: with all files, or light."""

    form: Literal["full", "light"] = "full"


class Clone(Body):
    """The clone's title; without one it is called a copy."""

    title: Annotated[str, StringConstraints(max_length=256, strip_whitespace=True), ONE_LINE] = ""
