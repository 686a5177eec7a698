"""Whatever is done to submissions, the counters of the quota equal a recount: those of their participant and of the team."""

from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests import builders
from tests.api.conftest import Person, Site

AT_ONCE = 3


@dataclass
class Made:
    """A submission as the rules of FORMATS 0 have it."""

    id: str
    size_bytes: int
    charged: bool = True
    first_run: bool = True
    state: str = "waiting"
    aborts: int = 0
    failed: bool = False
    kept: bool = True
    job: dict[str, Any] | None = None

    def end(self, refund: bool, failed: bool) -> None:
        if self.first_run and refund:
            self.charged = False
        self.failed, self.state, self.first_run, self.aborts, self.job = failed, "over", False, 0, None


def machine(site: Site, organizer: Person, ada: Person) -> type[RuleBasedStateMachine]:
    class Submissions(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            site.clean()
            extra = f"agon: {{max_concurrent_submissions: {AT_ONCE}}}"
            teams = "agon: {enable_teams: true, require_team_approval: false}"
            self.competition = organizer.competition(in_all=50, per_day=50, phase_extra=extra, extra=teams)
            ada.join(self.competition)
            ada.call("POST", f"/competitions/{self.competition['id']}/teams", {"name": "Owls"})
            self.runner, self.made = site.runner_token(site.person("root", admin=True)), []

        def of(self, *states: str) -> list[Made]:
            return [one for one in self.made if one.kept and one.state in states]

        def pick(self, data: st.DataObject, *states: str) -> Made:
            return data.draw(st.sampled_from(self.of(*states)))

        @rule(answer=st.sampled_from(["1", "42", "4" * 50]))
        def submit(self, answer: str) -> None:
            content = builders.submission(answer)
            answered = ada.submit(self.competition, content)
            running = [one for one in self.made if one.first_run]
            assert answered.status == (201 if len(running) < AT_ONCE else 429)
            if answered.status == 201:
                self.made.append(Made(answered.body["id"], len(content)))

        @precondition(lambda self: self.of("waiting"))
        @rule()
        def claim(self) -> None:
            job = site.claim(self.of("waiting")[0].id, self.runner).body
            claimed = next(one for one in self.made if one.id == job["submission"])
            claimed.state, claimed.job = "claimed", job

        @precondition(lambda self: self.of("claimed"))
        @rule(data=st.data())
        def finish_with_scores(self, data: st.DataObject) -> None:
            self.finish(self.pick(data, "claimed"), None)

        @precondition(lambda self: self.of("claimed"))
        @rule(data=st.data(), fault=st.sampled_from(["participant", "organizer"]))
        def finish_without_scores(self, data: st.DataObject, fault: str) -> None:
            self.finish(self.pick(data, "claimed"), fault)

        def finish(self, one: Made, fault: str | None) -> None:
            scores = {} if fault else {"accuracy": 0.5, "seconds": 1.0}
            assert site.finish(one.job, scores, fault=fault, reason="So it is.").status == 200
            one.end(refund=fault == "organizer", failed=self.is_failed(one))

        @precondition(lambda self: self.of("claimed"))
        @rule(data=st.data())
        def abort(self, data: st.DataObject) -> None:
            one = self.pick(data, "claimed")
            path = f"/runner/jobs/{one.id}/abort"
            assert site.call("POST", path, {"reason": "It broke."}, token=one.job["token"]).status == 200
            one.state, one.aborts = "waiting", one.aborts + 1
            if one.aborts == 3:
                one.end(refund=True, failed=self.is_failed(one))

        @precondition(lambda self: self.of("waiting", "claimed"))
        @rule(data=st.data())
        def cancel(self, data: st.DataObject) -> None:
            one = self.pick(data, "waiting", "claimed")
            assert ada.call("POST", f"/submissions/{one.id}/cancel").status == 200
            one.end(refund=one.state == "waiting", failed=self.is_failed(one))

        @precondition(lambda self: self.of("over"))
        @rule(data=st.data())
        def run_again(self, data: st.DataObject) -> None:
            one = self.pick(data, "over")
            assert organizer.call("POST", f"/submissions/{one.id}/rerun").status == 200
            one.state = "waiting"

        @precondition(lambda self: self.of("over"))
        @rule(data=st.data())
        def delete(self, data: st.DataObject) -> None:
            one = self.pick(data, "over")
            assert ada.call("DELETE", f"/submissions/{one.id}").status == 200
            one.kept = False

        @precondition(lambda self: self.of("claimed", "over"))
        @rule(data=st.data())
        def mark_as_failed(self, data: st.DataObject) -> None:
            one = self.pick(data, "claimed", "over")
            assert organizer.call("POST", f"/submissions/{one.id}/fail", {}).body["status"] == "Failed"
            # What has failed already stays as it was charged.
            if one.state != "over" or not one.failed:
                one.charged = False
            one.end(refund=False, failed=True)

        def is_failed(self, one: Made) -> bool:
            return str(ada.call("GET", f"/submissions/{one.id}").body["status"]) == "Failed"

        @invariant()
        def counters_equal_a_recount(self) -> None:
            rows = [row for row in site.rows() if row["kind"] == "quota"]
            charged = sum(one.charged for one in self.made)
            assert {int(row["used"]) for row in rows} <= {charged}
            totals = [row for row in rows if row["sk"] == "TOTAL"]
            assert len(totals) == (2 if self.made else 0)
            for total in totals:
                assert int(total.get("in_progress", 0)) == sum(one.first_run for one in self.made)
                assert int(total.get("stored_bytes", 0)) == sum(one.size_bytes for one in self.made if one.kept)

    return Submissions


def test_counters_equal_a_recount(site: Site, organizer: Person, ada: Person, admin: Person) -> None:
    run_state_machine_as_test(
        machine(site, organizer, ada),
        settings=settings(
            max_examples=5,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
