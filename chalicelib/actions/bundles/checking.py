"""Bundles before they are imported, and as they were uploaded."""

import zipfile
from datetime import datetime

from chalicelib import responses, settings
from chalicelib.actions.bundles import permitted
from chalicelib.actions.competitions import slugs
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.leaderboards import reordering
from chalicelib.aws import objects
from chalicelib.contract import limits
from chalicelib.domain.bundle.check import bundle_of_archive
from chalicelib.domain.bundle.check import check as check_manifest
from chalicelib.domain.bundle.model import Bundle
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, say
from chalicelib.requests import CheckBundle
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.library import uploads

URL_SECONDS = 300
#: More bundles than this nobody looks back at.
MAX_ORIGINALS = 20


def check(account: Account, body: CheckBundle, now: datetime) -> responses.Check:
    """Every complaint about a bundle, without importing it, and what it would do to a competition's boards.

    Raises NotFound, Conflict, and NotAllowed for a competition of others.
    """
    if body.manifest is not None:
        reading = check_manifest(body.manifest.encode(), body.names)
    else:
        upload = uploads.find(str(body.upload), account.id)
        if upload.state != uploads.COMMITTED:
            raise Conflict(
                say(
                    "check_upload_state",
                    "This upload is {state}. Check one that is committed and was not used before.",
                    state=upload.state,
                )
            )
        with objects.opened(settings.get().files_bucket, upload.object_key) as content:
            reading = bundle_of_archive(content)
    if reading.bundle is not None:
        reading = permitted.judged_by_queue(reading, reading.bundle, account.id)
    summary = reading.summary()
    complaints = {kind: [responses.Complaint(**one) for one in summary[kind]] for kind in ("errors", "warnings")}
    return responses.Check(**{**summary, **complaints, "effects": _effects(reading.bundle, body.competition, account, now)})


def _effects(bundle: Bundle | None, named: str | None, account: Account, now: datetime) -> list[responses.BoardEffect]:
    if named is None:
        return []
    competition, phases = competitions.find(slugs.resolve(named))
    check_organizer(competition, account)
    return reordering.effects(reordering.of_change(competition, phases, bundle, now)) if bundle else []


def originals(competition_id: str, account: Account) -> responses.Originals:
    """The bundles that a competition was made from, as uploaded. Raises NotFound, NotAllowed."""
    (found,) = table.read(Competition.at(competition_id))
    competition = check_organizer(found, account)
    newest = list(reversed(competition.originals or []))[:MAX_ORIGINALS]
    return responses.Originals([_original(stored) for stored in newest])


def _original(stored: dict[str, str]) -> responses.Original:
    bucket = settings.get().files_bucket
    with objects.opened(bucket, stored["object_key"]) as content, zipfile.ZipFile(content) as archive:
        text = archive.open(stored["manifest"]).read(limits.MANIFEST_BYTES).decode("utf-8-sig", "replace")
    url = objects.get_url(bucket, stored["object_key"], "bundle.zip", URL_SECONDS)
    return responses.Original(stored["at"], url, stored["manifest"], text)  # type: ignore[arg-type]
