"""Fields of bodies: texts with an end, ids, names of files."""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,80}$")]
Username = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{1,39}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=4096)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
Sentence = Annotated[str, StringConstraints(max_length=2000)]
EMail = Annotated[str, StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$")]
Link = Annotated[str, StringConstraints(pattern=r"^(https?://\S{1,500})?$")]
Text = Annotated[str, StringConstraints(max_length=10_000)]
Visibility = Literal["private", "shared", "public"]
LogName = Literal[
    "ingestion_stdout", "ingestion_stderr", "submission_stdout", "submission_stderr", "scoring_stdout", "scoring_stderr"
]
RunFile = Literal["output", "private_output", "prediction_output", "detailed_results"]
#: A page or an image of a run, as the runner names it.
ResultName = Annotated[str, StringConstraints(pattern=r"^results/[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]


class Body(BaseModel):
    """Base of all bodies."""

    # Validators are built when a body of theirs is first read: a cold start needs one of them.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def _refuse_null(value: Any) -> Any:
    if value is None:
        raise PydanticCustomError("null", "null is no value here. Leave the field out to keep what is there.")
    return value


Value = TypeVar("Value")
#: A field of a change: left out, what is there stays as it is; null is refused.
Changed = Annotated[Value | SkipJsonSchema[None], BeforeValidator(_refuse_null)]
