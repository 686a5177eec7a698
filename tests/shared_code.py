"""Code that is shared on the deployed stack: for the system's tests and the console's."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import DeployedStack

SCORING = "import json,sys;json.dump({'accuracy':0.9,'seconds':3},open(sys.argv[1]+'/scores.json','w'))"
DESCRIPTION = (
    "# Trees\nMany of them, *averaged*.\n\n- depth 3\n- 200 trees\n\n<img src=x alt=drawn onerror=document.title=1>"
)


@dataclass
class Shared:
    """What ada shares, and what grace made of it and shares as well."""

    competition: str
    phase: str
    source: str
    fork: str


def share(stack: DeployedStack, folder: Path) -> Shared:
    """Make the competition, and have both run by the stack's runner."""
    with stack.client(ORGANIZER, "organizer") as organizer:
        files: dict[str, str | bytes] = {
            "scoring_program/metadata.yaml": "command: python3 score.py $output",
            "scoring_program/score.py": SCORING,
        }
        sent = builders.bundle(
            files, title="Trees and shrubs", end="2031-01-01", phase_extra="agon: {licence_at_end: CC0-1.0}"
        )
        done = organizer.wait_for_import(organizer.import_bundle(_send(organizer, folder, sent, "bundle"))["id"])
        assert done["status"] == "Finished", done["errors"]
        phase = organizer.publish(done["competition"])["phases"][0]["id"]
    with stack.client("ada") as ada, stack.client("grace") as grace:
        for person in (ada, grace):
            person.join(done["competition"])
        source = _finished(ada, ada.submit(phase, _send(ada, folder, builders.submission()), "Trees"))
        ada.share(source, "CC-BY-4.0", DESCRIPTION)
        ada.http.call("PATCH", f"/submissions/{source}", {"method": {"code_url": "https://code.example/trees"}})
        fork = _finished(grace, grace.submit(phase, name="Shrubs", forked_from=source))
        grace.share(fork, "MIT", "The same again, to see whether it comes out the same.")
    return Shared(done["competition"], phase, source, fork)


def _finished(person: Any, submission: dict[str, Any]) -> str:
    assert person.wait_for_submission(submission["id"])["status"] == "Finished"
    return str(submission["id"])


def _send(client: Any, folder: Path, content: bytes, purpose: str = "submission") -> str:
    path = folder / "sent.zip"
    path.write_bytes(content)
    return str(client.upload(path, purpose)["id"])
