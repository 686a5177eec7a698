"""Writes what is made from the code: the OpenAPI document, for the console's types, the client's types of its own, and the
reference of the format."""

import json
from pathlib import Path
from typing import Any

from chalicelib import openapi, routes
from chalicelib.domain.bundle import reference
from infra.setup import client_types

ROOT = Path(__file__).parents[2]
TARGET, FORMAT = ROOT / "console" / "openapi.json", ROOT / "docs" / "format.md"
CLIENT = ROOT / "agon" / "api_types.pyi"


def main() -> None:
    """Write all of it."""
    TARGET.write_text(text(), encoding="utf-8")
    CLIENT.write_text(client_types.text(document()), encoding="utf-8")
    FORMAT.write_text(reference.render(), encoding="utf-8")


def text() -> str:
    """The document as it stands in the file."""
    return json.dumps(document(), indent=2) + "\n"


def document() -> dict[str, Any]:
    """The document of today's routes."""
    return openapi.document(routes.endpoints())


if __name__ == "__main__":
    main()
