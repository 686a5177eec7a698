"""Other sites that an administrator trusts: their lists are fetched now and then, and told beside the own ones."""

import gzip
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from chalicelib import ids, outbound, requests, responses, settings, telemetry
from chalicelib.actions.people import audit_log
from chalicelib.aws import messages, object_keys, objects
from chalicelib.domain.discovery import signing
from chalicelib.domain.discovery.signing import BadSignature
from chalicelib.domain.discovery.words import words
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.webhooks import targets
from chalicelib.domain.webhooks.targets import Target
from chalicelib.errors import Busy, Complaint, Conflict, Invalid, Sentence, say
from chalicelib.outbound import Unreachable
from chalicelib.store import table
from chalicelib.store.discovery import trusted_sites
from chalicelib.store.discovery.trusted_sites import TrustedSite

EVERY = timedelta(minutes=15)
#: A site that has been silent for so long is told to be, and after twice as long told of no more.
SILENT = timedelta(days=7)
#: What a clock may be ahead of ours.
_SKEW = timedelta(minutes=5)
#: Bytes of a list: 200 competitions with all that each may have, in any writing.
MAX_BYTES = 2 * 1024**2
_PATH = "/v1/federation/competitions"
PAGE_SIZE = 50
_TRIES = 5


@dataclass(frozen=True)
class Elsewhere:
    """The competitions of other sites as last fetched, by the sites' ids, under the ETag of their object.

    Each has its `words` in their order, which were taken apart when the list was: a search compares and does no more.
    """

    sites: Mapping[str, list[dict[str, Any]]]
    etag: str | None


_held: dict[str, Elsewhere] = {}


def trust(body: requests.TrustSite, account: Account, now: datetime) -> responses.TrustedSite:
    """Trust a site by its API's address, with the key that was compared. Raises Invalid, Conflict."""
    target = _target(body.url)
    if isinstance(target, str):
        raise Invalid(say("site_unfetchable", "This address cannot be fetched from."), [Complaint("url", target)])
    known = trusted_sites.everyone()
    url, id_ = body.url.rstrip("/"), ids.new(now)
    former = [one for one in known if one.url == url]
    if len(known) - len(former) >= trusted_sites.MAX_SITES:
        raise Conflict(
            say(
                "enough_sites",
                "{most} sites are trusted, and more there cannot be. Take one off the list first.",
                most=trusted_sites.MAX_SITES,
            )
        )
    site = TrustedSite(*TrustedSite.at(id_), id=id_, url=url, key=body.key, trusted_by=account.username, trusted_at=now)
    before = _recorded(former[0]) if former else None
    entry = audit_log.entry_of_site(None, "trusted", before, _recorded(site), "", account, now)
    # One that is trusted anew begins from nothing: what its former key had signed is told no more.
    trusted_sites.put(site, former, entry, now)
    messages.send_federating(id_)
    telemetry.logger.warning("site trusted", site=url, account=account.id)
    return _told(site, now)


def distrust(site_id: str, account: Account, now: datetime) -> responses.Empty:
    """Trust a site no more: nothing of it is told from this moment on. Raises NotFound."""
    site = trusted_sites.find(site_id)
    entry = audit_log.entry_of_site(None, "distrusted", _recorded(site), None, "", account, now)
    trusted_sites.forget(site, entry)
    telemetry.logger.warning("site trusted no more", site=site.url, account=account.id)
    return responses.Empty()


def _recorded(site: TrustedSite) -> dict[str, str]:
    return {"site": site.url, "key": site.key}


def list_sites(now: datetime) -> responses.TrustedSites:
    """The sites that are trusted, and how the last fetch from each went: one call."""
    return responses.TrustedSites([_told(site, now) for site in trusted_sites.everyone()])


def list_entries(text: str | None, now: datetime) -> responses.ForeignCompetitions:
    """Competitions of other sites that have all words, by two calls. Whose they are is told with each.

    Only sites that are trusted now are told of; of one that has been silent for long, less and then nothing.
    """
    heard = {site.id: site for site in trusted_sites.everyone() if now - site.last_heard_at < 2 * SILENT}
    sought = [*words(text or "")]
    # Who looks for signs alone looks for nothing that is there.
    is_nothing = bool((text or "").strip()) and not sought
    found = [] if is_nothing or not heard else [*_matching(_elsewhere().sites, heard, sought)]
    found.sort(key=lambda pair: (_is_silent(pair[1], now), -pair[0]["begins"]))
    return responses.ForeignCompetitions([_foreign(one, site, now) for one, site in found[:PAGE_SIZE]], len(found))


def look_after(site: TrustedSite, now: datetime) -> None:
    """Have the list of a site fetched."""
    if trusted_sites.wait(site, now + EVERY):
        messages.send_federating(site.id)


def fetch(site_id: str, now: datetime) -> None:
    """Fetch the list of a site, and take it when it is good. Why it is not, administrators read."""
    (site,) = table.read(TrustedSite.at(site_id))
    if site is None:
        return
    try:
        _take(site, now)
    except (Unreachable, BadSignature) as error:
        trusted_sites.failed(site, str(error)[:500])
        telemetry.logger.info("list of a site not taken", site=site.url, why=str(error)[:200])


