"""Fails when a suite that needs a real engine did not run, or skipped a test for another reason than a missing GPU."""

import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

SUITES = ("runner", "system", "console")


def main(report: Path) -> int:
    """The exit status for pytest's JUnit report. Says something only when something is wrong."""
    if not report.exists():
        print(f"{report} is missing: pytest did not run.")
        return 1
    found = list(complaints(ElementTree.parse(report).getroot()))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


def complaints(root: ElementTree.Element) -> Iterator[str]:
    """One sentence for each suite that did not run and each test that was skipped in one of them."""
    for suite in SUITES:
        cases = [case for case in root.iter("testcase") if _full_name(case).startswith(f"tests.{suite}.")]
        skipped = [case for case in cases if _skip_reason(case)]
        if len(skipped) == len(cases):
            yield f"No test of tests/{suite} ran."
        for case in skipped:
            if "gpu" not in _skip_reason(case).lower():
                yield f"{_full_name(case)} was skipped: {_skip_reason(case)}"


def _full_name(case: ElementTree.Element) -> str:
    # A whole module that skips itself is a case without a class.
    return f"{case.get('classname')}.{case.get('name')}".lstrip(".")


def _skip_reason(case: ElementTree.Element) -> str:
    skipped = case.find("skipped")
    if skipped is None or skipped.get("type") == "pytest.xfail":
        return ""
    return skipped.get("message") or "no reason"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
