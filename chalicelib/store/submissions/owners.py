"""Owners of submissions, where they change: a team that has gone into another one, or an account that is gone."""

from collections.abc import Sequence

from chalicelib.store.submissions import shared_code
from chalicelib.store.submissions.submissions import Submission, owner_key
from chalicelib.store.writes import Action, Transaction


def giving_to(rows: Sequence[Submission], team: str, name: str, write: Transaction) -> None:
    """Within a transaction: a submission with its children is another team's, if nothing was done to it meanwhile."""
    for row in rows:
        actions: list[Action] = [Submission.team.set(team), Submission.team_name.set(name)]
        if row.owner_pk:
            actions.append(Submission.owner_pk.set(owner_key(team, row.phase)))
        same = (Submission.team == row.team) & (Submission.status == row.status) & (Submission.attempt == row.attempt)
        write.update(row, actions=actions, condition=same & Submission.purged.does_not_exist())


def succeeding(rows: Sequence[Submission], user: str, username: str, write: Transaction) -> None:
    """Within a transaction: a submission with its children is another account's, if nothing was done to it meanwhile."""
    for row in rows:
        actions: list[Action] = [Submission.user.set(user), Submission.username.set(username), Submission.mails.remove()]
        if row.owner_pk and not row.team:
            actions.append(Submission.owner_pk.set(owner_key(user, row.phase)))
        same = (Submission.user == row.user) & (Submission.status == row.status) & (Submission.attempt == row.attempt)
        write.update(row, actions=actions, condition=same & Submission.purged.does_not_exist())
        if row.public:
            shared_code.owning(write, row, user)
