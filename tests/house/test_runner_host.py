"""What infra/runner-host sets up: templates that are valid, and machines that can do no more than they must."""

import itertools
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from runner import config, systemd
from tests.house import templates
from tests.house.sources import ROOT

HOST = ROOT / "infra/runner-host"
FLEET = HOST / "fleet.yaml"


@pytest.fixture(scope="module")
def resources() -> dict[str, Any]:
    return templates.read(FLEET)["Resources"]


def test_the_fleets_template_is_valid() -> None:
    # It stands beside this interpreter, whether or not its folder is on the path.
    linted = subprocess.run([Path(sys.executable).parent / "cfn-lint", FLEET], capture_output=True, text=True)
    assert (linted.returncode, linted.stdout) == (0, "")


def test_a_machine_of_the_fleet_may_read_its_token_and_nothing_else(resources: dict[str, Any]) -> None:
    (policy,) = resources["Role"]["Properties"]["Policies"]
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert statement["Action"] == "ssm:GetParameter"
    assert statement["Resource"].endswith(":parameter/${TokenParameter}")
    assert "ManagedPolicyArns" not in resources["Role"]["Properties"]


def test_nobody_reaches_a_machine_of_the_fleet_and_no_container_its_credentials(resources: dict[str, Any]) -> None:
    assert resources["SecurityGroup"]["Properties"]["SecurityGroupIngress"] == []
    options = resources["LaunchTemplate"]["Properties"]["LaunchTemplateData"]["MetadataOptions"]
    assert (options["HttpTokens"], options["HttpPutResponseHopLimit"]) == ("required", 1)


def test_the_fleet_begins_and_ends_with_no_machine(resources: dict[str, Any]) -> None:
    fleet, data = resources["Fleet"]["Properties"], resources["LaunchTemplate"]["Properties"]["LaunchTemplateData"]
    assert fleet["MinSize"] == "0" and "DesiredCapacity" not in fleet
    assert fleet["NewInstancesProtectedFromScaleIn"], "a job may run when nothing waits any more"
    assert data["InstanceInitiatedShutdownBehavior"] == "terminate"
    (step,) = resources["Shrink"]["Properties"]["StepAdjustments"]
    assert (resources["Shrink"]["Properties"]["AdjustmentType"], step["ScalingAdjustment"]) == ("ExactCapacity", 0)


def test_what_a_machine_runs_first_is_a_script_that_parses(resources: dict[str, Any]) -> None:
    script = resources["LaunchTemplate"]["Properties"]["LaunchTemplateData"]["UserData"]["Fn::Base64"]
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)
    assert script.startswith("#!/bin/bash\n")
    assert "SuccessAction=poweroff" in script and "\nEND\n" in script
    known(re.findall(r"AGON_[A-Z_]+", script))


def test_a_spot_machine_takes_no_other_job_when_ec2_tells_of_its_end_and_then_gives_back_what_it_has(
    resources: dict[str, Any], tmp_path: Path
) -> None:
    setup = resources["LaunchTemplate"]["Properties"]["LaunchTemplateData"]["UserData"]["Fn::Base64"]
    [script] = re.findall(r"<<'NOTICE'\n(.+?)^NOTICE$", setup, re.MULTILINE | re.DOTALL)
    # Its other words are noted, in place of what they would do.
    for word in ("systemctl", "sleep"):
        (tmp_path / word).write_text(f'#!/bin/bash\necho {word} "$@" >> {tmp_path}/said\n')
        (tmp_path / word).chmod(0o755)
    with metadata_service(notice_at=3) as address:
        here = script.replace("http://169.254.169.254/latest", address)
        path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
        subprocess.run(["bash", "-c", here], env={"PATH": path}, check=True, timeout=30, stdout=subprocess.DEVNULL)
    term = "systemctl kill --kill-who=main --signal=TERM agon-runner"
    assert (tmp_path / "said").read_text().splitlines() == ["sleep 5", "sleep 5", term, "sleep 75", term]


