"""What callers may say of a submission, checked as other bodies are."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.bodies import Body

Link = Annotated[str, StringConstraints(pattern=r"^(https?://\S{1,500})?$")]


class Method(Body):
    """How a submission was made, and where to read of it."""

    name: Annotated[str, StringConstraints(max_length=100)] = ""
    description: Annotated[str, StringConstraints(max_length=2000)] = ""
    project_url: Link = ""
    publication_url: Link = ""
    code_url: Link = ""
    bibtex: Annotated[str, StringConstraints(max_length=5000)] = ""


class ChangeSubmission(Body):
    """What is said of a submission. What is not sent stays as it is."""

    name: Annotated[str, StringConstraints(max_length=100)] | None = None
    description: Annotated[str, StringConstraints(max_length=5000)] | None = None
    method: Method | None = None
    fact_sheet: (
        Annotated[dict[Annotated[str, StringConstraints(max_length=200)], str | bool], Field(max_length=100)] | None
    ) = None
    public: bool | None = None
