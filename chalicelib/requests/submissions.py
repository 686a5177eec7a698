"""Bodies about submissions."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from chalicelib.requests.fields import SITE_SHAPE, Answers, Body, Changed, EMail, Id, Label, Link, Reason, Remark

#: By columns' keys. What is no finite number is no score.
Reported = Annotated[
    dict[Annotated[str, StringConstraints(max_length=200)], Annotated[float, Field(allow_inf_nan=False)]],
    Field(max_length=1000),
]


class Method(Body):
    """The way a submission was made, and where to read of it."""

    name: Remark = ""
    description: Annotated[str, StringConstraints(max_length=2000)] = ""
    project_url: Link = ""
    publication_url: Link = ""
    code_url: Link = ""
    bibtex: Annotated[str, StringConstraints(max_length=5000)] = ""


class Submit(Body):
    """A committed upload to be scored, and what its participant says of it. Without `tasks`: all of the phase's.

    `forked_from` is shared code of the competition that it was started from; without an `upload` that is run as it is.
    `fact_sheet` has the answers to the competition's questions, by their keys. `group` is the key of
    the group for which it is, needed from who is in several. `organization` is the id of one of the participant's, for
    which it is handed in.
    """

    upload: Id | None = None
    forked_from: Id | None = None
    name: Remark = ""
    tasks: Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=1, max_length=100)] | None = None
    method: Method | None = None
    fact_sheet: Answers = {}
    group: Id | None = None
    organization: Id | None = None


class ChangeSubmission(Body):
    """The description of a submission. What is not sent stays as it is. To be public it needs a `licence`, such as MIT."""

    name: Changed[Remark] = None
    description: Changed[Annotated[str, StringConstraints(max_length=5000)]] = None
    method: Changed[Method] = None
    fact_sheet: Changed[Answers] = None
    public: Changed[bool] = None
    licence: Changed[Label] = None


class NewSubmissionExport(Body):
    """The submissions that are to be packed; without a list all of the phase."""

    submissions: Annotated[list[Id], Field(min_length=1, max_length=100)] | None = None


class Bring(Body):
    """A submission to be brought from another `site`, a host name, where its number was `id` and its participant `owner`.

    `address` is that of their account there: who joins with it here, confirmed, may collect the submission. `upload` is its
    file. `scores` has by task what that site scored, by columns' keys; what is computed of them is computed again.
    `on_board`: it stood on the leaderboard there, which decides where participants choose what stands there.
    """

    site: Annotated[str, StringConstraints(pattern=SITE_SHAPE)]
    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,40}$")]
    owner: Label
    address: EMail | None = None
    upload: Id
    created_at: AwareDatetime
    status: Literal["Finished", "Failed", "Cancelled"]
    reason: Reason = ""
    scores: Annotated[dict[Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}$")], Reported], Field(max_length=100)] = {}
    on_board: bool = False
    name: Remark = ""
    description: Annotated[str, StringConstraints(max_length=5000)] = ""
    fact_sheet: Answers = {}
