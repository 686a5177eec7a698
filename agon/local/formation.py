"""A stack of CloudFormation's: what it is, what a template would change of it, and the change."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError, WaiterError

from agon.errors import StackFailed

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
#: What nobody can make anew.
WITH_DATA = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::Cognito::UserPool")
#: What has the address that people and runners were given.
WITH_ADDRESS = ("AWS::ApiGateway::RestApi", "AWS::CloudFront::Distribution")
#: What becomes of resources, the worst first. CloudFormation cannot always say before whether it replaces one.
ACTIONS = ("removed", "replaced", "perhaps replaced", "added", "adopted", "changed")
_QUICKLY = {"Delay": 1, "MaxAttempts": 300}
#: A distribution of CloudFront takes minutes, for each of its changes.
_PATIENTLY = {"Delay": 2, "MaxAttempts": 1800}
_BEGUN = ("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS")
_FAILED = ("CREATE_FAILED", "UPDATE_FAILED", "DELETE_FAILED")


@dataclass(frozen=True)
class Change:
    """The fate of one resource: `action` is one of ACTIONS, and `of` are the changed properties."""

    action: str
    name: str
    kind: str
    of: tuple[str, ...] = ()

    @property
    def loses_data(self) -> bool:
        """True when what is stored there would be in use no more."""
        return self.action in ("removed", "replaced", "perhaps replaced") and self.kind in WITH_DATA

    @property
    def loses_address(self) -> bool:
        """True when the site would not be where people and runners were told. What AWS has of these it changes in place,
        unless it says so for sure."""
        return self.action in ("removed", "replaced") and self.kind in WITH_ADDRESS


@dataclass(frozen=True)
class Plan:
    """A change set that waits to be carried out. `creates` says whether there is no stack yet; for `watched_minutes` after
    the change an alarm undoes it."""

    id: str
    creates: bool
    changes: tuple[Change, ...]
    watched_minutes: int = 0


class Formation:
    """A stack by its name, asked of CloudFormation through `client`."""

    def __init__(self, client: Any, name: str) -> None:
        self.name = name
        self._client = client

    @property
    def status(self) -> str | None:
        """CloudFormation's word for the state that it is in; None where there is no such stack."""
        found = self._described()
        return found["StackStatus"] if found else None

    @property
    def is_whole(self) -> bool:
        """True when it is there and its last change succeeded."""
        return self.status in ("CREATE_COMPLETE", "UPDATE_COMPLETE")

    def outputs(self) -> dict[str, str]:
        """Its outputs by name; none where there is no such stack."""
        return {one["OutputKey"]: one["OutputValue"] for one in (self._described() or {}).get("Outputs", [])}

    def parameters(self) -> dict[str, str]:
        """Its parameters by name; none where there is no such stack."""
        return {one["ParameterKey"]: one["ParameterValue"] for one in (self._described() or {}).get("Parameters", [])}

    def resources(self) -> dict[str, tuple[str, str]]:
        """The kind and the physical id of each of its resources, by the name that the template gives it."""
        pages = self._client.get_paginator("list_stack_resources").paginate(StackName=self.name)
        found = [one for page in pages for one in page["StackResourceSummaries"]]
        return {one["LogicalResourceId"]: (one["ResourceType"], one.get("PhysicalResourceId", "")) for one in found}

    def plan(
        self, template_url: str, parameters: Mapping[str, str], alarms: Sequence[str] = (), minutes: int = 0
    ) -> Plan | None:
        """A plan of what this template would change; None when nothing. Parameters that are not given get their defaults.

        The change is undone when one of these alarms (ARNs) rings within so many minutes after it. Raises StackFailed when
        CloudFormation cannot tell.
        """
        if self.status == "ROLLBACK_COMPLETE":
            # A first creation that failed: CloudFormation changes such a stack no more.
            self.remove()
        creates = self.status in (None, "REVIEW_IN_PROGRESS")
        minutes = minutes if alarms else 0
        change = self._client.create_change_set(
            StackName=self.name,
            ChangeSetName=f"agon-{time.time_ns()}",
            ChangeSetType="CREATE" if creates else "UPDATE",
            TemplateURL=template_url,
            Capabilities=CAPABILITIES,
            RollbackConfiguration={
                "RollbackTriggers": [{"Arn": arn, "Type": "AWS::CloudWatch::Alarm"} for arn in alarms],
                "MonitoringTimeInMinutes": minutes,
            },
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
        )["Id"]
        try:
            self._client.get_waiter("change_set_create_complete").wait(ChangeSetName=change, WaiterConfig=_QUICKLY)
        except WaiterError as error:
            reason = error.last_response.get("StatusReason", "")
            if _is_unchanged(reason):
                self._client.delete_change_set(ChangeSetName=change)
                return None
            raise StackFailed(f"CloudFormation cannot tell what would change of {self.name}: {reason or error}") from error
        return Plan(change, creates, tuple(self._changes(change)), minutes)

    def give_up(self, plan: Plan) -> None:
        """Forget a plan, and the empty stack that a first one made."""
        self._client.delete_change_set(ChangeSetName=plan.id)
        if plan.creates:
            self._client.delete_stack(StackName=self.name)

    def carry_out(self, plan: Plan) -> None:
        """Change the stack. What fails is rolled back; raises StackFailed with what was said of the first failure."""
        self._client.execute_change_set(ChangeSetName=plan.id)
        self._wait("stack_create_complete" if plan.creates else "stack_update_complete")

    def remove(self) -> None:
        """Delete it, but for what its template keeps. Raises StackFailed."""
        # By its id, by which CloudFormation knows it still when it is deleted.
        whole = self._described()
        if whole:
            self._client.delete_stack(StackName=self.name)
            self._wait("stack_delete_complete", whole["StackId"])

    def _wait(self, end: str, stack: str | None = None) -> None:
        try:
            self._client.get_waiter(end).wait(StackName=stack or self.name, WaiterConfig=_PATIENTLY)
        except WaiterError as error:
            raise StackFailed(f"{self.name} was not changed. {self._why() or error}") from error

    def _why(self) -> str:
        """What was said of the resource that failed first, of the newest change."""
        reasons = []
        for event in self._events():
            is_own, status = event["LogicalResourceId"] == self.name, event["ResourceStatus"]
            if is_own and status in _BEGUN:
                break
            if status in _FAILED and not is_own:
                reasons.append(f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', 'no reason was given')}")
        return (reasons or self._refusals() or [""])[-1]

    def _events(self) -> Iterator[dict[str, Any]]:
        """Its events, the newest first."""
        for page in self._client.get_paginator("describe_stack_events").paginate(StackName=self.name):
            yield from page["StackEvents"]

    def _refusals(self) -> list[str]:
        """What CloudFormation said of what it did not even begin."""
        told = self._client.describe_events(StackName=self.name, Filters={"FailedEvents": True})["OperationEvents"]
        return [
            f"{one['LogicalResourceId']}: {one['ValidationStatusReason']}" for one in told if "ValidationStatusReason" in one
        ]

    def _described(self) -> dict[str, Any] | None:
        try:
            [found] = self._client.describe_stacks(StackName=self.name)["Stacks"]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise
        return None if found["StackStatus"] == "DELETE_COMPLETE" else dict(found)

    def _changes(self, change: str) -> Iterator[Change]:
        for page in self._client.get_paginator("describe_change_set").paginate(ChangeSetName=change):
            for one in page["Changes"]:
                yield _change(one["ResourceChange"])


def _change(told: Mapping[str, Any]) -> Change:
    of = {detail["Target"].get("Name") or detail["Target"]["Attribute"] for detail in told.get("Details", [])}
    changed = {"True": "replaced", "Conditional": "perhaps replaced"}.get(told.get("Replacement", ""), "changed")
    action = {"Add": "added", "Remove": "removed", "Import": "adopted"}.get(told["Action"], changed)
    return Change(
        action,
        told["LogicalResourceId"],
        told["ResourceType"],
        tuple(sorted(of)),
    )


def _is_unchanged(reason: str) -> bool:
    # CloudFormation calls a change set without changes a failed one.
    return "contain changes" in reason or "No updates" in reason
