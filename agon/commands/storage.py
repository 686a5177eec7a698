"""`agon storage`, and what administrators see of storage, of usage and of reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from agon import screen, sign_in, words
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

_UNITS = {"": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
Competition = Annotated[str, typer.Argument(metavar="COMPETITION", help="Its slug, as listed, or its id.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stands in the audit log.")]


def show(
    competition: Annotated[str | None, typer.Argument(metavar="[COMPETITION]", help="Else what you store yourself.")] = None,
    json: screen.Json = False,
) -> None:
    """What you store, or a competition that you run, how much that may be, and what could be removed."""
    with sign_in.client() as client:
        found = client.storage(competition)
    screen.answer(found, json, lambda: _show(found))


def dumps(
    competition: Competition,
    remove: Annotated[str | None, typer.Option("--remove", metavar="ID", help="Remove this one, with its file.")] = None,
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """The dumps of a competition, which take storage until they are removed."""
    with sign_in.client() as client:
        if remove is not None:
            client.remove_dump(competition, remove)
            return screen.answer({"removed": remove}, json, lambda: screen.show(f"{remove} is removed."))
        found = client.dumps(competition)
    rows = [
        (one["id"], one["form"], one["status"], _size(one["size_bytes"]), words.time(one["created_at"])) for one in found
    ]
    columns = ["Id", "Form", "Status", "Size", "Made"]
    screen.answer({"dumps": found}, json, lambda: screen.table("", columns, rows, right=["Size"]))


def report(
    competition: Competition,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="What the administrators should look at.")],
    organizer: Annotated[bool, typer.Option("--organizer", help="It is about who runs it.")] = False,
    json: screen.Json = False,
) -> None:
    """Report a competition, or who runs it, to the administrators of the site."""
    with sign_in.client() as client:
        made = client.report_competition(competition, "organizer" if organizer else "competition", reason)
    screen.answer(made, json, lambda: screen.show("The administrators of the site look at it."))


def site(
    accounts: Annotated[bool, typer.Option("--accounts", help="Accounts, in place of competitions.")] = False,
    user: Annotated[str | None, typer.Option("--user", metavar="NAME", help="What this one stores.")] = None,
    differences: Annotated[bool, typer.Option("--differences", help="Where another count was found.")] = False,
    review: Annotated[bool, typer.Option("--review", help="Compare what is stored with the counts now.")] = False,
    mend: Annotated[bool, typer.Option("--mend", help="The same, and set counts right.")] = False,
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """Who stores the most, as the last night's review found it."""
    with sign_in.client() as client:
        if user is not None:
            stored = client.storage_of(user)
            return screen.answer(stored, json, lambda: _show(stored))
        if review or mend:
            begun = client.review_storage(mend)
            return screen.answer(begun, json, lambda: screen.show("What is stored is being compared. Look again soon."))
        if differences:
            lines = list(client.storage_differences())
            return screen.answer({"differences": lines}, json, lambda: _differences(lines))
        found = client.site_storage("account" if accounts else "competition")
    screen.answer(found, json, lambda: _site(found))


def quota(
    size: Annotated[str, typer.Argument(metavar="SIZE", help="Such as 500MB or 20GB, or none.")],
    user: Annotated[str | None, typer.Option("--user", metavar="NAME", help="For this account alone.")] = None,
    competition: Annotated[str | None, typer.Option("--competition", metavar="ID", help="For this one alone.")] = None,
    accounts: Annotated[bool, typer.Option("--accounts", help="For all accounts that have none of their own.")] = False,
    competitions: Annotated[bool, typer.Option("--competitions", help="For all such competitions.")] = False,
    json: screen.Json = False,
) -> None:
    """How much may be stored: by everybody, or by one who is named. With `none` the site's holds again, or nothing does."""
    if sum((user is not None, competition is not None, accounts, competitions)) != 1:
        raise AgonError("Say whose: --user NAME, --competition ID, --accounts or --competitions.")
    size_bytes = _bytes(size)
    with sign_in.client() as client:
        if accounts or competitions:
            name = "account_quota_bytes" if accounts else "competition_quota_bytes"
            changed = client.change_quotas({name: size_bytes})
            return screen.answer(changed, json, lambda: screen.show(_quotas(changed)))
        found = client.set_quota(size_bytes, user, competition)
    screen.answer(found, json, lambda: _show(found))


