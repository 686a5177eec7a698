"""`python -m runner check` says in words what is wrong with a machine."""

import os
import re
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest

from runner import check, container, gpus, images, seccomp, systemd


@pytest.fixture
def said(capsys, docker):
    """Runs the checks with these settings; the exit code and the lines."""

    def run(settings) -> tuple[int, list[str]]:
        code = check.run(settings)
        return code, capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def _nothing_outside(monkeypatch):
    """Addresses that refuse at once, for tests that are about something else than the network."""
    monkeypatch.setattr(check, "OUTSIDE", "127.0.0.1:9")
    monkeypatch.setattr(check, "METADATA", "127.0.0.1:9")


@pytest.fixture
def metadata_service(docker):
    """A service that answers whatever a cloud's would, where containers with a network find it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_PUT = do_GET

        def log_message(self, *_):
            pass

    network = docker.inspect_network("bridge")["IPAM"]["Config"][0]
    gateway = network.get("Gateway") or str(next(ip_network(network["Subnet"]).hosts()))
    server = ThreadingHTTPServer((gateway, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"{gateway}:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_good_machine_is_said_to_be_good(said, settings):
    code, lines = said(settings)
    assert [line for line in lines if not line.startswith("good")] == []
    assert code == 0 and len(lines) == 11
    assert any(line.startswith("good  links: a scoring program follows none") for line in lines)


@pytest.mark.usefixtures("_nothing_outside")
def test_system_calls_that_a_container_must_not_make_are_tried_and_named(said, settings, monkeypatch):
    _, lines = said(settings)
    assert any(line.startswith("good  system calls") for line in lines)
    monkeypatch.setattr(seccomp, "_ALLOWED", f"{seccomp._ALLOWED} ptrace")
    monkeypatch.setattr(container, "_PROTECTION", {**container._PROTECTION, "security_opt": [seccomp.option()]})
    code, lines = said(settings)
    bad = [line for line in lines if line.startswith("BAD")]
    assert code == 1 and len(bad) == 1 and bad[0].startswith("BAD   system calls: A container may trace:")


@pytest.mark.usefixtures("_nothing_outside")
def test_a_missing_image_is_named_and_the_rest_is_looked_at(said, settings, monkeypatch):
    monkeypatch.setattr(images, "_PAUSE_SECONDS", 0.01)
    code, lines = said(replace(settings, image="localhost:1/no/such:image"))
    assert code == 1
    assert any(line.startswith("BAD") and "localhost:1/no/such:image" in line for line in lines)
    assert any(line.startswith("good  API") for line in lines)


@pytest.mark.usefixtures("_nothing_outside")
def test_a_wrong_token_and_a_wrong_address_are_told_apart(said, settings, backend):
    _, lines = said(replace(settings, token="agonr_wrong"))
    assert any(line.startswith("BAD") and "Unknown token." in line for line in lines)
    _, lines = said(replace(settings, api="http://127.0.0.1:9/api"))
    assert any(line.startswith("BAD") and "did not answer" in line for line in lines)


def test_a_docker_that_does_not_answer_is_said_so(said, settings):
    code, lines = said(replace(settings, docker_host="unix:///nowhere.sock"))
    assert code == 1 and any(line.startswith("BAD   Docker: Docker does not answer") for line in lines)


@pytest.mark.usefixtures("_nothing_outside")
def test_too_little_disk_is_said_so(said, settings, monkeypatch):
    monkeypatch.setattr(check, "LEAST_FREE_BYTES", 2**60)
    code, lines = said(settings)
    assert code == 1 and any(line.startswith("BAD   disk") and "GiB free" in line for line in lines)


def test_a_container_that_reaches_the_clouds_metadata_is_said_so(said, settings, docker, metadata_service, monkeypatch):
    monkeypatch.setattr(check, "METADATA", metadata_service)
    code, lines = said(settings)
    assert code == 1
    bad = [line for line in lines if line.startswith("BAD")]
    assert len(bad) == 1 and "network" in bad[0] and "hop limit of 1" in bad[0]


def test_an_open_network_is_told_from_a_closed_one(said, settings, metadata_service, monkeypatch):
    monkeypatch.setattr(check, "OUTSIDE", metadata_service)
    code, lines = said(settings)
    assert code == 0 and any("and reaches the internet" in line for line in lines)


@pytest.mark.usefixtures("_nothing_outside")
def test_a_gpu_that_docker_cannot_hand_out_is_said_so(said, settings, tmp_path, monkeypatch, docker):
    if "nvidia" in docker.info()["Runtimes"]:
        pytest.skip("This Docker can hand out a GPU.")
    (tmp_path / "nvidia-smi").write_text("#!/bin/sh\necho '0, NVIDIA A100, 40960'\n")
    (tmp_path / "nvidia-smi").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    code, lines = said(settings)
    bad = [line for line in lines if line.startswith("BAD")]
    assert code == 1 and len(bad) == 1 and bad[0].startswith("BAD   GPU: Docker cannot hand out GPUs")
    assert "NVIDIA Container Toolkit" in bad[0]
    assert any("1 job at once" in line and "1 GPU" in line for line in lines)


@pytest.mark.gpu
def test_a_gpu_is_seen_inside_the_competition_image(said, settings):
    found = gpus.find()
    if not found:
        pytest.skip("This machine has no GPU.")
    _, lines = said(settings)
    assert any(line.startswith("good  GPU") and found[0].name in line for line in lines)


@pytest.mark.usefixtures("_nothing_outside")
def test_a_gpu_that_is_not_there_is_named(said, settings):
    code, lines = said(replace(settings, gpus="42"))
    assert code == 1 and any(line.startswith("BAD   GPU") and "no GPU 42" in line for line in lines)


@pytest.mark.usefixtures("_nothing_outside")
def test_a_clock_that_is_wrong_is_said_so(said, settings, backend):
    backend.clock_behind_seconds = 600
    code, lines = said(settings)
    # An answer's Date has no fractions of a second.
    assert code == 1 and any(re.match(r"BAD .*clock is \+(599|600|601) s off", line) for line in lines)


def test_the_systemd_unit_holds_no_token(settings):
    unit = systemd.unit(settings)
    assert settings.token not in unit and "AGON_RUNNER_TOKEN_FILE" in unit
    assert f"AGON_API={settings.api}" in unit and "RestartPreventExitStatus=2" in unit
    told, _, _ = unit.partition("[Unit]")
    assert "the token as /etc/agon-runner/token" in told
