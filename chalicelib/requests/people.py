"""Bodies about accounts, sessions and teams."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.requests.fields import (
    ONE_LINE,
    TEAM_SHAPE,
    Body,
    Changed,
    EMail,
    Id,
    Label,
    Link,
    Reason,
    Remark,
    Secret,
    Sentence,
    Username,
)

#: Six digits that an authenticator shows for half a minute.
Totp = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class SignUp(Body):
    """A new account."""

    username: Username
    email: EMail
    password: Annotated[str, StringConstraints(min_length=10, max_length=256)]


class Confirm(Body):
    """The code of the confirmation mail."""

    username: Username
    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,20}$")]


class Named(Body):
    """An account by its user name."""

    username: Username


class ResetPassword(Body):
    """A new password, with the code of the mail."""

    username: Username
    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,20}$")]
    password: Annotated[str, StringConstraints(min_length=10, max_length=256)]


class SignIn(Body):
    """User name and password; and a code of the authenticator, where the account asks for one."""

    username: Username
    password: Secret
    code: Totp | None = None


class Refresh(Body):
    """A sign-in's refresh token."""

    refresh_token: Secret


class FindAccount(Body):
    """An account's exact user name, or its exact address."""

    username: Username | None = None
    address: EMail | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.username is None) == (self.address is None):
            raise PydanticCustomError("name_or_address", "Send a user name or an address.")
        return self


class BanAccount(Body):
    """The reason why an account is let in no more. It is told so, and administrators are."""

    reason: Annotated[Reason, StringConstraints(min_length=1)]


class RemoveOwnAccount(Body):
    """The password of the account that calls, to be sure that its owner does."""

    password: Secret


class RemoveAccount(Body):
    """The reason why an administrator removes an account: who asked for it, and how that was made sure of."""

    reason: Annotated[Reason, StringConstraints(min_length=1)]


class MergeAccount(RemoveAccount):
    """The user name of the account that goes on, and why it is known that both are one person's."""

    into: Username


class NewToken(Body):
    """A token's name, for its owner to know it by, and its life."""

    name: Label
    expires_in_days: Annotated[int, Field(ge=1, le=366)] = 90


TeamName = Annotated[str, StringConstraints(min_length=2, max_length=40, strip_whitespace=True, pattern=TEAM_SHAPE)]


class NewTeam(Body):
    """A team's name; and, where an organizer makes it, the user name of the participant who leads it."""

    name: TeamName
    leader: Username | None = None


class ChangeTeam(Body):
    """A decision of organizers about a team, or another name for it, with a reason for the audit log."""

    status: Literal["approved", "denied"] | None = None
    name: TeamName | None = None
    reason: Reason = ""


class Invite(Body):
    """The one who is asked: the user name of an account, or an e-mail address to which the invitation is bound."""

    username: Username | None = None
    address: EMail | None = None


class Merge(Body):
    """The team that is to go into this one, by its name or its id."""

    name: TeamName | None = None
    team: Id | None = None


class NewOrganization(Body):
    """An organization's name, and what it says of itself."""

    name: TeamName
    description: Annotated[str, StringConstraints(max_length=5000)] = ""
    site: Link = ""


class BeginSecondStep(Body):
    """The password of who wants a second step."""

    password: Secret


class TurnOnSecondStep(Body):
    """A code of the authenticator that has the new secret."""

    code: Totp


class TurnOffSecondStep(Body):
    """The password, and a code of the authenticator."""

    password: Secret
    code: Totp


class ChangeProfile(Body):
    """Other words of an account on itself, for all to see, and whether its page tells where it stood in phases that are
    over. What is not sent stays as it is."""

    display_name: Changed[Remark] = None
    affiliation: Changed[Remark] = None
    site: Changed[Link] = None
    description: Changed[Sentence] = None
    shows_results: Changed[bool] = None


class ChangeOrganization(Body):
    """Other words of an organization. What is not sent stays as it is."""

    name: Changed[TeamName] = None
    description: Changed[Annotated[str, StringConstraints(max_length=5000)]] = None
    site: Changed[Link] = None


class InviteToOrganization(Invite):
    """The one who is asked, and the role that they are to have."""

    role: Literal["manager", "member"] = "member"


class ChangeMember(Body):
    """A member's role, or whether strangers see that they are there. What is not sent stays as it is."""

    role: Changed[Literal["manager", "member"]] = None
    shown: Changed[bool] = None


class JoinTeam(Body):
    """The code that a team's leader gives to those who are to join."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True), ONE_LINE]
