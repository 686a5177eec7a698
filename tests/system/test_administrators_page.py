"""Each shell block of docs/administrators.md, word by word, with the real `aws`, on an account that has nothing yet."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from agon import archive, credentials
from agon.client import Client
from agon.local import accounts, demo, deploy, ministack, process
from agon.local.deploy import AwsEndpoint
from agon.local.formation import Formation
from agon.local.state import StackState
from infra.deploy import artefact, packaging
from tests.documented import BLOCKS, script
from tests.house.sources import ROOT

REGION = "eu-west-1"
Run = Callable[..., str]


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AwsEndpoint]:
    """An account of its own."""
    state = StackState(tmp_path_factory.mktemp("account"))
    try:
        yield AwsEndpoint(ministack.start(state, REGION, process.free_port()), REGION)
    finally:
        ministack.stop(state)


@pytest.fixture(scope="module")
def environment(aws: AwsEndpoint, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """That of an administrator's shell. The suite has set this machine up, so `make` need not."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "AGON_"))}
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_ENDPOINT_URL": aws.endpoint}
    home = str(tmp_path_factory.mktemp("home"))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "HOME": home, "AGON_CONFIG": home, "AGON_RUNNER_HOME": home, "MAKEFLAGS": "SET_UP=@:"}
    return {**clean, **keys, **own, "AWS_DEFAULT_REGION": REGION}


@pytest.fixture(scope="module")
def run(environment: dict[str, str]) -> Run:
    """Runs the block of the page that begins so: what it printed."""

    def run(begin: str, folder: Path = ROOT, **replaced: str) -> str:
        [block] = [block for block in BLOCKS if block.startswith(begin)]
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script(block, replaced)],
            cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    return run


@pytest.fixture(scope="module")
def site(aws: AwsEndpoint, run: Run) -> dict[str, str]:
    """The one that the first block made."""
    printed = run("make deploy")
    return dict(line.split(maxsplit=1) for line in printed.splitlines())


@pytest.fixture(scope="module")
def administrator(aws: AwsEndpoint, site: dict[str, str], environment: dict[str, str]) -> Iterator[Client]:
    """An administrator, who has signed in with the command line."""
    with Client(site["ApiUrl"]) as client:
        accounts.create(aws, site["UserPoolId"], client, "root", "correct horse battery", is_admin=True)
        session = client.sign_in("root", "correct horse battery")
        credentials.keep(Path(environment["AGON_CONFIG"]) / "credentials.json", site["ApiUrl"], session)
        yield client


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release, for this machine's Python so that the emulator can run it."""
    return artefact.make(tmp_path_factory.mktemp("released"), *packaging.HERE, print)


def outputs(printed: str) -> dict[str, str]:
    """Those of a stack, after whatever else was printed."""
    told = json.loads(printed[printed.index("[\n") :])
    return {one["OutputKey"]: one["OutputValue"] for one in told}


def test_one_command_brings_a_site_and_its_console(site: dict[str, str]) -> None:
    assert httpx.get(f"{site['ApiUrl']}/v1/openapi.json", timeout=35).is_success
    assert site["ConsoleUrl"].startswith("https://")


def test_a_release_is_deployed_without_the_checkout(aws: AwsEndpoint, run: Run, released: Path) -> None:
    printed = run("sha256sum", released, **{"CODE-BUCKET": "agon-code-by-hand"})
    made = outputs(printed)
    assert httpx.get(f"{deploy.at_emulator(made, aws.endpoint)['ApiUrl']}/v1/openapi.json", timeout=35).is_success
    host = made["ApiUrl"].removeprefix("https://").partition("/")[0]
    words = {"API-HOST": host, "FILES": made["FilesBucket"], "RUNS": made["RunsBucket"], "REGION": REGION}
    printed = run("aws cloudformation deploy --region us-east-1", released, **words)
    console = outputs(printed)
    words |= {"CONSOLE-BUCKET": console["Bucket"], "DISTRIBUTION": console["DistributionId"]}
    words["PAGES-URL"] = console["PagesUrl"]
    run("python3 -m zipfile", released, **words)
    stored = AwsEndpoint(aws.endpoint, "us-east-1").client("s3")
    page = stored.get_object(Bucket=console["Bucket"], Key="index.html")
    assert page["CacheControl"] == "no-cache"
    told = page["Body"].read().decode()
    assert f"connect-src 'self' https://{made['FilesBucket']}.s3.eu-west-1.amazonaws.com" in told
    assert f" {console['PagesUrl']}; base-uri" in told and "%AGON" not in told
    scripts = stored.list_objects_v2(Bucket=console["Bucket"], Prefix="assets/")["Contents"]
    assert "immutable" in stored.head_object(Bucket=console["Bucket"], Key=scripts[0]["Key"])["CacheControl"]


