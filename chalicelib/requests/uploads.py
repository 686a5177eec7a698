"""What callers send about uploads."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.requests.words import Body, Sha256


class BeginUpload(Body):
    """A file that is about to be sent. Above 100 MiB with the sha256 of each part, in their order.

    Parts have 64 MiB, the last one what is left; of a file above 125 GiB each has a 2,000th, rounded up.
    """

    purpose: Literal["bundle", "submission", "dataset"]
    filename: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    size_bytes: Annotated[int, Field(ge=1, le=5 * 2**40)]
    sha256: Sha256
    part_sha256: Annotated[list[Sha256], Field(max_length=2000)] = []


class Part(Body):
    """One part that S3 has taken, with the ETag header of its answer."""

    number: Annotated[int, Field(ge=1, le=10_000)]
    etag: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class CommitUpload(Body):
    """The parts of an upload in parts; empty for a single one."""

    parts: Annotated[list[Part], Field(max_length=10_000)] = []
