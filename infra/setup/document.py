"""Writes what is made from the code: the OpenAPI document, for the console's types, and the reference of the format."""

import json
from pathlib import Path

from chalicelib import openapi, routes
from chalicelib.domain.bundle import reference

ROOT = Path(__file__).parents[2]
TARGET, FORMAT = ROOT / "console" / "openapi.json", ROOT / "docs" / "format.md"


def main() -> None:
    """Write both."""
    TARGET.write_text(text(), encoding="utf-8")
    FORMAT.write_text(reference.render(), encoding="utf-8")


def text() -> str:
    """The document as it stands in the file."""
    return json.dumps(openapi.document(routes.endpoints()), indent=2) + "\n"


if __name__ == "__main__":
    main()
