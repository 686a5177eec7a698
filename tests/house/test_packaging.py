"""What is installed elsewhere than here: the runner's image. What a plain `pip install` brings is in test_wheel.py."""

import re
import tomllib

from tests.house.sources import ROOT

RECIPE = (ROOT / "infra/images/runner/Dockerfile").read_text()
SCRIPT = (ROOT / "infra/setup/runner_image.sh").read_text() + (ROOT / "infra/setup/own_wheel.sh").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_the_runners_image_is_made_of_what_is_fetched_and_installs_what_the_runner_needs() -> None:
    [copied] = re.findall(r"^COPY (\S+) \S+$", RECIPE, re.M)
    assert f"$context/{copied}" in SCRIPT and "--no-index" in RECIPE
    [names] = re.findall(r"tar --exclude=__pycache__ -c (.+) \|", SCRIPT)
    assert all((ROOT / name).exists() for name in names.split())
    assert {"setup.py", "pyproject.toml", "agon", "chalicelib", "runner"} <= set(names.split())
    assert '"agon-competitions[runner]"' in RECIPE and "runner" in PROJECT["project"]["optional-dependencies"]
    assert PROJECT["project"]["scripts"]["agon-runner"] == "runner.__main__:main"


def test_the_runners_image_drains_when_it_is_stopped_and_holds_no_secret() -> None:
    # The shell form would swallow SIGTERM, and a token in an image is everybody's.
    assert 'ENTRYPOINT ["agon-runner"]' in RECIPE and "STOPSIGNAL SIGTERM" in RECIPE
    assert "TOKEN" not in RECIPE
