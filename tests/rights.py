"""Rights that the functions have and that no test of the API made use of: `python -m tests.rights`, after the whole suite.

A right that nothing uses is one too many, or there is something that no test does. Either is to be mended, and not excused:
`ELSEWHERE` has what AWS itself does with a function's role, and what other tests hold.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.policies import Grant, grants

NOTED = Path(__file__).parents[1] / ".cache/rights"
#: Statements of rights that no call of the code's own uses, and why they are there.
ELSEWHERE = {
    ("*", "Logs"): "Lambda writes what functions print.",
    ("on_task", "TasksQueue"): "Lambda polls the queue by the function's role.",
    ("on_task", "mail-sending"): "system/test_mail.py: in the suite of the API letters are taken before they reach boto3.",
}


def main() -> int:
    """The exit status; says which rights no test used."""
    files = sorted(NOTED.glob("*.json"))
    if not files:
        print(f"{NOTED} has nothing: run the tests of the API first.")
        return 1
    found = unused(tuple(one) for file in files for one in json.loads(file.read_text()))
    for grant in found:
        print(f"{grant.function}: no test uses {grant.action} of {grant.resource} ({grant.sid}).")
    return 1 if found else 0


def unused(noted: Iterable[tuple[str, ...]]) -> list[Grant]:
    """The grants that nobody used: a statement's action that was used of none of its resources, and a resource of which
    none of its actions was. That every action is used of every resource of one statement is not asked for."""
    used = set(noted)
    actions = {(function, sid, action) for function, sid, action, _ in used}
    resources = {(function, sid, resource) for function, sid, _, resource in used}
    return [
        grant
        for grant in grants()
        if (grant.function, grant.sid) not in ELSEWHERE
        and ("*", grant.sid) not in ELSEWHERE
        and (
            (grant.function, grant.sid, grant.action) not in actions
            or (grant.function, grant.sid, grant.resource) not in resources
        )
    ]


if __name__ == "__main__":
    sys.exit(main())
