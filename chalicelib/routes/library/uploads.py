"""Uploads."""

from chalicelib import requests, responses
from chalicelib.actions.library import uploads
from chalicelib.errors import Conflict, QuotaExceeded
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)


@routes.post(
    "/v1/uploads",
    body=requests.BeginUpload,
    access=Access.SIGNED_IN,
    answer=responses.BegunUpload,
    status=201,
    errors=(QuotaExceeded,),
)
def begin(call: Call[requests.BeginUpload]) -> responses.BegunUpload:
    """Begin an upload: learn where to send the file."""
    return uploads.begin(call.account, call.body, call.now)


@routes.get("/v1/uploads/{upload}", access=Access.SIGNED_IN, answer=responses.UploadInProgress, errors=(Conflict,))
def show(call: Call[None], upload: str) -> responses.UploadInProgress:
    """The progress of the upload: what has arrived, and fresh addresses for what lacks."""
    return uploads.show(call.account, upload, call.now)


@routes.post(
    "/v1/uploads/{upload}/commit",
    body=requests.CommitUpload,
    access=Access.SIGNED_IN,
    answer=responses.CommittedUpload,
    errors=(Conflict,),
)
def commit(call: Call[requests.CommitUpload], upload: str) -> responses.CommittedUpload:
    """Commit an upload: its size and checksum are checked."""
    return uploads.commit(call.account, upload, call.body, call.now)


@routes.delete("/v1/uploads/{upload}", access=Access.SIGNED_IN, answer=responses.Empty, errors=(Conflict,))
def abandon(call: Call[None], upload: str) -> responses.Empty:
    """Forget an upload that was not used."""
    return uploads.abandon(call.account, upload, call.now)
