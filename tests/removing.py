"""Rights taken away one after the other: `python -m tests.removing`.

For each statement of each function a stack is deployed to an emulator that enforces IAM, the statement is taken out of the
function's role, and system tests run until one fails: first the one that failed before, of which `tests/removed.json` tells,
then all of them. A statement without which none fails is one too many, or there is something that no system test does. What
fails is run once more with the statement: a test that ran out of time on a busy machine would prove nothing.
`python -m tests.rights` asks the same of each action, in the suite of the API.

    python -m tests.removing                            # all, by the known tests: an hour, where nothing has changed
    python -m tests.removing api:Exports sweep:Table    # these
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from agon.local.formation import Formation
from tests.policies import ROLES, ROOT, grants
from tests.rights import ELSEWHERE
from tests.stack import DeployedStack

#: The test that misses each statement, as it was seen last.
FOUND = ROOT / "tests/removed.json"
#: Those that do much come first, and the rest of the folder after them.
FIRST = ("first_competition", "bundles", "sharing", "queues", "mail", "webhooks", "forum", "deletion", "storage", "clearing")
SECONDS = 3600


def statements() -> Iterator[str]:
    """FUNCTION:SID of each that a call of the functions' own uses."""
    known = dict.fromkeys((one.function, one.sid) for one in grants())
    yield from (f"{function}:{sid}" for function, sid in known if not {(function, sid), ("*", sid)} & ELSEWHERE.keys())


def without(stack: DeployedStack, statement: str) -> None:
    """Take FUNCTION:SID out of its function's role. Raises LookupError where the role has it not."""
    function, _, sid = statement.partition(":")
    resources = Formation(stack.aws("cloudformation"), "agon").resources()
    iam, role = stack.aws("iam"), resources[next(name for name, of in ROLES.items() if of == function)][1]
    for name in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        document: dict[str, Any] = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        left = [one for one in document["Statement"] if one.get("Sid", name) != sid]
        if len(left) == len(document["Statement"]):
            continue
        if left:
            document["Statement"] = left
            iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(document))
        else:
            iam.delete_role_policy(RoleName=role, PolicyName=name)
        return
    raise LookupError(f"{role} has no statement {sid}.")


def missed_by(statement: str, known: str) -> str:
    """The first system test that fails without it, and not with it; "" when none does. The one that is `known` is first."""
    files = [f"tests/system/test_{name}.py" for name in FIRST]
    for chosen in ([known] if known else [], [*files, "tests/system"]):
        failed = failing(chosen, f"--without={statement}") if chosen else ""
        if failed and not failing([failed]):
            return failed
    return ""


def failing(chosen: list[str], *more: str) -> str:
    """The first of these system tests that fails; "" when none does."""
    words = ["-x", "-q", "--no-header", "-p", "no:cacheprovider", *more, *chosen]
    done = subprocess.run([sys.executable, "-m", "pytest", *words], capture_output=True, text=True, timeout=SECONDS)
    if done.returncode == 0:
        return ""
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    if not failed:
        raise RuntimeError(f"pytest did not run: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return str(failed[0])


def main(chosen: list[str]) -> int:
    """The exit status; says of each statement which test misses it."""
    found: dict[str, str] = json.loads(FOUND.read_text())
    missed = {}
    for statement in chosen or statements():
        missed[statement] = missed_by(statement, found.get(statement, ""))
        print(f"{statement}: {missed[statement] or 'NO TEST MISSES IT'}", flush=True)
        if missed[statement]:
            FOUND.write_text(json.dumps(dict(sorted({**found, **missed}.items())), indent=1) + "\n")
    return 0 if all(missed.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
