"""Whatever is done to teams, by whom and in which order: the books are right, and nobody beats a limit."""

import random
from collections import Counter
from contextlib import suppress
from typing import Any

from chalicelib import ids
from chalicelib.actions.people import answering, team_invitations, teams
from chalicelib.actions.submissions import submitting
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import AgonError
from chalicelib.requests import Invite, Merge, NewTeam, Submit
from chalicelib.store.competitions import competitions
from chalicelib.store.library import uploads
from tests.api.conftest import Person, Site
from tests.api.phases import NOW, competition, join, phase

LIMIT = 2
STEPS = 60


class Walk:
    """Somebody does something to some team, again and again; most of it is refused."""

    def __init__(self, site: Site, organizer: Person, people: list[Person], seed: int) -> None:
        setup = {"enable_teams": True, "require_team_approval": False}
        self.site, self.chance = site, random.Random(seed)
        self.phase = competition(organizer, phases=[phase(max_submissions=LIMIT)], **setup)
        self.competition = competitions.competition_of(self.phase)
        self.accounts = [Account(person.id, person.username, False, "session") for person in people]
        for person in people:
            join(person, self.phase)

    def step(self) -> None:
        who, whom = self.chance.choices(self.accounts, k=2)
        there = sorted((row for row in self.site.rows() if row["kind"] == "team"), key=lambda row: str(row["name"]))
        team = self.chance.choice(there or [{"id": "none", "code": "none"}])
        place = (self.competition, team["id"])
        verbs = {
            lambda: teams.make(self.competition, NewTeam(name=self.chance.choice(["Owls", "Bats", "Cats"])), who, NOW): 2,
            lambda: teams.join(self.competition, team["code"], who, NOW): 3,
            lambda: teams.remove(*place, who.id, who, NOW): 3,
            lambda: teams.remove(*place, whom.id, who, NOW): 1,
            lambda: teams.hand_over(*place, whom.username, who, NOW): 2,
            lambda: teams.dissolve(*place, "", who, NOW): 1,
            lambda: self.invite(place, who, whom): 2,
            lambda: self.merge(there): 4,
            lambda: self.submit(who): 3,
        }
        [verb] = self.chance.choices(list(verbs), list(verbs.values()))
        with suppress(AgonError):
            verb()

    def invite(self, place: tuple[str, str], who: Account, whom: Account) -> None:
        made = team_invitations.invite(*place, Invite(username=whom.username), who, NOW)
        answering.accept(made.id, whom, NOW)

    def merge(self, there: list[dict[str, Any]]) -> None:
        """Both who lead agree."""
        if len(there) > 1:
            one, other = self.chance.sample(there, 2)
            led_by = {account.id: account for account in self.accounts}
            place, who, whom = (self.competition, one["id"]), led_by[one["leader"]], led_by[other["leader"]]
            answering.accept(team_invitations.offer_merger(*place, Merge(team=other["id"]), who, NOW).id, whom, NOW)

    def submit(self, who: Account) -> Any:
        id_ = ids.new(NOW)
        file = {"filename": "x.zip", "object_key": f"uploads/{id_}", "size_bytes": 1, "sha256": "0" * 64}
        facts = {"owner": who.id, "purpose": "submission", "state": uploads.COMMITTED, "created_at": NOW}
        uploads.Upload(*uploads.Upload.at(id_), id=id_, **file, **facts).save()
        return submitting.submit(self.phase, who, Submit(upload=id_), NOW)

    def check(self) -> None:
        rows = self.site.rows()
        there = {row["id"]: row for row in rows if row["kind"] == "team"}
        told = {(row["team"], row["user"]) for row in rows if row["kind"] == "participant" and "team" in row}
        assert told == {(id_, user) for id_, team in there.items() for user in team["members"]}
        gone = {id_: team["merged_into"] for id_, team in there.items() if team["status"] == "merged"}
        assert all(team["leader"] in team["members"] for id_, team in there.items() if id_ not in gone)
        made = [row for row in rows if row["kind"] == "submission"]
        of_people = Counter(row["user"] for row in made)
        of_teams = Counter(_end(row["team"], gone) for row in made if "team" in row)
        assert max((*of_people.values(), *of_teams.values()), default=0) <= LIMIT
        # No submission is nobody's.
        assert set(of_teams) <= set(there)


def _end(team: str, gone: dict[str, str]) -> str:
    """The team in which another one is now, however often it has merged."""
    return _end(gone[team], gone) if team in gone else team


def test_the_books_of_teams_are_right_and_nobody_beats_a_limit(site: Site, organizer: Person, ada: Person) -> None:
    walk = Walk(site, organizer, [ada, site.person("bob"), site.person("eve")], seed=7)
    for _ in range(STEPS):
        walk.step()
        walk.check()
    rows = site.rows()
    assert any("team" in row for row in rows if row["kind"] == "submission")
    assert any(row["status"] == "merged" and row.get("submitted") for row in rows if row["kind"] == "team")
