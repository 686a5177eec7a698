"""SSM: secrets of organizers and of the site, as SecureStrings below the stack's own path. The table has none of them."""

from typing import Any

from chalicelib import settings
from chalicelib.aws.clients import client


def put(name: str, text: str) -> None:
    """Keep a secret of at most 8 KiB, in the place of a former one of this name, such as `queues/q`."""
    client("ssm").put_parameter(
        Name=_path(name), Value=text, Type="SecureString", Overwrite=True, Tier="Intelligent-Tiering"
    )


def make(name: str, text: str) -> str:
    """Keep a secret where there is none: what is kept now, which is another one's when they came first."""
    ssm: Any = client("ssm")
    try:
        ssm.put_parameter(Name=_path(name), Value=text, Type="SecureString", Overwrite=False, Tier="Intelligent-Tiering")
    except ssm.exceptions.ParameterAlreadyExists:
        return get(name) or text
    return text


def get(name: str) -> str | None:
    """A secret; None where there is none."""
    ssm: Any = client("ssm")
    try:
        return str(ssm.get_parameter(Name=_path(name), WithDecryption=True)["Parameter"]["Value"])
    except ssm.exceptions.ParameterNotFound:
        return None


def delete(name: str) -> None:
    """Forget a secret. It is no error when there is none."""
    ssm: Any = client("ssm")
    try:
        ssm.delete_parameter(Name=_path(name))
    except ssm.exceptions.ParameterNotFound:
        return


def _path(name: str) -> str:
    return f"{settings.get().secrets_path}{name}"
