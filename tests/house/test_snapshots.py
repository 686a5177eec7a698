"""What begins from one image of memory: SnapStart's functions (infra/setup/target.py), and the emulator's, forks of one
program (agon/local/function_workers.py)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.setup import limits, target


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged template, for Python 3.13 on arm64 and from snapshots."""
    copy = tmp_path_factory.mktemp("packaged") / "sam.yaml"
    shutil.copyfile(limits.packaged() / "sam.yaml", copy)
    target.main(copy, "3.13", "arm64", "snap-start")
    return copy


@pytest.fixture(scope="module")
def resources(template: Path) -> dict[str, dict[str, Any]]:
    """Its resources, as SAM's transform leaves them."""
    found: dict[str, dict[str, Any]] = limits.expanded(yaml.safe_load(template.read_text()))["Resources"]
    return found


def of(resources: dict[str, dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    return {name: one["Properties"] for name, one in resources.items() if one["Type"] == f"AWS::Lambda::{kind}"}


def test_the_api_alone_is_started_from_a_snapshot_of_a_published_version(resources: dict[str, dict[str, Any]]) -> None:
    functions = of(resources, "Function")
    assert [name for name, one in functions.items() if "SnapStart" in one] == ["APIHandler"]
    assert functions["APIHandler"]["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert {(one["Runtime"], *one["Architectures"]) for one in functions.values()} == {("python3.13", "arm64")}
    [version], [alias] = of(resources, "Version"), of(resources, "Alias").values()
    assert alias["Name"] == "live" and alias["FunctionVersion"]["Fn::GetAtt"] == [version, "Version"]


def test_every_route_calls_that_version_and_api_gateway_may(resources: dict[str, dict[str, Any]]) -> None:
    [alias] = of(resources, "Alias")
    paths = resources["RestAPI"]["Properties"]["Body"]["paths"]
    called = [
        verb["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
        for verbs in paths.values()
        for name, verb in verbs.items()
        if verb.get("x-amazon-apigateway-integration", {}).get("type") == "aws_proxy"
    ]
    assert len(called) > 200 and all("functions/${APIHandler.Arn}:live/invocations" in uri for uri in called)
    assert of(resources, "Permission")["APIHandlerInvokePermission"]["FunctionName"] == {"Ref": alias}


def test_no_module_reads_a_setting_of_its_function_while_it_is_read() -> None:
    nobodys = {name: value for name, value in os.environ.items() if not name.startswith(("AGON_", "AWS_"))}
    program = """
import sys
import app
from chalicelib import settings
for module in list(sys.modules.values()):
    getattr(module, "__file__", None)
print(settings.get.cache_info().currsize)
"""
    said = subprocess.run([sys.executable, "-c", program], env=nobodys, check=True, capture_output=True, text=True).stdout
    assert said == "0\n"
