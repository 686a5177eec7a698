"""Which alarms undo a change of a stack that makes them ring."""

from agon.local.formation import Formation
from infra.deploy.account import Account

#: Of template.yaml: those that ring for what a bad version does, and not for what people or runners do.
ALARMS = ("ApiErrors", "TasksFail")


def alarms(account: Account, formation: Formation) -> list[str]:
    """The ARNs of those alarms of a stack that are there, and calm: one that rings already would undo what mends it."""
    known = formation.resources()
    names = [known[name][1] for name in ALARMS if name in known]
    if not names:
        return []
    found = account.client("cloudwatch").describe_alarms(AlarmNames=names)["MetricAlarms"]
    return sorted(one["AlarmArn"] for one in found if one["StateValue"] != "ALARM")
