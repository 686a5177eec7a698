"""Fields of bodies: texts with an end, ids, names of files."""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from chalicelib.contract import texts


def _refuse_steering(value: str) -> str:
    if found := texts.steering(value):
        raise PydanticCustomError(
            "line", "This is one line, so it cannot have {found}. Take that character out.", {"found": found}
        )
    return value


def _refuse_null(value: Any) -> Any:
    if value is None:
        raise PydanticCustomError("null", "null is no value here. Leave the field out to keep what is there.")
    return value


#: Of a text of one line: nothing in it is invisible, turns the writing around or steers a terminal.
ONE_LINE = AfterValidator(_refuse_steering)
ID_SHAPE, USERNAME_SHAPE = r"^[a-z0-9-]{1,80}$", r"^[A-Za-z0-9][A-Za-z0-9_.-]{1,39}$"
EMAIL_SHAPE, LINK_SHAPE = r"^[^@\s]{1,64}@[^@\s]{1,190}$", r"^(https?://\S{1,500})?$"
#: The host of another site, with a port where it has one.
SITE_SHAPE = r"^[a-z0-9][a-z0-9.-]{0,52}(:[0-9]{1,5})?$"
#: Letters of any script, digits and a few marks: nothing that hides or turns the writing around.
TEAM_SHAPE = r"^\w[\w .,'&+()-]*$"
KEY_SHAPE = r"^[0-9a-f]{64}$"
Id = Annotated[str, StringConstraints(pattern=ID_SHAPE)]
Username = Annotated[str, StringConstraints(pattern=USERNAME_SHAPE)]
Sha256 = Annotated[str, StringConstraints(pattern=KEY_SHAPE)]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=4096)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True), ONE_LINE]
#: As a label, and it may be empty.
Remark = Annotated[str, StringConstraints(max_length=100, strip_whitespace=True), ONE_LINE]
Sentence = Annotated[str, StringConstraints(max_length=2000)]
EMail = Annotated[str, StringConstraints(pattern=EMAIL_SHAPE), ONE_LINE]
Link = Annotated[str, StringConstraints(pattern=LINK_SHAPE), ONE_LINE]
#: What somebody says to those about whom they decide.
Reason = Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True), ONE_LINE]
Text = Annotated[str, StringConstraints(max_length=10_000)]
#: To questions of a competition, by their keys.
Answers = Annotated[dict[Annotated[str, StringConstraints(max_length=200), ONE_LINE], str | bool], Field(max_length=100)]
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


Value = TypeVar("Value")
#: A field of a change: left out, what is there stays as it is; null is refused.
Changed = Annotated[Value | SkipJsonSchema[None], BeforeValidator(_refuse_null)]
