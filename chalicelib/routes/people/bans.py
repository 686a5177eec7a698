"""Accounts as administrators find and ban them, and the log of what administrators do."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.people import audit_log, bans
from chalicelib.errors import Conflict, NotFound, QuotaExceeded
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_REASON = parameters.line("reason", "Why; it stands in the audit log.", most=1000)
_PATH = "/v1/site/accounts"
_BAN = f"{_PATH}/{{username}}/ban"


@routes.get(_PATH, access=Access.ADMIN, answer=responses.KnownAccounts, query=(CURSOR,))
def list_all(call: Call[None]) -> responses.KnownAccounts:
    """List the accounts that are banned, as an administrator."""
    return bans.list_all(call.asked(CURSOR))


@routes.post(
    _PATH,
    body=requests.FindAccount,
    access=Access.ADMIN,
    answer=responses.KnownAccount,
    errors=(NotFound, QuotaExceeded),
)
def find(call: Call[requests.FindAccount]) -> responses.KnownAccount:
    """Find an account by its exact user name or address, as an administrator. Its address is not told."""
    return bans.find(call.body, call.account, call.now)


@routes.post(
    _BAN,
    body=requests.BanAccount,
    access=Access.ADMIN,
    answer=responses.KnownAccount,
    errors=(Conflict, QuotaExceeded),
)
def ban(call: Call[requests.BanAccount], username: str) -> responses.KnownAccount:
    """Ban an account, as an administrator: its sessions end, its tokens go, what it has in progress is cancelled."""
    return bans.ban(username, call.body, call.account, call.now)


@routes.delete(_BAN, access=Access.ADMIN, answer=responses.KnownAccount, query=(_REASON,), errors=(Conflict, QuotaExceeded))
def restore(call: Call[None], username: str) -> responses.KnownAccount:
    """Let a banned account in again, as an administrator."""
    return bans.restore(username, call.asked(_REASON), call.account, call.now)


@routes.get("/v1/site/audit", access=Access.ADMIN, answer=responses.AuditLog, query=(CURSOR,))
def list_audit(call: Call[None]) -> responses.AuditLog:
    """List what administrators did, newest first, as an administrator."""
    return audit_log.list_of_site(call.asked(CURSOR))
