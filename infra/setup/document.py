"""Writes the OpenAPI document to console/openapi.json, from which the console's types are generated."""

import json
from pathlib import Path

from chalicelib import openapi, routes

TARGET = Path(__file__).parents[2] / "console" / "openapi.json"


def main() -> None:
    """Write it."""
    TARGET.write_text(text(), encoding="utf-8")


def text() -> str:
    """The document as it stands in the file."""
    return json.dumps(openapi.document(routes.endpoints()), indent=2) + "\n"


if __name__ == "__main__":
    main()
