"""Has a packaged template name the Python and the processor of its functions: target.py sam.yaml 3.13 arm64."""

import re
import sys
from pathlib import Path

#: Chalice writes a line of these for each function, at its properties' depth.
_RUNTIME = re.compile(r"^( +)Runtime: python3\.\d+$", re.MULTILINE)


def main(template: Path, version: str, architecture: str) -> None:
    """Write the template anew. Raises SystemExit where it has no function."""
    text, count = _RUNTIME.subn(rf"\1Runtime: python{version}\n\1Architectures: [{architecture}]", template.read_text())
    if not count:
        raise SystemExit(f"{template} has no function of Python's.")
    template.write_text(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
