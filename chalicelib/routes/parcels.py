"""Parcels of submissions."""

from chalicelib import answers, bodies
from chalicelib.actions import parcels
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_PARCELS = "/v1/phases/{phase}/parcels"


@routes.post(_PARCELS, access=Access.SIGNED_IN, body=bodies.NewParcel, answer=answers.Parcel, status=202)
def create(call: Call, phase: str) -> answers.Parcel:
    """Pack a phase's submissions, or chosen ones, with their outputs and logs, as their organizer."""
    return parcels.create(phase, call.body, call.account, call.now)


@routes.get(_PARCELS, access=Access.SIGNED_IN, answer=answers.Parcels)
def list_all(call: Call, phase: str) -> answers.Parcels:
    """List the newest parcels of a phase's submissions."""
    return parcels.list_all(phase, call.account)


@routes.get(_PARCELS + "/{parcel}", access=Access.SIGNED_IN, answer=answers.Parcel)
def show(call: Call, phase: str, parcel: str) -> answers.Parcel:
    """Show how far a parcel is, and where its zips can be downloaded."""
    return parcels.show(phase, parcel, call.account)
