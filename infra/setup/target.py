"""Has a packaged template name the Python and the processor of its functions: target.py sam.yaml 3.13 arm64 [snap-start]."""

import re
import sys
from pathlib import Path

#: What Chalice writes of each function: the Python that it runs on itself, and the processor that most have.
_RUNTIME = re.compile(r"(?<=^      Runtime: )python3\.\d+$", re.MULTILINE)
_PROCESSOR = re.compile(r"(?<=^      Architectures:\n      - )\w+$", re.MULTILINE)
_FUNCTION = re.compile(r"^    Type: AWS::Serverless::Function$", re.MULTILINE)
#: The function that people wait for. With a snapshot AWS calls a published version of it, by an alias: each deployment
#: publishes one, also where a parameter alone has changed.
_AWAITED = re.compile(r"(?<=^      )Handler: app\.app$", re.MULTILINE)
_PUBLISHED = """AutoPublishAlias: live
      AutoPublishAliasAllProperties: true
      SnapStart:
        ApplyOn: PublishedVersions
      Handler: app.app"""
_CALLED = re.compile(r"(?<=functions/\$\{APIHandler\.Arn\})(?=/invocations)")
_ALLOWED = re.compile(
    r"(?<=^      Action: lambda:InvokeFunction\n      FunctionName:\n        Ref: APIHandler)$", re.MULTILINE
)


def main(template: Path, version: str, architecture: str, start: str = "") -> None:
    """Write the template anew. Raises SystemExit where a function says neither as it is known to."""
    text = template.read_text()
    text, runtimes = _RUNTIME.subn(f"python{version}", text)
    text, processors = _PROCESSOR.subn(architecture, text)
    functions = len(_FUNCTION.findall(text))
    if not functions == runtimes == processors > 0:
        raise SystemExit(
            f"{template} has {functions} functions, of which {runtimes} name a Python and {processors} a processor."
        )
    template.write_text(_from_snapshots(text) if start == "snap-start" else text)


def _from_snapshots(text: str) -> str:
    text, published = _AWAITED.subn(_PUBLISHED, text)
    text, called = _CALLED.subn(":live", text)
    text, allowed = _ALLOWED.subn(".Alias", text)
    if (published, allowed) != (1, 1) or not called:
        raise SystemExit(
            "The API's function, its permission and its routes do not stand in the template as they are known to."
        )
    return text


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