def _take(site: TrustedSite, now: datetime) -> None:
    """Raises Unreachable, BadSignature for what is no good list of this site."""
    signed = signing.verify(_fetched(site.url), site.key)
    try:
        received = requests.ReceivedList.model_validate_json(signed.payload)
    except ValueError:
        raise BadSignature("The list is signed, yet not in the form that this version knows.") from None
    made_at = received.made_at
    if made_at > now + _SKEW or received.expires_at < now:
        raise BadSignature("The list is too old, or of a time to come: it is to be fetched again, or a clock is wrong.")
    if table.seconds(made_at) < int(site.made_at):
        raise BadSignature("The list is older than the one that was taken last.")
    entries = [_entry(one) for one in received.competitions if _may_lead_to(one.url)]
    if not trusted_sites.heard(site, signed.key, received.name, table.seconds(made_at), now):
        return
    _keep(site.id, entries)


def _entry(one: requests.ReceivedCompetition) -> dict[str, Any]:
    """A competition as it is kept: with the words by which it is found, and its beginning in seconds since 1970."""
    text = " ".join([one.title, one.description, one.organizer, *one.tags])
    return {**one.model_dump(mode="json"), "words": sorted({*words(text)}), "begins": one.starts_at.timestamp()}


def _fetched(url: str) -> bytes:
    target = _target(url)
    if isinstance(target, str):
        raise Unreachable(target)
    reach = targets.is_public_or_loopback if settings.get().loopback_targets else targets.is_public
    answer = outbound.get(target, MAX_BYTES, reach)
    if answer.status != 200:
        raise Unreachable(
            say("site_answered", "The site answered {status}, and not with its list.", status=str(answer.status))
        )
    return answer.content


def _target(url: str) -> Target | Sentence:
    return targets.read(url.rstrip("/") + _PATH, settings.get().loopback_targets)


def _may_lead_to(url: str) -> bool:
    return url.startswith("https://") or settings.get().loopback_targets


def _keep(site: str, entries: list[dict[str, Any]]) -> None:
    """Put a site's list in the place of its former one. What is of sites that are not trusted any more goes. Raises Busy."""
    bucket, key = settings.get().runs_bucket, object_keys.elsewhere()
    for _ in range(_TRIES):
        former, trusted = _elsewhere(), {one.id for one in trusted_sites.everyone()}
        kept = {id_: told for id_, told in {**former.sites, site: entries}.items() if id_ in trusted}
        content = gzip.compress(orjson.dumps(kept), compresslevel=6, mtime=0)
        if objects.replace(bucket, key, content, "application/gzip", former.etag):
            return
    raise Busy(say("sites_being_read", "Lists of other sites are taken at this moment."))


def _elsewhere() -> Elsewhere:
    """What was fetched of all sites, by one call, which brings nothing but a yes while this process has it."""
    bucket = settings.get().runs_bucket
    held = _held.get(bucket)
    try:
        newer = objects.newer(bucket, object_keys.elsewhere(), held.etag if held else None)
    except LookupError:
        return Elsewhere({}, None)
    if newer is not None:
        held = _held[bucket] = Elsewhere(orjson.loads(gzip.decompress(newer.content)), newer.etag)
    assert held is not None, "S3 says that something has not changed which was never read."
    return held


def _matching(
    sites: Mapping[str, list[dict[str, Any]]], heard: Mapping[str, TrustedSite], sought: Sequence[str]
) -> Iterator[tuple[dict[str, Any], TrustedSite]]:
    """The competitions of these sites in which each word stands, or one that begins so, with their site."""
    for id_, site in heard.items():
        for one in sites.get(id_, []):
            if all(_has(one["words"], wanted) for wanted in sought):
                yield one, site


def _has(there: Sequence[str], wanted: str) -> bool:
    """True when one of some words in their order begins with another."""
    at = bisect_left(there, wanted)
    return at < len(there) and there[at].startswith(wanted)


def _is_silent(site: TrustedSite, now: datetime) -> bool:
    return now - site.last_heard_at >= SILENT


def _foreign(one: Mapping[str, Any], site: TrustedSite, now: datetime) -> responses.ForeignCompetition:
    told = {name: one[name] for name in ("id", "title", "description", "organizer", "tags", "reward", "participants", "url")}
    return responses.ForeignCompetition(
        **told,
        site=site.id,
        site_name=site.name or site.url,
        site_url=site.url,
        starts_at=datetime.fromisoformat(one["starts_at"]),
        ends_at=datetime.fromisoformat(one["ends_at"]) if one["ends_at"] else None,
        silent=_is_silent(site, now),
    )


def _told(site: TrustedSite, now: datetime) -> responses.TrustedSite:
    told = (site.id, site.url, site.name, site.key, site.trusted_by, site.trusted_at, site.heard_at, site.problem)
    return responses.TrustedSite(*told, _is_silent(site, now))
