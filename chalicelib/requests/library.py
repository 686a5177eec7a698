"""What organizers send about datasets and tasks."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from chalicelib.requests.words import Body, Changed, Id, Label, Text, Visibility

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
    licence: Annotated[str, StringConstraints(max_length=100)] = ""
    visibility: Visibility = "private"


class ChangeDataset(Body):
    """What is said of a dataset, and who may use it: ids of accounts in `shared_with`, when it is shared."""

    name: Changed[Label] = None
    description: Changed[Text] = None
    licence: Changed[Annotated[str, StringConstraints(max_length=100)]] = None
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
    """What is to change of a task. Files that are not named stay."""

    name: Changed[Label] = None
    description: Changed[Text] = None
    visibility: Changed[Visibility] = None
    shared_with: Changed[Annotated[set[Id], Field(max_length=100)]] = None
    files: Changed[dict[TaskFile, Id]] = None
    settings: Changed[dict[str, Any]] = None
