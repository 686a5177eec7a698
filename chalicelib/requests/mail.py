"""Bodies about mail."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.contract import limits
from chalicelib.requests.fields import ONE_LINE, Body, Changed, Id

KindName = Annotated[str, StringConstraints(max_length=40), ONE_LINE]


class ChooseMail(Body):
    """Kinds of mail, by their names, that are to be sent or not, and the language of all mail. What is not named stays as it
    is."""

    kinds: Changed[Annotated[dict[KindName, bool], Field(min_length=1, max_length=40)]] = None
    language: Changed[Literal["en", "fr"]] = None


class NewMailing(Body):
    """A letter of organizers to those whom they have admitted, its text in Markdown.

    `team` is a team's name; `in_team` says that it is for those in a team, or in none. `submitted`: for those who have
    submitted, or have not, in `phase`, without it in any. `group` is the key of one.
    """

    subject: Annotated[
        str, StringConstraints(min_length=1, max_length=limits.MAX_SUBJECT_CHARACTERS, strip_whitespace=True), ONE_LINE
    ]
    text: Annotated[str, StringConstraints(min_length=1, max_length=limits.MAX_LETTER_CHARACTERS)]
    team: Annotated[str, StringConstraints(min_length=1, max_length=40), ONE_LINE] | None = None
    in_team: bool | None = None
    submitted: bool | None = None
    phase: Id | None = None
    group: Annotated[str, StringConstraints(min_length=1, max_length=40), ONE_LINE] | None = None
