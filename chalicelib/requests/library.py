"""Bodies about datasets, tasks and uploads."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from chalicelib.requests.fields import ONE_LINE, Body, Changed, Id, Label, Remark, Sha256, Text, Visibility

DatasetType = Literal[
    "scoring_program", "ingestion_program", "reference_data", "input_data", "starting_kit", "public_data", "solution"
]
TaskFile = Literal["scoring_program", "ingestion_program", "reference_data", "input_data"]


class NewDataset(Body):
    """A committed upload that is to be kept, and what is said of it."""

    upload: Id
    type: DatasetType
    name: Label
    description: Text = ""
    licence: Remark = ""
    visibility: Visibility = "private"


class ChangeDataset(Body):
    """The description of a dataset, and who may use it: ids of accounts in `shared_with`, when it is shared."""

    name: Changed[Label] = None
    description: Changed[Text] = None
    licence: Changed[Remark] = None
    visibility: Changed[Visibility] = None
    shared_with: Changed[Annotated[set[Id], Field(max_length=100)]] = None


class NewTask(Body):
    """A task of datasets. `settings` are those of a task of a bundle, such as `ingestion_only_during_scoring`."""

    name: Label
    description: Text = ""
    visibility: Visibility = "private"
    files: dict[TaskFile, Id]
    settings: dict[str, Any] = {}


class ChangeTask(Body):
    """The changes of a task. Files that are not named stay."""

    name: Changed[Label] = None
    description: Changed[Text] = None
    visibility: Changed[Visibility] = None
    shared_with: Changed[Annotated[set[Id], Field(max_length=100)]] = None
    files: Changed[dict[TaskFile, Id]] = None
    settings: Changed[dict[str, Any]] = None


class BeginUpload(Body):
    """A file that is about to be sent. Above 100 MiB with the sha256 of each part, in their order.

    Parts have 64 MiB, the last one what is left; of a file above 125 GiB each has a 2,000th, rounded up. A submission is a
    zip, or `plain`: one file as it is, for a phase that takes files with its extension.
    """

    purpose: Literal["bundle", "submission", "dataset"]
    filename: Annotated[str, StringConstraints(min_length=1, max_length=200), ONE_LINE]
    size_bytes: Annotated[int, Field(ge=1, le=5 * 2**40)]
    sha256: Sha256
    part_sha256: Annotated[list[Sha256], Field(max_length=2000)] = []
    plain: bool = False


class Part(Body):
    """One part that S3 has taken, with the ETag header of its answer."""

    number: Annotated[int, Field(ge=1, le=10_000)]
    etag: Annotated[str, StringConstraints(min_length=1, max_length=200), ONE_LINE]


class CommitUpload(Body):
    """The parts of an upload in parts; empty for a single one."""

    parts: Annotated[list[Part], Field(max_length=10_000)] = []
