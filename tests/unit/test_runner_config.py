"""What a runner can be told, and what it says when it was told too little."""

import pytest

from runner import config

ENVIRONMENT = {"AGON_API": "http://127.0.0.1:4566/api/", "AGON_RUNNER_TOKEN": "agonr_x", "AGON_RUNNER_HOME": "/tmp/r"}


def test_the_environment_is_enough():
    found = config.read(["run"], {**ENVIRONMENT, "AWS_ENDPOINT_URL": "http://127.0.0.1:4566"})
    assert found.api == "http://127.0.0.1:4566/api" and found.token == "agonr_x"
    assert str(found.home) == "/tmp/r" and found.sqs_endpoint == "http://127.0.0.1:4566"
    assert found.image == config.DEFAULT_IMAGE and found.limits.memory_bytes > 0 and found.poll_seconds == 20


def test_flags_win_over_the_environment(tmp_path):
    token = tmp_path / "token"
    token.write_text("agonr_file\n")
    flags = ["run", "--api", "https://agon.example/api", "--token-file", str(token), "--name", "gpu 1/é", "--pids", "9"]
    found = config.read([*flags, "--memory-mib", "100", "--cpus", "1.5"], ENVIRONMENT)
    assert found.api == "https://agon.example/api" and found.token == "agonr_file" and found.name == "gpu-1--"
    assert (found.limits.memory_bytes, found.limits.cpus, found.limits.pids) == (100 * 2**20, 1.5, 9)


def test_images_of_this_machine_and_the_most_that_a_step_may_take_are_said_by_flag_or_environment():
    found = config.read(["run", "--local-images", "lab/*, tool:1", "--max-time-limit", "60"], ENVIRONMENT)
    assert (found.local_images, found.max_time_limit_seconds) == (("lab/*", "tool:1"), 60)
    said = {"AGON_RUNNER_LOCAL_IMAGES": "lab/*", "AGON_RUNNER_MAX_TIME_LIMIT": "9"}
    assert config.read(["run"], {**ENVIRONMENT, **said}).max_time_limit_seconds == 9
    with pytest.raises(config.BadConfig, match="--max-time-limit is 0"):
        config.read(["run", "--max-time-limit", "0"], ENVIRONMENT)


@pytest.mark.parametrize(("missing", "word"), [("AGON_API", "AGON_API"), ("AGON_RUNNER_TOKEN", "AGON_RUNNER_TOKEN")])
def test_what_is_missing_is_named(missing, word):
    with pytest.raises(config.BadConfig, match=word):
        config.read(["run"], {name: value for name, value in ENVIRONMENT.items() if name != missing})


def test_a_runner_sends_no_token_in_the_clear_beyond_its_machine():
    with pytest.raises(config.BadConfig, match="AGON_API: http://agon.example/api has no encryption"):
        config.read(["run"], {**ENVIRONMENT, "AGON_API": "http://agon.example/api"})


def test_a_token_file_that_cannot_be_read_is_named():
    with pytest.raises(config.BadConfig, match="/no/such/file"):
        config.read(["run", "--token-file", "/no/such/file"], ENVIRONMENT)


def test_the_token_is_no_flag():
    with pytest.raises(SystemExit):
        config.read(["run", "--token", "agonr_x"], ENVIRONMENT)


def test_a_unit_can_be_printed_without_a_token():
    assert config.read(["systemd"], {}).command == "systemd"