def test_a_release_is_the_same_bytes_again_and_names_all_that_it_is_made_of(released: Path, tmp_path: Path) -> None:
    again = artefact.make(tmp_path, *packaging.HERE, print)
    files = sorted(path.relative_to(again).as_posix() for path in again.rglob("*") if path.is_file())
    sums = (again / artefact.SUMS).read_text()
    assert [line.split("  ")[1] for line in sums.splitlines()] == [file for file in files if file != artefact.SUMS]
    # By their sums: pip, npm and the packer write it anew each time.
    assert sums == (released / artefact.SUMS).read_text()
    bills = {path.name.partition(".")[0]: json.loads(path.read_text())["components"] for path in (again / "sbom").iterdir()}
    named = {part: {one["name"] for one in components} for part, components in bills.items()}
    assert (
        {"chalice", "pydantic"} <= named["functions"]
        and {"docker", "httpx"} <= named["runner"]
        and "lit" in named["console"]
    )


def test_a_runner_is_installed_of_a_releases_folder(released: Path) -> None:
    wheel, *_ = [line for line in (released / "runner.txt").read_text().splitlines() if not line.startswith("#")]
    words = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--dry-run",
        "--no-deps",
        "--require-hashes",
        "--ignore-installed",
    ]
    (released / "own.txt").write_text(wheel)
    done = subprocess.run([*words, "-r", "own.txt"], cwd=released, capture_output=True, text=True)
    (released / "own.txt").unlink()
    assert done.returncode == 0, done.stderr


def test_the_default_image_is_named_for_a_registry(run: Run) -> None:
    run("docker tag")


def test_a_runner_gets_a_token_checks_its_machine_and_becomes_a_service(
    run: Run, site: dict[str, str], administrator: Client
) -> None:
    token = administrator.create_runner_token("default", "gpu-02")["token"]
    # An emulator's address has no TLS, and more of a path.
    address = {"https://API-HOST/api": site["ApiUrl"]}
    assert f'Environment="AGON_API={site["ApiUrl"]}"' in run("agon runners token", TOKEN=token, **address)


def test_the_wheel_and_what_it_needs_are_made_for_an_address(run: Run) -> None:
    run("make wheel")
    assert "https://files.example.org/agon/" in (ROOT / "build/wheel/runner.txt").read_text()


def test_a_fleet_is_deployed(aws: AwsEndpoint, run: Run, site: dict[str, str]) -> None:
    network = aws.client("ec2")
    words = {
        "API-HOST": "agon.example",
        "QUEUE": site["JobsQueueUrl"].rpartition("/")[2],
        "VPC": network.describe_vpcs()["Vpcs"][0]["VpcId"],
        "SUBNETS": network.describe_subnets()["Subnets"][0]["SubnetId"],
        # The emulator knows no images of Canonical's.
        "SHA256": f"{'0' * 64} ImageId=/images/ubuntu",
    }
    aws.client("ssm").put_parameter(Name="/images/ubuntu", Type="String", Value="ami-12345678")
    run("aws ssm put-parameter", TOKEN="agonr_x", **words)
    assert Formation(aws.client("cloudformation"), "agon-runners").is_whole


def test_the_site_has_a_key_and_quotas(run: Run, administrator: Client) -> None:
    run("agon sites key")
    with archive.packed(demo.EXAMPLE) as bundle:
        upload = administrator.upload(bundle, "bundle")
    done = administrator.wait_for_import(administrator.import_bundle(upload["id"])["id"])
    run("agon admin quota", ID=str(done["competition"]))
