"""Files on their way to the site, as a part of the client: they go on after a break, in this run or in the next."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from agon import archive, transfer
from agon.errors import AgonError, ProblemError
from agon.unfinished import Unfinished
from agon.verbs import Verbs
from chalicelib.contract import limits, names, parts

if TYPE_CHECKING:
    from agon import api_types as api


class Uploads(Verbs):
    """The verbs of uploads."""

    _unfinished: Unfinished

    def upload(
        self, path: Path, purpose: str, progress: transfer.Progress = lambda count: None, plain: bool = False
    ) -> api.CommittedUpload:
        """Send a zip; `purpose` is "bundle", "submission" or "dataset". Gives the committed upload.

        `plain` is a submission of one file as it is, for a phase that takes files with its extension.

        Raises TransferFailed when storage refuses. Of a file in parts, what has arrived stays for a day: the same call goes
        on with it, also after Ctrl-C. Anything else that was begun is taken back.
        """
        facts = _facts(path)
        facts |= {"plain": True} if plain else {}
        what = f"{self.http.api} {purpose} {facts['sha256']}" + (" plain" if plain else "")
        upload = self._begun_before(what) or self._begin(what, {"purpose": purpose, **facts})
        if upload["state"] == "committed":
            return self.http.call("POST", "/uploads/{upload}/commit", {"parts": []}, upload=upload["id"])
        try:
            sent = transfer.send(path, upload, progress, lambda: self.upload_in_progress(upload["id"]))
            return self.http.call("POST", "/uploads/{upload}/commit", {"parts": sent}, upload=upload["id"])
        except (AgonError, KeyboardInterrupt) as error:
            if upload["method"] == "post" or (isinstance(error, ProblemError) and error.status < 500):
                self._abandon(what, upload["id"])
            raise

    def upload_in_progress(self, upload: str) -> api.UploadInProgress:
        """The progress of the upload, with fresh addresses for what lacks."""
        return self.http.call("GET", "/uploads/{upload}", upload=upload)

    def _begun_before(self, what: str) -> api.UploadInProgress | None:
        if not (known := self._unfinished.find(what)):
            return None
        try:
            found = self.upload_in_progress(known)
        except ProblemError as problem:
            if problem.status not in (404, 409):
                raise
            return None
        return None if found["state"] == "used" else found

    def _begin(self, what: str, facts: Mapping[str, object]) -> api.UploadInProgress:
        begun = self.http.call("POST", "/uploads", facts)
        if begun["method"] == "multipart":
            self._unfinished.keep(what, begun["id"])
        return cast("api.UploadInProgress", {**facts, **begun, "state": "begun", "arrived": []})

    def _abandon(self, what: str, upload: str) -> None:
        self._unfinished.forget(what)
        try:
            self.http.call("DELETE", "/uploads/{upload}", upload=upload)
        except AgonError:
            # The sweeper takes it back in time; the first error is the one to tell.
            return


def _facts(path: Path) -> dict[str, object]:
    size = path.stat().st_size
    whole, of_parts = archive.sha256(path, parts.sizes(size))
    name = names.shortened(path.name, limits.MAX_FILENAME_CHARACTERS)
    return {"filename": name, "size_bytes": size, "sha256": whole, "part_sha256": of_parts}
