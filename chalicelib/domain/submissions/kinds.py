"""Kinds of submissions: what a phase takes of what was sent, zips or plain files."""

from collections.abc import Sequence
from typing import Protocol

from chalicelib.contract import plain_files
from chalicelib.errors import Complaint, Invalid, Sentence, say

_ZIP = "zip"


class Sent(Protocol):
    """A file that was sent: a zip, or with `plain` one that has this extension and is not looked into."""

    @property
    def filename(self) -> str: ...

    @property
    def plain(self) -> str | None: ...


def taken_as(sent: Sent, extensions: Sequence[str]) -> str | None:
    """The extension as whose file a phase takes what was sent, None as a zip that is unpacked. `extensions` are the phase's.

    A zip is one whatever was said of it. Raises Invalid.
    """
    kind = sent.plain or _ZIP
    if not extensions and kind == _ZIP:
        return None
    if not extensions:
        message = say("zip_the_file", "Put {file} into a zip, and submit that.", file=sent.filename)
        raise Invalid(say("zips_only", "This phase takes zips, and no other file."), [Complaint("upload", message)])
    if kind not in extensions:
        message = say("plain_upload_needed", "Begin the upload of one with `plain`, under its own name.")
        raise Invalid(_refusal(sent.filename, extensions), [Complaint("upload", message)])
    return kind


def _refusal(filename: str, extensions: Sequence[str]) -> Sentence:
    files = plain_files.listed(extensions)
    if plain_files.extension_of(filename) in extensions:
        return say("sent_as_zip", "This phase takes one file, {files}, as it is. Yours was sent as a zip.", files=files)
    return plain_files.refusal(filename, extensions)
