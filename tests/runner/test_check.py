"""`python -m runner check` says in words what is wrong with a machine."""

import gc
from dataclasses import replace

import pytest

from runner import check, systemd


@pytest.fixture
def said(capsys, docker):
    """Runs the checks with these settings; the exit code and the lines."""

    def run(settings) -> tuple[int, list[str]]:
        code = check.run(settings)
        return code, capsys.readouterr().out.splitlines()

    return run


def test_a_good_machine_is_said_to_be_good(said, settings):
    code, lines = said(settings)
    assert [line for line in lines if not line.startswith("good")] == []
    assert code == 0 and len(lines) == 4


def test_a_missing_image_is_named(said, settings):
    code, lines = said(replace(settings, image="localhost:1/no/such:image"))
    assert code == 1
    assert any(line.startswith("BAD") and "localhost:1/no/such:image" in line for line in lines)


def test_a_wrong_token_and_a_wrong_address_are_told_apart(said, settings, backend):
    _, lines = said(replace(settings, token="agonr_wrong"))
    assert any(line.startswith("BAD") and "Unknown token." in line for line in lines)
    _, lines = said(replace(settings, api="http://127.0.0.1:9/api"))
    assert any(line.startswith("BAD") and "did not answer" in line for line in lines)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_docker_that_does_not_answer_is_said_so(said, settings):
    code, lines = said(replace(settings, docker_host="unix:///nowhere.sock"))
    gc.collect()  # Docker's client leaves its socket open when it cannot connect; here it does not trouble other tests.
    assert code == 1 and any(line.startswith("BAD   Docker: Docker does not answer") for line in lines)


def test_too_little_disk_is_said_so(said, settings, monkeypatch):
    monkeypatch.setattr(check, "LEAST_FREE_BYTES", 2**60)
    code, lines = said(settings)
    assert code == 1 and any(line.startswith("BAD   disk") and "GiB free" in line for line in lines)


def test_the_systemd_unit_holds_no_token(settings):
    unit = systemd.unit(settings)
    assert settings.token not in unit and "AGON_RUNNER_TOKEN_FILE" in unit
    assert f"AGON_API={settings.api}" in unit and "RestartPreventExitStatus=2" in unit
