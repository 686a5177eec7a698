"""What is sent about submissions."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.requests.fields import Body, Changed, Id, Link

FactSheet = Annotated[dict[Annotated[str, StringConstraints(max_length=200)], str | bool], Field(max_length=100)]


class Method(Body):
    """How a submission was made, and where to read of it."""

    name: Annotated[str, StringConstraints(max_length=100)] = ""
    description: Annotated[str, StringConstraints(max_length=2000)] = ""
    project_url: Link = ""
    publication_url: Link = ""
    code_url: Link = ""
    bibtex: Annotated[str, StringConstraints(max_length=5000)] = ""


class Submit(Body):
    """A committed upload to be scored, and what its participant says of it. Without `tasks`: all of the phase's.

    `forked_from` is shared code of the competition that it was started from; without an `upload` that is run as it is.
    `fact_sheet` has the answers to the competition's questions, by their keys.
    """

    upload: Id | None = None
    forked_from: Id | None = None
    name: Annotated[str, StringConstraints(max_length=100)] = ""
    tasks: Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=1, max_length=100)] | None = None
    method: Method | None = None
    fact_sheet: FactSheet = {}


class ChangeSubmission(Body):
    """What is said of a submission. What is not sent stays as it is. To be public it needs a `licence`, such as MIT."""

    name: Changed[Annotated[str, StringConstraints(max_length=100)]] = None
    description: Changed[Annotated[str, StringConstraints(max_length=5000)]] = None
    method: Changed[Method] = None
    fact_sheet: Changed[FactSheet] = None
    public: Changed[bool] = None
    licence: Changed[Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]] = None


class Why(Body):
    """A reason that its participant reads."""

    reason: Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True)] = ""


class Bulk(Body):
    """Several submissions of a phase."""

    submissions: Annotated[list[Id], Field(min_length=1, max_length=100)]


class NewSubmissionExport(Body):
    """Which submissions are to be packed; without a list all of the phase."""

    submissions: Annotated[list[Id], Field(min_length=1, max_length=100)] | None = None


class CheckDeterminism(Body):
    """How many of the best are to be repeated."""

    top: Annotated[int, Field(ge=1, le=20)] = 3


class BulkFail(Bulk, Why):
    """Several submissions of a phase, and a reason that their participants read."""
