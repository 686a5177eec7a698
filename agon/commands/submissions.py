"""`agon submit` and `agon submissions`."""

from __future__ import annotations

import math
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agon import downloads, expecting, fact_sheet, handing_in, phases, screen, sign_in, words
from agon.client import Client
from agon.commands import many
from agon.errors import AgonError
from chalicelib.contract import limits, names
from chalicelib.contract.expected.complaints import sentence

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("What you handed in, and what came of it.")
Target = Annotated[str, typer.Argument(metavar="TARGET", help="A competition's id (its open phase is meant), or a phase's.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The submission's id, as listed.")]
#: How a folder was said before it was an option.
Former = Annotated[Path | None, typer.Argument(metavar="[DIR]", hidden=True)]
Folder = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="DIR", help="Else here. Made if missing; files of the same name are replaced."),
]
Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="Submissions' ids, as listed: up to 100 of one phase.")]


def submit(
    target: Target,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A zip, a folder or a file, zipped unless the phase takes files.")
    ],
    name: Annotated[str | None, typer.Option("--name", "-m", help="Your own name for it. Else the file's.")] = None,
    task: Annotated[list[int] | None, typer.Option(help="Only this task of the phase. May be repeated.")] = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--fact-sheet", metavar="FILE", help="Answers to what the organizers ask, in YAML or JSON. Else asked."
        ),
    ] = None,
    group: Annotated[str | None, typer.Option("--group", metavar="GROUP", help="For which of your groups.")] = None,
    organization: Annotated[
        str, typer.Option("--organization", metavar="ID", help="Hand it in for this organization of yours.")
    ] = "",
    wait: Annotated[bool, typer.Option("--wait", "-w", help="Wait for the scores.")] = False,
    json: screen.Json = False,
) -> None:
    """Hand in predictions or code.

    With [bold]--wait[/] the command ends with the scores, and with exit code 1 when the submission failed.
    """
    # The server would say so as well, but after the whole upload.
    most = limits.MAX_LABEL_CHARACTERS
    if name and len(name) > most:
        raise AgonError(f"A submission's name may have {most} characters; this one has {len(name)}.")
    with sign_in.client() as client:
        phase = phases.find(client, target, must_be_open=True)
        competition = client.competition(phase.rpartition("-")[0])
        sheet = fact_sheet.fill_in(competition["fact_sheet"], answers, may_ask=not json)
        with handing_in.ready(file, expecting.extensions(competition, phase), screen.packing_bar) as sent:
            expecting.check(expecting.of_phase(competition, phase), sent)
            with screen.upload_bar(file.name, sent.path.stat().st_size) as progress:
                upload = client.upload(sent.path, "submission", progress, plain=sent.is_plain)
        called, house = name or names.shortened(file.resolve().name, most), organization or None
        submission = client.submit(phase, upload["id"], called, task, sheet, group=group, organization=house)
        if wait:
            submission = _wait(client, submission)
    screen.answer(submission, json, lambda: _show(submission))
    if submission["status"] in ("Failed", "Cancelled"):
        _explain(submission)
        raise typer.Exit(1)


@app.command("check")
def check(
    target: Target,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A zip, a folder or another file, as for submit.")],
    json: screen.Json = False,
) -> None:
    """See whether a file is what a phase expects, on this machine alone: nothing is sent, and no attempt is used up.

    The exit code is 1 when it is not. `agon submit` checks the same before it sends anything.
    """
    with sign_in.client(signed_in=False) as client:
        phase = phases.find(client, target)
        competition = client.competition(phase.rpartition("-")[0])
        expects, extensions = expecting.of_phase(competition, phase), expecting.extensions(competition, phase)
    with handing_in.ready(file, extensions, screen.packing_bar) as sent:
        found = expecting.complaints(expects, sent)
    told = {"phase": phase, "complaints": [{**asdict(one), "message": sentence(one)} for one in found]}
    good = "This is what the phase expects." if expects else "The phase says nothing of what submissions hold."
    if found:
        screen.answer(told, json, lambda: screen.bad_news("Not what the phase expects", [sentence(one) for one in found]))
        raise typer.Exit(1)
    screen.answer(told, json, lambda: screen.show(good))


