"""The texts of a competition's pages, as objects."""

from datetime import datetime

from chalicelib import ids, settings
from chalicelib.actions.definitions import Ref
from chalicelib.aws import objects

SUFFIXES = {"markdown": ".md", "html": ".html"}


def write(competition: str, text: str, form: str, now: datetime) -> Ref:
    """Store a text under a name of its own: whoever reads the former one meanwhile reads it whole."""
    key = f"competitions/{competition}/{ids.new(now)}{SUFFIXES[form]}"
    content = text.encode()
    objects.write(settings.get().files_bucket, key, content, "text/plain; charset=utf-8")
    return {"format": form, "object_key": key, "size_bytes": len(content), "sha256": ids.digest(text)}
