"""Whatever is done to teams, by whom and in which order: the books are right, and nobody beats a limit."""

import random
from collections import Counter
from contextlib import suppress
from typing import Any

from chalicelib import ids
from chalicelib.actions.people import teams
from chalicelib.actions.submissions import submitting
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import AgonError
from chalicelib.requests import NewTeam, Submit
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
            lambda: teams.make(self.competition, NewTeam(name=self.chance.choice(["Owls", "Bats"])), who, NOW): 2,
            lambda: teams.join(self.competition, team["code"], who): 3,
            lambda: teams.remove(*place, who.id, who): 3,
            lambda: teams.remove(*place, whom.id, who): 1,
            lambda: teams.hand_over(*place, whom.username, who): 2,
            lambda: teams.dissolve(*place, who): 1,
            lambda: self.submit(who): 3,
        }
        [verb] = self.chance.choices(list(verbs), list(verbs.values()))
        with suppress(AgonError):
            verb()

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
        assert all(team["leader"] in team["members"] for team in there.values())
        made = [row for row in rows if row["kind"] == "submission"]
        of_people, of_teams = Counter(row["user"] for row in made), Counter(row["team"] for row in made if "team" in row)
        assert max((*of_people.values(), *of_teams.values()), default=0) <= LIMIT
        # No submission is nobody's.
        assert set(of_teams) <= set(there)


def test_the_books_of_teams_are_right_and_nobody_beats_a_limit(site: Site, organizer: Person, ada: Person) -> None:
    walk = Walk(site, organizer, [ada, site.person("bob"), site.person("eve")], seed=1)
    for _ in range(STEPS):
        walk.step()
        walk.check()
    assert any("team" in row for row in site.rows() if row["kind"] == "submission")
