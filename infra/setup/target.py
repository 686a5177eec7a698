"""Has a packaged template name the Python and the processor of its functions: target.py sam.yaml 3.13 arm64."""

import re
import sys
from pathlib import Path

#: What Chalice writes of each function: the Python that it runs on itself, and the processor that most have.
_RUNTIME = re.compile(r"(?<=^      Runtime: )python3\.\d+$", re.MULTILINE)
_PROCESSOR = re.compile(r"(?<=^      Architectures:\n      - )\w+$", re.MULTILINE)
_FUNCTION = re.compile(r"^    Type: AWS::Serverless::Function$", re.MULTILINE)


def main(template: Path, version: str, architecture: str) -> None:
    """Write the template anew. Raises SystemExit where a function says neither as it is known to."""
    text = template.read_text()
    text, runtimes = _RUNTIME.subn(f"python{version}", text)
    text, processors = _PROCESSOR.subn(architecture, text)
    functions = len(_FUNCTION.findall(text))
    if not functions == runtimes == processors > 0:
        raise SystemExit(
            f"{template} has {functions} functions, of which {runtimes} name a Python and {processors} a processor."
        )
    template.write_text(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
