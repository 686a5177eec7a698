"""What the stack's policies grant its functions, statement by statement, as they are written."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
#: Which function each role of the template is.
ROLES = {"ApiHandlerRole": "api", "OnTaskRole": "on_task", "SweepRole": "sweep"}


@dataclass(frozen=True)
class Grant:
    """One action on one resource, with the statement that allows a function to do it."""

    function: str
    sid: str
    action: str
    resource: str


@cache
def grants() -> tuple[Grant, ...]:
    """Every grant of the three functions: of their own policies, and of those that the template has beside."""
    own = [(path.stem, json.loads(path.read_text())) for path in sorted((ROOT / "infra/policies").glob("*.json"))]
    return tuple(grant for function, policy in [*own, *_beside()] for grant in _of(function, policy))


def _beside() -> Iterator[tuple[str, dict[str, Any]]]:
    template = yaml.load((ROOT / "template.yaml").read_text(), _Loader)
    for resource in template["Resources"].values():
        for role in resource["Properties"].get("Roles", ()) if resource["Type"] == "AWS::IAM::Policy" else ():
            policy = resource["Properties"]
            statements = [{"Sid": policy["PolicyName"], **one} for one in policy["PolicyDocument"]["Statement"]]
            yield ROLES[role["Ref"]], {"Statement": statements}


def _of(function: str, policy: dict[str, Any]) -> Iterator[Grant]:
    for statement in policy["Statement"]:
        if statement["Effect"] == "Allow":
            for action in _listed(statement["Action"]):
                for resource in _listed(statement["Resource"]):
                    yield Grant(function, statement["Sid"], action, _written(resource))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _written(resource: Any) -> str:
    """A resource as a text, in which names of the template stand as `Fn::Sub` writes them."""
    if isinstance(resource, str):
        return resource
    if "Fn::GetAtt" in resource:
        named = resource["Fn::GetAtt"]
        return f"${{{named if isinstance(named, str) else '.'.join(named)}}}"
    return str(resource["Fn::Sub"]) if isinstance(resource.get("Fn::Sub"), str) else "*"


class _Loader(yaml.SafeLoader):
    """Reads CloudFormation's short forms as its long ones."""


def _short(loader: yaml.Loader, suffix: str, node: yaml.Node) -> Any:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)} if isinstance(node, yaml.MappingNode) else None


_Loader.add_multi_constructor("!", _short)
