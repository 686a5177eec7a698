"""Which kinds of items a rewind leaves as they are today."""

from agon.instance.rewinding import STAY
from chalicelib.store.audit import AuditEntry
from chalicelib.store.background.schema_migrations import SchemaMigration
from chalicelib.store.events.events import Event
from chalicelib.store.mail.outbox import Mail
from chalicelib.store.people.bans import Ban
from chalicelib.store.people.sessions import OpenSession
from chalicelib.store.people.sign_ins import Departure, SignOut
from chalicelib.store.people.tokens import AccessToken, RunnerToken
from chalicelib.store.table import Item, know_every_model


def kinds(*models: type[Item]) -> set[str]:
    return {str(Item.kind.get_discriminator(model)) for model in models}


def test_whatever_lets_somebody_in_or_keeps_them_out_stays_as_it_is() -> None:
    assert kinds(AccessToken, RunnerToken, OpenSession, SignOut, Ban, Departure) <= STAY


def test_what_has_left_the_site_and_what_was_written_down_of_it_stays() -> None:
    assert kinds(AuditEntry, Event, Mail, SchemaMigration) <= STAY


def test_each_kind_that_stays_is_one_that_there_is() -> None:
    know_every_model()
    known = {str(Item.kind.get_discriminator(model)) for model in Item.kind.get_registered_subclasses(Item)}
    assert known >= STAY
