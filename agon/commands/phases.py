"""`agon phases`: what organizers do with all submissions of a phase at once, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from agon import expecting, phases, screen, sign_in, terminal, words
from agon.commands import deeds
from agon.commands.submissions import Target
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api
    from chalicelib.contract.expected.expectations import Expectations

app = screen.group("A phase: what it expects, and what organizers do with it as a whole.")
Source = Annotated[str, typer.Option("--from", metavar="PHASE", help="Where they come from. Else the phase before.")]
Rule = Annotated[str, typer.Option("--rule", metavar="RULE", help="last or best. Else as the phase says.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@app.command("show")
def show(target: Target, json: screen.Json = False) -> None:
    """One phase: when it is open, its limits, and what a submission to it must hold."""
    with sign_in.client(signed_in=False) as client:
        phase = phases.find(client, target)
        competition = client.competition(phase.rpartition("-")[0])
    found = expecting.described(competition, phase)
    if found is None:
        raise AgonError(f"{competition['title']} has no phase {phase.rpartition('-')[2]}, or none that you may see.")
    screen.answer(found, json, lambda: _show(found, expecting.of_phase(competition, phase)))


@app.command("migrate")
def migrate(target: Target, source: Source = "", rule: Rule = "", yes: Yes = False, json: screen.Json = False) -> None:
    """Have everybody's submission go along into a phase. Whose would go is told first."""
    with sign_in.client() as client:
        phase = phases.find(client, target)
        found = client.migration(phase, source, rule)
        if not json:
            _show_migration(found)
        if not yes and not terminal.is_agreed("Have them go along?"):
            raise typer.Abort
        client.migrate(phase, source, rule)
    screen.answer(found, json, lambda: screen.say(f"They go along. How far that is: agon phases jobs {target}"))


@app.command("rerun")
def rerun(target: Target, yes: Yes = False, json: screen.Json = False) -> None:
    """Run all submissions of a phase again. It costs nobody anything, and results stand until there are new ones."""
    with sign_in.client() as client:
        phase = phases.find(client, target)
        if not yes and not terminal.is_agreed(f"Run all submissions of {phase} again?"):
            raise typer.Abort
        client.rerun_phase(phase)
    screen.answer({"phase": phase}, json, lambda: screen.say(f"They run again. How far that is: agon phases jobs {target}"))


@app.command("jobs")
def jobs(target: Target, form: screen.Format = "table", json: screen.Json = False) -> None:
    """The newest migrations and re-runs of a phase: how far each is, or why it failed."""
    with sign_in.client() as client:
        found = client.phase_jobs(phases.find(client, target))
    screen.answer(found, json, lambda: _show_jobs(found))


@app.command("log")
def log(target: Target, csv: deeds.Csv = None, form: screen.Format = "table", json: screen.Json = False) -> None:
    """What was done by hand to a phase, its submissions and leaderboards, newest first."""
    with sign_in.client() as client:
        deeds.tell(client.deeds(phases.find(client, target)), csv, json)


def _show(phase: api.Phase, expects: Expectations | None) -> None:
    screen.show(phase["name"], style="bold")
    start, end = words.deadline(phase["starts_at"]), words.deadline(phase["ends_at"], is_end=True)
    screen.show(f"{phase['state']}: from {start} to {end}" if phase["ends_at"] else f"{phase['state']}: from {start} on")
    screen.show(f"Submissions: {words.limits(phase)}.")
    if expects is None:
        return
    screen.show("A submission must hold:")
    for line in expecting.needs(expects):
        screen.show(f"  {line}")


def _show_migration(found: api.Migration) -> None:
    going = [one for one in found["participants"] if one["submission"]]
    if not going:
        screen.say(f"Nobody's submission would go along from {found['source']}.")
        return
    rows = [(one["participant"], one["submission"], one["in_progress"] or "", one["became"]) for one in going]
    screen.table(f"The {found['rule']} of each", ["Participant", "Submission", "In progress", "Became"], rows)


def _show_jobs(found: api.PhaseJobs) -> None:
    if not found["jobs"] and not found["retention"]:
        screen.say("Nothing was done with this phase as a whole.")
        return
    rows = [
        (words.time(one["created_at"]), one["work"], one["status"], one["done"], one["reason"] or one["refused"])
        for one in found["jobs"]
    ]
    screen.table("", ["Since", "Work", "Status", "Done", "Why"], rows, right=["Done"])
