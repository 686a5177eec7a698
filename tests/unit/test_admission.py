"""Who may join by their address."""

import pytest

from chalicelib.contract import limits
from chalicelib.domain.people.admission import check_may_join
from chalicelib.errors import NotAllowed
from tests.unit.manifests import bundle, errors


@pytest.mark.parametrize(
    ("address", "allowed", "refused", "may"),
    [
        ("ada@example.org", (), (), True),
        ("ada@example.org", ("example.org",), (), True),
        ("Ada@CS.Example.org", ("example.org",), (), True),
        ("ada@example.org", ("cs.example.org",), (), False),
        ("ada@badexample.org", ("example.org",), (), False),
        ("ada@example.org.evil.example", ("example.org",), (), False),
        ("example.org@evil.example", ("example.org",), (), False),
        ('"a@example.org"@evil.example', ("example.org", "a@example.org"), (), False),
        ("ada@example.org", ("ada@example.org",), (), True),
        ("bob@example.org", ("ada@example.org",), (), False),
        ("eve@example.org", ("example.org",), ("eve@example.org",), False),
        ("ada@example.org", (), ("example.org",), False),
        ("ada@example.com", (), ("example.org",), True),
        ("", ("example.org",), (), False),
    ],
)
def test_an_address_is_found_by_itself_and_by_its_domains(address, allowed, refused, may):
    if may:
        check_may_join(address, allowed, refused)
    else:
        with pytest.raises(NotAllowed, match="organizers"):
            check_may_join(address, allowed, refused)


def test_entries_are_read_in_small_letters_and_each_once():
    found = bundle(agon={"allowed_addresses": ["Ada@Example.org", "@example.org", "example.org"]})
    assert found.allowed_addresses == ("ada@example.org", "example.org")
    assert bundle().allowed_addresses == ()


@pytest.mark.parametrize("entry", ["*.example.org", "example", "a@b@example.org", "ada example.org", "@", "-a.example"])
def test_what_is_neither_address_nor_domain_is_told(entry):
    [(key, message)] = errors(agon={"refused_addresses": [entry]})
    assert key == "agon.refused_addresses" and "is neither" in message


def test_a_list_has_an_end():
    many = [f"p{number}@example.org" for number in range(limits.MAX_ADDRESS_LIST_CHARACTERS // 15)]
    [(key, message)] = errors(agon={"allowed_addresses": many})
    assert key == "agon.allowed_addresses" and "domains" in message
