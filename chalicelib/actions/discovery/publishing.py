"""The signed list of a site's public competitions, which other sites fetch, and the key that it is signed with."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib import responses, settings, telemetry
from chalicelib.actions.discovery import links, searching
from chalicelib.actions.people import audit_log
from chalicelib.aws import secrets
from chalicelib.contract import texts
from chalicelib.domain.discovery import signing
from chalicelib.domain.discovery.signing import Succession
from chalicelib.domain.people.accounts import Account
from chalicelib.store import audit
from chalicelib.store.competitions.competitions import Competition

#: Competitions on the list, and characters of each description there.
MOST, DESCRIPTION = 200, 500
#: A list is good for so long: who is cut off from a site must not take an old one for its word.
GOOD_FOR = timedelta(days=2)
_SECRET = "federation/key"
#: The store of secrets is asked anew after so long: anybody may ask for the list, and it bears few questions a second.
_HELD_FOR = timedelta(seconds=30)
_held: dict[str, tuple[datetime, dict[str, Any]]] = {}


def key(now: datetime) -> responses.FederationKey:
    """The key that this site signs with, to be compared where it is trusted; made when it is first asked for."""
    return _told(_keys(now)["private"])


def follow(account: Account, now: datetime) -> responses.FederationKey:
    """Sign with a new key from now on. The former one signs it, so that sites that trust that one go along."""
    _held.clear()
    kept = _keys(now)
    private = signing.new_key()
    chain = [*kept["successions"], asdict(signing.succession(kept["private"], private))]
    before, after = signing.public_key(kept["private"]), signing.public_key(private)
    # Before the key itself, which is no row: the record may tell of one that never came, and misses none.
    audit.record(audit_log.entry_of_site(None, "key_changed", before, after, "", account, now))
    secrets.put(_SECRET, json.dumps({"private": private, "successions": chain[-signing.MAX_SUCCESSIONS :]}))
    _held.clear()
    telemetry.logger.warning("federation key followed by another", account=account.id)
    return _told(private)


def document(root: str, now: datetime) -> str:
    """The signed list, by three calls. Its time is what makes it newer than others: who has seen it takes no older one."""
    kept = _keys(now)
    name = links.of_site(root).split("://")[-1].partition("/")[0]
    told = {
        "name": name,
        "made_at": _iso(now),
        "expires_at": _iso(now + GOOD_FOR),
        "competitions": [_entry(one, root) for one in searching.newest(MOST, now)],
    }
    successions = [Succession(**one) for one in kept["successions"]]
    return signing.sign(json.dumps(told).encode(), kept["private"], successions).decode()


def _entry(competition: Competition, root: str) -> dict[str, Any]:
    return {
        "id": competition.id,
        "title": texts.line(competition.title)[0],
        # Where it is cut, a joiner may have lost its neighbour; then it steers, and receivers refuse all of the list.
        "description": texts.line(texts.line(competition.description)[0][:DESCRIPTION])[0],
        "organizer": competition.organizer,
        "tags": list(competition.settings.tags),
        "reward": texts.line(competition.settings.reward or "")[0] or None,
        "starts_at": _iso(competition.starts_at),
        "ends_at": _iso(competition.ends_at) if competition.ends_at else None,
        "participants": int(competition.participants),
        "url": links.of_competition(competition, root),
    }


def _keys(now: datetime) -> dict[str, Any]:
    path = settings.get().secrets_path
    if path in _held and now < _held[path][0]:
        return _held[path][1]
    kept = secrets.get(_SECRET) or secrets.make(_SECRET, json.dumps({"private": signing.new_key(), "successions": []}))
    found: dict[str, Any] = json.loads(kept)
    _held[path] = (now + _HELD_FOR, found)
    return found


def _told(private: str) -> responses.FederationKey:
    return responses.FederationKey(signing.public_key(private))


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