@contextmanager
def metadata_service(notice_at: int) -> Iterator[str]:
    """EC2's, of version 2: without a token it answers nothing. The notice is there from that question on."""
    asked = itertools.count(1)

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            self.answer(200, b"token" if self.headers["X-aws-ec2-metadata-token-ttl-seconds"] else b"")

        def do_GET(self) -> None:
            known = self.path == "/meta-data/spot/instance-action" and self.headers["X-aws-ec2-metadata-token"] == "token"
            self.answer(200, b'{"action": "terminate"}') if known and next(asked) >= notice_at else self.answer(404, b"")

        def answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_cloud_init_sets_up_the_same_service() -> None:
    text = (HOST / "cloud-init.yaml").read_text()
    read = yaml.safe_load(text)
    assert text.startswith("#cloud-config\n")
    token, settings = read["write_files"]
    assert token["permissions"] == "0600" and "AGON_RUNNER_TOKEN=" not in settings["content"]
    for command in read["runcmd"]:
        subprocess.run(["bash", "-n"], input=command, text=True, check=True)
    assert any("agon-runner systemd > /etc/systemd/system/agon-runner.service" in command for command in read["runcmd"])
    known(re.findall(r"AGON_[A-Z_]+", settings["content"]))


def test_the_unit_passes_on_what_the_environment_said() -> None:
    said = {"AGON_API": "https://agon.example/api", "AGON_RUNNER_SLOTS": "3", "AGON_RUNNER_GPUS": "0,1",
            "AGON_RUNNER_LABELS": "lab", "AGON_RUNNER_IDLE_MINUTES": "10"}  # fmt: skip
    unit = systemd.unit(config.read(["systemd", "--token-file", "/etc/hostname"], said))
    for name, value in said.items():
        assert f'Environment="{name}={value}"' in unit


@pytest.fixture(scope="module")
def pod() -> dict[str, Any]:
    manifests = {one["kind"]: one for one in yaml.safe_load_all((HOST / "kubernetes.yaml").read_text())}
    assert manifests.keys() == {"Namespace", "Secret", "NetworkPolicy", "Deployment"}
    assert manifests["NetworkPolicy"]["spec"]["ingress"] == []
    return dict(manifests["Deployment"]["spec"]["template"]["spec"])


def test_a_pod_has_its_own_engine_and_the_runner_in_it_no_right_in_the_cluster(pod: dict[str, Any]) -> None:
    (engine,), (own,) = pod["initContainers"], pod["containers"]
    assert pod["automountServiceAccountToken"] is False and not any("hostPath" in one for one in pod["volumes"])
    assert engine["restartPolicy"] == "Always" and engine["securityContext"] == {"privileged": True}
    assert own["securityContext"]["capabilities"]["drop"] == ["ALL"]
    assert own["securityContext"]["allowPrivilegeEscalation"] is False


def test_what_a_pods_runner_says_is_known_and_its_folder_is_the_engines(pod: dict[str, Any]) -> None:
    (engine,), (own,) = pod["initContainers"], pod["containers"]
    said = {one["name"]: one.get("value") for one in own["env"]}
    known([name for name in said if name.startswith("AGON_")])
    assert f"--host={said['DOCKER_HOST']}" in engine["args"]
    places = [{one["name"]: one["mountPath"] for one in container["volumeMounts"]} for container in (engine, own)]
    assert places[0] == places[1] | {"images": "/var/lib/docker"}
    home = re.findall(r"AGON_RUNNER_HOME=(\S+)", (ROOT / "infra/images/runner/Dockerfile").read_text())
    assert home == [places[1]["work"]]
    assert config.read(own["args"], {"AGON_RUNNER_TOKEN": "agonr_x", "AGON_API": "https://x/api"}).command == "run"


def known(names: list[str]) -> None:
    """Each is a variable that the runner reads."""
    assert names and [name for name in names if name not in Path(config.__file__).read_text()] == []
