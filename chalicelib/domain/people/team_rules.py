"""Rules of teams: who may make a team, join it, lead it, leave it and submit for it."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from chalicelib.contract.limits import MAX_TEAM_MEMBERS
from chalicelib.domain.competitions.access import APPROVED, PENDING
from chalicelib.errors import Conflict, NotAllowed, say

#: Of a team that is none any more: nobody is in it, and what it has submitted is another team's, or nobody's but its own.
MERGED, DISBANDED = "merged", "disbanded"
GONE = (MERGED, DISBANDED)
_ALWAYS = datetime.min.replace(tzinfo=UTC)


def folded(name: str) -> str:
    """The form that two names have in common that are taken for the same: case, widths and blanks do not tell teams
    apart."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def status_at_first(require_approval: bool, by_organizer: bool) -> str:
    """The status of a team that was just made."""
    return PENDING if require_approval and not by_organizer else APPROVED


def is_owner(user: str, team: str | None, account: str, account_team: str | None) -> bool:
    """A submission is its participant's; one that was made for a team is the team's, whoever is in it now."""
    return user == account if team is None else team == account_team


def check_enabled(enabled: bool) -> None:
    """Raise Conflict where everybody competes alone."""
    if not enabled:
        raise Conflict(say("no_teams", "This competition has no teams. Its organizers can allow them."))


def check_may_join(username: str, participant_status: str | None, team: str | None) -> None:
    """Raise NotAllowed for who is no approved participant, Conflict for who is in a team already."""
    if participant_status != APPROVED:
        raise NotAllowed(
            say(
                "teammate_unapproved",
                "{username} is no approved participant of this competition. Only those are in its teams.",
                username=username,
            )
        )
    if team is not None:
        raise Conflict(
            say(
                "in_a_team",
                "{username} is in the team “{team}”. Nobody is in two teams of a competition.",
                username=username,
                team=team,
            )
        )


def most_members(setting: int | None) -> int:
    """The most members of a team, where the competition says so many or nothing."""
    return min(setting or MAX_TEAM_MEMBERS, MAX_TEAM_MEMBERS)


def check_room(name: str, members: int, most: int, more: int = 1) -> None:
    """Raise Conflict when a team has no room for so many more."""
    if members + more > most:
        if more == 1:
            raise Conflict(say("team_full", "“{team}” is full: a team has {most} at most.", team=name, most=most))
        raise Conflict(
            say(
                "team_too_large",
                "“{team}” would have {count} members: a team has {most} at most.",
                team=name,
                count=members + more,
                most=most,
            )
        )


def check_goes_on(name: str, status: str) -> None:
    """Raise Conflict for a team that is none any more."""
    if status in GONE:
        raise Conflict(say("team_over", "“{team}” was {status}. It takes nobody any more.", team=name, status=status))


def check_leads(is_leader: bool, is_organizer: bool) -> None:
    """Raise NotAllowed for other members of a team."""
    if not is_leader and not is_organizer:
        raise NotAllowed(say("team_leader_only", "Only the team's leader or an organizer may do this."))


def check_may_leave(members: Collection[str], has_submitted: bool) -> None:
    """Raise Conflict for the last one of a team that has submitted."""
    if len(members) == 1:
        check_may_dissolve(has_submitted)


def next_leader(leader: str, since: Mapping[str, datetime | None]) -> str:
    """The member who follows a leader that leaves: the one who came first. `since` says when; None is before all others."""
    others = {user: at or _ALWAYS for user, at in since.items() if user != leader}
    return min(others, key=lambda user: (others[user], user))


def check_may_dissolve(has_submitted: bool) -> None:
    """Raise Conflict for a team that has submitted: its submissions would be nobody's."""
    if has_submitted:
        raise Conflict(
            say(
                "team_has_submitted",
                "This team has submitted, so it stays: its submissions and its rows on leaderboards are its own.",
            )
        )


def check_may_submit(name: str, status: str, is_member: bool) -> None:
    """Raise NotAllowed, saying what to do, unless a team may submit now, by this person."""
    if not is_member:
        raise NotAllowed(say("not_in_team_any_more", "You are not in the team “{team}” any more.", team=name))
    if status == PENDING:
        raise NotAllowed(
            say(
                "team_pending",
                "An organizer has yet to approve your team “{team}”. Submit after that, or leave it.",
                team=name,
            )
        )
    if status != APPROVED:
        raise NotAllowed(
            say("team_denied", "The organizers denied your team “{team}”. Leave it to submit by yourself.", team=name)
        )
