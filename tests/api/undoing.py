"""What calls have done to moto, undone: a world that costs hundreds of calls is made once, though each test changes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy, deepcopy
from typing import Any

from moto.backends import get_backend
from moto.core import DEFAULT_ACCOUNT_ID

_COPIED = (dict, list, set)


@contextmanager
def undone(table: str, buckets: list[str], pool: str, region: str) -> Iterator[None]:
    """Whatever rows, objects, secrets and accounts there are and what they say, there they are again afterwards.

    Messages and parts of uploads are not looked after: no row tells of them then.
    """
    rows, users = _backend("dynamodb", region).get_table(table), _backend("cognito-idp", region).user_pools[pool]
    secrets = _backend("ssm", region)._parameters
    files = [_backend("s3", "aws").get_bucket(name) for name in buckets]
    # A copied table shares its items, of which none is changed in place (quick_moto.py).
    items = deepcopy(rows).items
    told = {name: [*versions] for name, versions in dict.items(secrets)}
    keys = [{key: [*one.keys.getlist(key)] for key in one.keys} for one in files]
    known = [(one, _state(one)) for one in (users, *users.users.values())]
    yield
    rows.items = items
    for bucket, former in zip(files, keys, strict=True):
        dict.clear(bucket.keys)
        dict.update(bucket.keys, former)
    dict.clear(secrets)
    dict.update(secrets, told)
    for one, state in known:
        one.__dict__.update(state)


def _state(of: Any) -> dict[str, Any]:
    return {name: copy(value) if isinstance(value, _COPIED) else value for name, value in vars(of).items()}


def _backend(service: str, region: str) -> Any:
    return get_backend(service)[DEFAULT_ACCOUNT_ID][region]  # type: ignore[call-overload]