def usage(
    month: Annotated[str | None, typer.Argument(metavar="[MONTH]", help="Such as 2026-11; else this one.")] = None,
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """What happened on the site, day by day."""
    with sign_in.client() as client:
        found = client.usage(month)
    columns = ["Day", "Accounts", "Participants", "Submissions", "Finished", "Failed", "Cancelled", "Competitions"]
    columns += ["Runner hours", "Stored"]
    screen.answer(found, json, lambda: screen.table("", columns, map(_day, found["days"]), columns[1:], "Nothing happened."))


def reports(
    resolved: Annotated[bool, typer.Option("--resolved", help="Those that are decided.")] = False,
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """What was reported on the site: competitions, organizers, and posts in forums."""
    with sign_in.client() as client:
        found = list(client.site_reports("resolved" if resolved else "open"))
    rows = [
        (
            one["id"],
            one["about"],
            one["title"] or one["competition"],
            one["place"],
            one["by"],
            one["reason"],
            one["decision"] or "",
        )
        for one in found
    ]
    columns = ["Id", "About", "Competition", "Post", "By", "Why", "Decided"]
    screen.answer({"reports": found}, json, lambda: screen.table("", columns, rows, none="Nothing is reported."))


def decide(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="Its id, as `agon admin reports` tells it.")],
    decision: Annotated[Literal["resolved", "dismissed"], typer.Argument(help="Something was done, or nothing is to be.")],
    reason: Reason,
    json: screen.Json = False,
) -> None:
    """Close a report of a competition or its organizer. One of a post is decided by `agon forum`."""
    with sign_in.client() as client:
        client.decide_site_report(report, decision, reason)
    screen.answer({"report": report, "decision": decision}, json, lambda: screen.show(f"The report is {decision}."))


def _bytes(text: str) -> int | None:
    """The bytes of a size as people write it; None for none."""
    if text == "none":
        return None
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]B)?", text.upper())
    if found is None:
        raise AgonError(f"`{text}` is no size. Write it like 500MB, 20GB or none.")
    return int(float(found[1]) * _UNITS[found[2] or ""])


def _size(size_bytes: int | None) -> str:
    return "–" if size_bytes is None else words.size(size_bytes)


def _show(found: api.Storage) -> None:
    most = "without a quota" if found["quota_bytes"] is None else f"of {words.size(found['quota_bytes'])}"
    rows = [("In all", f"{words.size(found['total_bytes'])} {most}")]
    screen.pairs([*rows, *((kind.capitalize(), words.size(size)) for kind, size in found["bytes"].items() if size)])
    for one in found["suggestions"]:
        screen.show(f"{words.size(one['size_bytes'])} {one['what'].replace('_', ' ')}: {one['how']}")


def _differences(found: list[api.StorageDifference]) -> None:
    rows = [(one["kind"], one["name"] or one["id"], _kinds(one["found"]), _kinds(one["counted"])) for one in found]
    screen.table("", ["Of", "Name", "Found", "Counted"], rows, none="Every count was right when it was last reviewed.")


def _kinds(sizes: Mapping[str, int]) -> str:
    return ", ".join(f"{kind} {words.size(size)}" for kind, size in sizes.items() if size) or "nothing"


def _site(found: api.SiteStorage) -> None:
    screen.show(_quotas(found))
    for one in found["reviews"][:3]:
        screen.show(_review(one))
    rows = [
        (one["name"] or one["id"], words.size(one["total_bytes"]), _kinds(one["bytes"]), _kinds(one["cleanable"]))
        for one in found["holders"]
    ]
    none = "Nothing is stored, as far as the last review saw." if found["reviews"] else "There was no review yet: --review."
    screen.table("", ["Name", "In all", "Of that", "Could go"], rows, ["In all"], none)


def _quotas(found: api.SiteStorage) -> str:
    accounts, competitions = found["account_quota_bytes"], found["competition_quota_bytes"]
    return f"Quota of an account: {_size(accounts)}; of a competition: {_size(competitions)}."


def _review(one: api.StorageReview) -> str:
    when, status = words.time(one["created_at"]), one["status"].lower()
    if one["status"] != "Finished":
        return f"Review of {when}: {status}. {one['reason']}".rstrip()
    said = f"{words.count(one['objects'], 'object')}, {words.size(one['size_bytes'])}; {one['differing']} counts differ"
    lost = f"; {words.count(one['unclaimed'], 'object')} of nobody" if one["unclaimed"] else ""
    return f"Review of {when}: {said}, {one['mended']} mended{lost}."


def _day(one: api.UsageDay) -> tuple[str, ...]:
    counts = (one["accounts"], one["participants"], one["submissions"], one["finished"], one["failed"], one["cancelled"])
    hours = f"{one['runner_seconds'] / 3600:.1f}"
    return one["day"], *map(str, counts), str(one["competitions"]), hours, _size(one["stored_bytes"])
