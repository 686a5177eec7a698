"""Second steps: codes of an authenticator that a sign-in asks for, turned on and off by who knows the password (ADR 44)."""

from datetime import datetime
from urllib.parse import quote

from chalicelib import requests, responses, telemetry
from chalicelib.actions.people import accounts, audit_log, bans, tries
from chalicelib.aws import accounts as cognito
from chalicelib.aws import second_steps
from chalicelib.domain.people.accounts import TOKEN_MAY_NOT, Account
from chalicelib.errors import Conflict, NotAllowed, NotSignedIn, say
from chalicelib.store import audit
from chalicelib.store.people import sessions as open_sessions


def show(account: Account) -> responses.SecondStep:
    """Whether an account's sign-in asks for a code: one call."""
    found = cognito.find(account.username)
    return responses.SecondStep(found is not None and found.id == account.id and found.has_second_step)


def begin(
    body: requests.BeginSecondStep, account: Account, access_token: str, origin: str, solution: str | None, now: datetime
) -> responses.NewSecondStep:
    """Make a secret for an authenticator. Nothing is asked for before a code of it was shown.

    Raises NotAllowed for a wrong password and for a personal token, Conflict where a code is asked for already,
    QuotaExceeded.
    """
    accounts.check_password(account, body.password, origin, solution, now)
    if show(account).on:
        raise Conflict(
            say("second_step_on", "Your sign-in asks for a code already. Turn that off first, for another authenticator.")
        )
    secret = second_steps.associate(access_token)
    label = quote(f"Agon:{account.username}", safe="")
    return responses.NewSecondStep(secret, f"otpauth://totp/{label}?secret={secret}&issuer=Agon")


def turn_on(body: requests.TurnOnSecondStep, account: Account, access_token: str) -> responses.SecondStep:
    """Ask for codes at each sign-in from now on. Raises Invalid for a wrong code, NotAllowed for a personal token."""
    _check_session(account)
    second_steps.turn_on(access_token, body.code)
    # The code was shown in this session.
    open_sessions.note_second_step(account.id, account.session)
    accounts.forget(account.id)
    telemetry.logger.info("second step turned on", account=account.id)
    return responses.SecondStep(True)


def turn_off(
    body: requests.TurnOffSecondStep, account: Account, origin: str, solution: str | None, now: datetime
) -> responses.SecondStep:
    """Ask for no codes any more. Raises NotAllowed for a wrong password or code and for a personal token, QuotaExceeded."""
    _check_session(account)
    try:
        with tries.guess(account.username, origin, solution, now):
            cognito.sign_in(account.username, body.password, body.code)
    except NotSignedIn as error:
        # The session goes on, and no client is to think otherwise.
        raise NotAllowed(say("second_step_wrong", "The password or the code is wrong. Nothing was done.")) from error
    second_steps.turn_off(account.username)
    _forget(account.id)
    telemetry.logger.info("second step turned off", account=account.id)
    return responses.SecondStep(False)


def turn_off_for(username: str, reason: str, account: Account, now: datetime) -> responses.SecondStep:
    """As an administrator ask for no codes of an account, whose owner has lost the authenticator. Raises NotFound."""
    found = bans.profile_of(username)
    audit.record(audit_log.entry_of_site(found.username, "second_step_off", None, None, reason, account, now))
    second_steps.turn_off(found.username)
    _forget(found.id)
    telemetry.logger.warning("second step turned off", account=found.id, by=account.id)
    return responses.SecondStep(False)


def _forget(account: str) -> None:
    open_sessions.forget_second_steps(account)
    accounts.forget(account)


def _check_session(account: Account) -> None:
    if account.signed_in_with != "session":
        raise NotAllowed(TOKEN_MAY_NOT)