@app.command("list")
def list_submissions(
    target: Target,
    everyone: Annotated[bool, typer.Option("--everyone", help="For the organizer: of all participants.")] = False,
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """Your submissions in a phase, newest first."""
    with sign_in.client() as client:
        found = list(client.submissions(phases.find(client, target), everyone))
    rows = [
        (item["id"], words.maker(item), item["name"], _status(item), words.time(item["created_at"]), _scores(item))
        for item in found
    ]
    columns = ["Id", "Participant", "Name", "Status", "Handed in", "Scores"]
    screen.answer({"submissions": found}, json, lambda: _list(columns, rows))


@app.command("show")
def show(submission: Id, json: screen.Json = False) -> None:
    """One submission: its status and scores, those of its tasks and earlier attempts, and why it failed if it did."""
    with sign_in.client() as client:
        found, attempts = client.submission(submission), client.attempts(submission)
    screen.answer({**found, "attempts": attempts}, json, lambda: _show_all(found, attempts))
    if found["status"] == "Failed":
        _explain(found)


@app.command("cancel")
def cancel(submissions: Ids, json: screen.Json = False) -> None:
    """Stop submissions. Before a runner has begun with one, its attempt is given back."""
    with sign_in.client() as client:
        if len(submissions) > 1:
            many.tell(client.do_to_many("cancel", submissions), "is cancelled.", json)
            return
        found = client.cancel(submissions[0])
    screen.answer(found, json, lambda: screen.show(f"{found['id']} is {found['status'].lower()}."))


@app.command("start")
def start(submissions: Ids, json: screen.Json = False) -> None:
    """For the organizer: start submissions that wait for you to do so."""
    with sign_in.client() as client:
        if len(submissions) > 1:
            many.tell(client.do_to_many("start", submissions), "is started.", json)
            return
        found = client.start(submissions[0])
    screen.answer(found, json, lambda: screen.show(f"{found['id']} is started."))


@app.command("fail")
def fail(
    submissions: Ids,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Their participants read it.")] = "",
    json: screen.Json = False,
) -> None:
    """For the organizer: mark submissions as failed, and give their attempts back."""
    with sign_in.client() as client:
        if len(submissions) > 1:
            many.tell(client.do_to_many("fail", submissions, reason=reason), "is marked as failed.", json)
            return
        found = client.fail(submissions[0], reason)
    screen.answer(found, json, lambda: screen.show(f"{found['id']} is marked as failed."))


@app.command("download")
def download(
    submission: Id,
    folder: Former = None,
    output: Folder = Path(),
    json: screen.Json = False,
) -> None:
    """Fetch what was handed in, the logs, and what the programs wrote."""
    with sign_in.client() as client:
        found = client.download_files(submission, folder or output, screen.download_bar)
    files = {kind: str(path) for kind, path in found.items()}
    lines = "\n".join(files.values()) or "There are no files to fetch yet."
    screen.answer({"files": files}, json, lambda: screen.show(lines))


@app.command("release")
def release(submission: Id, json: screen.Json = False) -> None:
    """For the organizer: have a sealed queue's runner send the logs and outputs that it keeps of a submission."""
    with sign_in.client() as client:
        client.release(submission)
    line = f"The runner sends what it keeps of {submission} within a minute or two."
    screen.answer({"released": submission}, json, lambda: screen.show(line))


@app.command("packs")
def packs(target: Target, form: screen.Format = "table", json: screen.Json = False) -> None:
    """For the organizer: the newest packages of a phase that were asked for, and how long each is kept."""
    with sign_in.client() as client:
        found = client.packs(phases.find(client, target))
    columns = ["Id", "Status", "Submissions", "Made", "Kept until"]
    rows = [(one["id"], one["status"], one["submissions"], words.time(one["created_at"]), _kept_until(one)) for one in found]
    screen.answer({"parcels": found}, json, lambda: screen.table("", columns, rows, right=["Submissions"]))


@app.command("pack")
def pack(
    target: Target,
    submissions: Annotated[list[str] | None, typer.Argument(metavar="[ID…]", help="Only these, up to 100.")] = None,
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Made if missing.")] = Path(),
    json: screen.Json = False,
) -> None:
    """For the organizer: fetch a phase's submissions with their outputs and logs, in one zip, or several large ones."""
    with sign_in.client() as client, screen.waiting("The submissions are packed") as changed:
        phase = phases.find(client, target)
        packed = client.pack(phase, submissions or (), on_change=lambda state: changed(_packed(state)))
        if packed["status"] != "Finished":
            raise AgonError(packed["reason"])
        folder.mkdir(parents=True, exist_ok=True)
        files = [folder / f"{phase}-{number:03d}.zip" for number in range(1, len(packed["zips"]) + 1)]
    with sign_in.client() as client:
        for at, file in enumerate(files):
            with screen.download_bar(file.name) as progress:
                downloads.fetch(partial(_address, client, packed["id"], phase, at), file, progress)
    lines = "\n".join(f"{file} has {_said(one)}." for file, one in zip(files, packed["zips"], strict=True))
    screen.answer({**packed, "files": [str(file) for file in files]}, json, lambda: screen.show(lines))


def _address(client: Client, parcel: str, phase: str, at: int) -> str:
    return client.packed(phase, parcel)["zips"][at]["url"]


def _packed(state: api.SubmissionExport) -> str:
    return f"{state['status']}, {words.count(state['submissions'], 'submission')} packed"


def _kept_until(parcel: api.SubmissionExport) -> str:
    return words.deadline(parcel["expires_at"], is_end=True) if parcel["expires_at"] else "–"


def _said(one: api.ExportZip) -> str:
    return f"{words.count(one['submissions'], 'submission')}, {words.size(one['size_bytes'])}"


def _wait(client: Client, submission: api.Submission) -> api.Submission:
    # Ctrl-C ends the wait alone: the submission has its place in the queue.
    screen.say(f"Handed in as {submission['id']}. Ctrl-C stops waiting, not the scoring.")
    nobody = ""

    def seen(state: api.Submission) -> None:
        nonlocal nobody
        standing, queue = words.standing(state), state.get("queue")
        changed(state["status"], standing)
        alone = standing if queue and not queue["runners_alive"] else ""
        if alone and alone != nobody:
            screen.say(alone)
        nobody = alone

    with screen.waiting("Waiting for the scores") as changed:
        return client.wait_for_submission(submission["id"], math.inf, seen)


def _list(columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    if rows:
        screen.table("", columns, rows)
    else:
        screen.say("Nothing was handed in yet.")


def _show(submission: api.Submission) -> None:
    screen.show(submission["id"], style="bold")
    facts = [submission["status"], submission["name"], f"by {words.maker(submission)}"]
    facts += [words.size(submission["size_bytes"]), words.time(submission["created_at"])]
    screen.show(" · ".join(filter(None, facts)))
    if standing := words.standing(submission):
        screen.show(standing, style="yellow")
    if group := submission.get("group"):
        screen.show(f"For the group {group}.")
    if submission["forked_from"]:
        screen.show(f"Started from {submission['forked_from']}.")
    if submission["public"]:
        screen.show(f"Shared under {submission['licence']}.")
    for note in submission["notes"]:
        screen.show(f"Note: {note}")
    if submission["scores"]:
        screen.table("", ["Score", "Value"], [(key, f"{value:g}") for key, value in submission["scores"].items()], ["Value"])
    for step in submission["steps"]:
        memory = f", {words.size(step['peak_memory_bytes'])} of memory" if step["peak_memory_bytes"] else ""
        screen.show(f"{step['name']}: {step['seconds']:.1f} s{memory}", style="dim")


def _show_all(submission: api.Submission, attempts: list[api.Attempt]) -> None:
    _show(submission)
    if tasks := submission.get("tasks"):
        of_tasks = [(one["name"] or one["task"], one["status"], _scores(one), one["reason"]) for one in tasks]
        screen.table("Tasks", ["Task", "Status", "Scores", "Why"], of_tasks)
    if attempts:
        rows = [
            (one["number"], one["status"], words.time(one["finished_at"]), _scores(one), one["reason"]) for one in attempts
        ]
        screen.table("Earlier attempts", ["Attempt", "Status", "Ended", "Scores", "Why"], rows, right=["Attempt"])


def _explain(submission: api.Submission) -> None:
    if submission["status"] == "Cancelled":
        screen.say(f"{submission['id']} was cancelled.")
        return
    logs = f"What it printed: agon logs {submission['id']}"
    screen.bad_news("The submission failed", [submission["reason"], words.fault(submission), logs])


def _status(item: api.Submission) -> str:
    return f"{item['status']}, chosen" if item.get("chosen") else item["status"]


def _scores(one: api.Submission | api.TaskRun | api.Attempt) -> str:
    return ", ".join(f"{key} {value:.6g}" for key, value in one["scores"].items())
