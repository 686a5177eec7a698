"""The cookie of a browser's session, which no script reads and no other site has sent (RFC 6265bis)."""

from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from chalicelib.answers import json_response

SESSION = "agon_session"
#: As long as Cognito takes the refresh token (template.yaml: RefreshTokenValidity).
_SECONDS = 30 * 24 * 3600
#: Only these routes see it. Browsers call the API below /api of the console's own origin.
_SCOPE = "Path=/api/v1/sessions; HttpOnly; Secure; SameSite=Strict"


def cookie_of(headers: Mapping[str, str], name: str) -> str | None:
    """The value of a cookie that came along, by headers whose names are in lower case; None where there is none.

    Python's own reader has none of them where another one is odd.
    """
    pairs = (pair.partition("=") for pair in headers.get("cookie", "").split(";"))
    return next((value.strip() for key, _, value in pairs if key.strip() == name and value.strip()), None)


def keeping(answer: Any, refresh_token: str) -> Response:
    """An answer as JSON that has the browser keep a refresh token."""
    return json_response(answer, headers={"Set-Cookie": f"{SESSION}={refresh_token}; Max-Age={_SECONDS}; {_SCOPE}"})


def forgetting(answer: Any) -> Response:
    """An answer as JSON that has the browser forget its refresh token."""
    return json_response(answer, headers={"Set-Cookie": f"{SESSION}=; Max-Age=0; {_SCOPE}"})
