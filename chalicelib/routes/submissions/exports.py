"""Exports of submissions."""

from chalicelib import requests, responses
from chalicelib.actions.submissions import exports
from chalicelib.errors import Conflict, NotAllowed, TooLarge
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_EXPORTS = "/v1/phases/{phase}/parcels"


@routes.post(
    _EXPORTS,
    body=requests.NewSubmissionExport,
    access=Access.SIGNED_IN,
    answer=responses.SubmissionExport,
    status=202,
    errors=(Conflict, NotAllowed, TooLarge),
)
def create(call: Call[requests.NewSubmissionExport], phase: str) -> responses.SubmissionExport:
    """Pack a phase's submissions, or chosen ones, with their outputs and logs, as their organizer."""
    return exports.create(phase, call.body, call.account, call.now)


@routes.get(_EXPORTS, access=Access.SIGNED_IN, answer=responses.SubmissionExports, errors=(NotAllowed,))
def list_all(call: Call[None], phase: str) -> responses.SubmissionExports:
    """List the newest exports of a phase's submissions."""
    return exports.list_all(phase, call.account)


@routes.get(_EXPORTS + "/{parcel}", access=Access.SIGNED_IN, answer=responses.SubmissionExport, errors=(NotAllowed,))
def show(call: Call[None], phase: str, parcel: str) -> responses.SubmissionExport:
    """Show how far an export is, and where its zips can be downloaded."""
    return exports.show(phase, parcel, call.account)
