"""Two sites, each with an emulator, a table, keys and people of its own: one lists what the other one publishes."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError

from agon import config, credentials
from agon.client import Client
from agon.local.deploy import STACK
from agon.local.stack import ORGANIZER
from chalicelib.domain.discovery import signing
from tests import builders
from tests.publisher import NEXT, Publisher, serving
from tests.stack import DeployedStack, eventually, standing

#: Where the stack keeps its own private key.
KEY_PARAMETER = f"/{STACK}/federation/key"


@dataclass
class Far:
    """Another site, and the competition that one of its people organizes there."""

    stack: DeployedStack
    mary: Client
    competition: dict[str, Any]

    @property
    def url(self) -> str:
        """Its API's address, by which it is trusted."""
        return self.stack.api_url

    @property
    def document(self) -> bytes:
        """The list that it signs, as it is at this moment."""
        return httpx.get(f"{self.url}/v1/federation/competitions", timeout=35).raise_for_status().content

    @property
    def key(self) -> str:
        """The key that it says is its own."""
        return self.mary.federation_key()


@pytest.fixture(scope="module")
def far(stack: DeployedStack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Far]:
    """Stands while this file is run. Made after the first stack, it packages nothing anew."""
    with standing(tmp_path_factory.mktemp("far")) as other, other.client("mary") as mary:
        bundle = tmp_path_factory.mktemp("bundle") / "bundle.zip"
        bundle.write_bytes(builders.bundle(title="Far tides", extra="agon: {tags: [ocean]}"))
        done = mary.wait_for_import(mary.import_bundle(mary.upload(bundle, "bundle")["id"])["id"])
        assert done["status"] == "Finished", done["errors"]
        mary.publish(done["competition"])
        far = Far(other, mary, mary.competition(done["competition"]))
        eventually(lambda: far.document, lambda document: b"Far tides" in document)
        yield far


@pytest.fixture
def trust(organizer: Client) -> Iterator[Callable[[str, str], dict[str, Any]]]:
    """Trusts a site until the test is over."""
    trusted = dict[str, None]()

    def trust(url: str, key: str) -> dict[str, Any]:
        site = organizer.trust(url, key)
        trusted[site["id"]] = None
        return dict(site)

    yield trust
    for site in organizer.trusted_sites():
        if site["id"] in trusted:
            organizer.distrust(site["id"])


@pytest.fixture
def agon(stack: DeployedStack, organizer: Client, tmp_path: Path) -> Callable[..., Any]:
    """The command line of the first site's administrator, as a program of its own: what it answers as JSON."""
    signed_in = organizer.http.session
    assert signed_in is not None
    credentials.keep(tmp_path / "credentials.json", stack.api_url, signed_in)
    environment = config.child_environment(AGON_CONFIG=str(tmp_path), AGON_API="", AGON_TOKEN="")

    def agon(*words: str) -> Any:
        command = [sys.executable, "-m", "agon.main", *words, "--json"]
        ran = subprocess.run(command, env=environment, cwd=config.SOURCE, capture_output=True, text=True, timeout=120)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return agon


def titles(found: Any) -> list[str]:
    return [one["title"] for one in found["competitions"]]


def site_of(administrator: Client, id_: str) -> dict[str, Any]:
    (site,) = [site for site in administrator.trusted_sites() if site["id"] == id_]
    return dict(site)


def fetched(administrator: Client, sweep: Callable[..., None], id_: str, is_so: Callable[[dict[str, Any]], bool]) -> None:
    """Has the sweeper see to it that a site's list is fetched, until what is told of that site is so."""
    sweep(("FEDERATION", f"SITE#{id_}"))
    eventually(lambda: site_of(administrator, id_), is_so)


def is_told(*words: str) -> Callable[[dict[str, Any]], bool]:
    return lambda site: all(word in str(site["problem"]) for word in words)


def test_neither_site_knows_the_others_people_and_both_refuse_keys_that_are_nobodys(
    stack: DeployedStack, far: Far, ada: Client
) -> None:
    for site, guest in ((stack, far.mary), (far.stack, ada)):
        assert guest.http.session is not None
        assert site.call("GET", "/me", guest.http.session.access_token).status_code == 401
        nobody = boto3.client(
            "dynamodb",
            endpoint_url=site.local.aws.endpoint,
            region_name=site.local.region,
            aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
            aws_secret_access_key="nobodys",
        )
        with pytest.raises(ClientError) as refusal:
            nobody.scan(TableName=site.outputs["TableName"])
        assert refusal.value.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 403)
        assert refusal.value.response["Error"]["Code"] != "ResourceNotFoundException"


def test_each_site_signs_its_list_with_a_key_of_its_own_which_administrators_change(
    stack: DeployedStack, far: Far, organizer: Client
) -> None:
    former = organizer.federation_key()
    assert former != far.key
    following = organizer.follow_key()
    document = httpx.get(f"{stack.api_url}/v1/federation/competitions", timeout=35).raise_for_status().text
    assert following != former and f"\nkey {following}\n" in document


