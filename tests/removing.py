"""Rights taken away one after the other: `python -m tests.removing`, which takes hours.

For each statement of each function a stack is deployed to an emulator that enforces IAM, the statement is taken out of the
function's role, and the system tests run until one fails. A statement without which none fails is one too many, or there is
something that no system test does. Whatever fails is taken for missing it, so let the machine do nothing else meanwhile: a
test that ran out of time would be one. `python -m tests.rights` asks the same of each action, in the suite of the API.

    python -m tests.removing                            # all that were not looked at yet; .cache/removing.json has the rest
    python -m tests.removing api:Exports sweep:Table    # these
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agon.local.formation import Formation
from tests.policies import ROLES, grants
from tests.rights import ELSEWHERE
from tests.stack import DeployedStack

FOUND = Path(__file__).parents[1] / ".cache/removing.json"
#: Those that do much come first, and the rest of the folder after them.
FIRST = ("first_competition", "bundles", "sharing", "queues", "mail", "webhooks", "forum", "deletion", "storage")
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


def missed_by(statement: str) -> str:
    """The first system test that fails without it; "" when none does."""
    files = [f"tests/system/test_{name}.py" for name in FIRST]
    words = ["-x", "-q", "--no-header", "-p", "no:cacheprovider", f"--without={statement}", *files, "tests/system"]
    done = subprocess.run([sys.executable, "-m", "pytest", *words], capture_output=True, text=True, timeout=SECONDS)
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    if done.returncode == 0:
        return ""
    if not failed:
        raise RuntimeError(f"pytest did not run: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return str(failed[0])


def main(chosen: list[str]) -> int:
    """The exit status; says of each statement which test misses it."""
    found: dict[str, str] = json.loads(FOUND.read_text()) if FOUND.exists() else {}
    for statement in chosen or [one for one in statements() if one not in found]:
        found[statement] = missed_by(statement)
        FOUND.parent.mkdir(exist_ok=True)
        FOUND.write_text(json.dumps(found, indent=1))
        print(f"{statement}: {found[statement] or 'NO TEST MISSES IT'}", flush=True)
    return 0 if all(found.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
