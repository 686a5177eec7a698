"""What checkov is told to leave: infra/setup/security.yaml."""

import re

import yaml

from tests.house.sources import ROOT

FILE = ROOT / "infra/setup/security.yaml"


def test_each_check_that_is_left_out_has_its_reason_above_it() -> None:
    text = FILE.read_text()
    left = yaml.safe_load(text)["skip-check"]
    argued = re.findall(r"^  # (\S.{40,})\n  - (CKV2?_AWS_\d+)$", text, re.MULTILINE)
    assert [check for _, check in argued] == left == sorted(set(left), key=lambda check: int(check.rpartition("_")[2]))


def test_every_template_is_looked_at() -> None:
    script = (ROOT / "infra/setup/security.sh").read_text()
    for template in ("build/stack/sam.yaml", "infra/console.yaml", "infra/runner-host/fleet.yaml"):
        assert template in script