def test_a_site_lists_what_another_one_publishes_until_it_trusts_that_no_more(
    stack: DeployedStack, far: Far, ada: Client, agon: Callable[..., Any], sweep: Callable[..., None], organizer: Client
) -> None:
    assert titles(agon("sites", "search", "tides")) == []
    trusted = agon("sites", "trust", far.url, "--key", far.key)
    try:
        (told,) = eventually(lambda: ada.elsewhere("tides")["competitions"], bool)
        assert (told["title"], told["organizer"], told["tags"], told["site"]) == (
            *("Far tides", "mary", ["ocean"]),
            trusted["id"],
        )
        # It leads to the other site, under the API's name on AWS: the emulator answers under a longer one.
        root = f"{far.stack.local.aws.endpoint}/api/v1"
        assert told["url"].startswith(f"{root}/competitions/")
        there = far.stack.call("GET", told["url"].removeprefix(root))
        assert there.json()["id"] == far.competition["id"], there.text
        assert titles(agon("sites", "search", "tides")) == ["Far tides"]
        (listed,) = agon("sites", "list")["sites"]
        assert (listed["id"], listed["problem"]) == (trusted["id"], None) and listed["heard_at"]
        # It is none of this site's own.
        assert far.competition["id"] not in [one["id"] for one in ada.competitions(search="tides")]
        assert stack.call("GET", f"/competitions/{far.competition['id']}").status_code == 404
        # What is taken back there goes here, as soon as the list is fetched again.
        far.mary.http.call("POST", f"/competitions/{far.competition['id']}/unpublish")
        eventually(lambda: far.document, lambda document: b"Far tides" not in document)
        sweep(("FEDERATION", f"SITE#{trusted['id']}"))
        eventually(lambda: ada.elsewhere("tides"), lambda found: titles(found) == [])
        far.mary.publish(far.competition["id"])
        eventually(lambda: far.document, lambda document: b"Far tides" in document)
        sweep(("FEDERATION", f"SITE#{trusted['id']}"))
        eventually(lambda: ada.elsewhere("tides"), lambda found: titles(found) == ["Far tides"])
    finally:
        agon("sites", "distrust", trusted["id"])
    assert titles(ada.elsewhere("tides")) == titles(agon("sites", "search", "tides")) == []
    assert trusted["id"] not in {site["id"] for site in organizer.trusted_sites()}


@pytest.fixture
def relay(far: Far) -> Iterator[Publisher]:
    """Somebody on the way to the other site, who can change what comes from it."""
    with serving() as relay:
        relay.document = far.document
        yield relay


def test_what_somebody_on_the_way_changes_or_signs_is_refused_and_told_and_the_good_list_stays(
    far: Far, relay: Publisher, ada: Client, organizer: Client, trust: Any, sweep: Callable[..., None]
) -> None:
    site = trust(relay.url, far.key)
    eventually(lambda: titles(ada.elsewhere()), lambda found: found == ["Far tides"])
    good = far.document
    payload = good.partition(b"\n\n")[2].replace(b"Far tides", b"Bad tides")
    relay.document = good.replace(b"Far tides", b"Bad tides")
    fetched(organizer, sweep, site["id"], is_told("signature", "wrong"))
    relay.document = signing.sign(payload, NEXT)
    fetched(organizer, sweep, site["id"], is_told("another key"))
    assert titles(ada.elsewhere()) == ["Far tides"] and site_of(organizer, site["id"])["key"] == far.key
    relay.document = far.document
    fetched(organizer, sweep, site["id"], lambda site: site["problem"] is None)


def test_a_key_that_the_former_one_signed_is_followed_and_one_from_nowhere_needs_trust_anew(
    far: Far, ada: Client, organizer: Client, trust: Any, sweep: Callable[..., None]
) -> None:
    former = far.key
    site = trust(far.url, former)
    eventually(lambda: titles(ada.elsewhere()), lambda found: found == ["Far tides"])
    with far.stack.client(ORGANIZER, "organizer") as administrator:
        following = administrator.follow_key()
    eventually(lambda: far.document, lambda document: f"\nkey {following}\n".encode() in document)
    fetched(organizer, sweep, site["id"], lambda site: site["key"] == following and site["problem"] is None)
    # As administrators are told to do with a key that was stolen.
    far.stack.aws("ssm").delete_parameter(Name=KEY_PARAMETER)
    eventually(lambda: far.key, lambda key: key not in (former, following))
    fetched(organizer, sweep, site["id"], is_told("another key"))
    assert titles(ada.elsewhere()) == ["Far tides"] and site_of(organizer, site["id"])["key"] == following
    trust(far.url, far.key)
    eventually(
        lambda: organizer.trusted_sites(), lambda sites: [site["problem"] for site in sites if site["heard_at"]] == [None]
    )
    assert titles(ada.elsewhere()) == ["Far tides"]
