"""PynamoDB's models, read at a third of its cost: what is the same for each item of a model is found out once (ADR 54)."""

from functools import cache
from typing import Any

from pynamodb.attributes import Attribute, DiscriminatorAttribute
from pynamodb.connection import TableConnection
from pynamodb.models import Model

from chalicelib import quickly


class Kind(DiscriminatorAttribute):
    """The model of an item, by its name."""

    def is_in(self, *kinds: Any) -> Any:
        """The condition that an item is of one of these; where these are all, of the first: it is taken away again."""
        return super().is_in(*(kinds[:1] if len(kinds) == len(self._class_map) else kinds))


class QuickModel(Model):
    """A model whose items are of its own kind, or of one that inherits it, and all in one table."""

    @classmethod
    def _get_connection(cls) -> TableConnection:
        # PynamoDB's own makes one for each model that comes before that which all inherit, and a client takes long to make.
        [first] = (model for model in cls.__mro__ if QuickModel in model.__bases__)
        made: TableConnection = super(QuickModel, first)._get_connection()  # type: ignore[misc]
        quickly.hasten(made.connection.client)
        return made

    @classmethod
    def _instantiate(cls, attribute_values: dict[str, dict[str, Any]]) -> Any:
        kind = cls._get_discriminator_class(attribute_values) or cls
        if not issubclass(kind, cls):
            raise ValueError(f"Cannot instantiate a {cls.__name__} from the returned class: {kind.__name__}")
        item = kind.__new__(kind)
        item._container_deserialize(attribute_values)
        return item

    def _container_deserialize(self, attribute_values: dict[str, dict[str, Any]]) -> None:
        known, values = _known(type(self)), _initially(type(self))
        for name, stored in attribute_values.items():
            if name in known and stored and "NULL" not in stored:
                python_name, attribute = known[name]
                values[python_name] = attribute.deserialize(attribute.get_value(stored))
        self.attribute_values = values


@cache
def _known(kind: type[QuickModel]) -> dict[str, tuple[str, Attribute[Any]]]:
    """The attributes of a model, by what they are called in the table, but which model it is."""
    found = kind.get_attributes().items()
    return {one.attr_name: (name, one) for name, one in found if not isinstance(one, DiscriminatorAttribute)}


def _initially(kind: type[QuickModel]) -> dict[str, Any]:
    """What an item has of which nothing is stored."""
    plain, made = _defaults(kind)
    return plain | {name: make() for name, make in made}


@cache
def _defaults(kind: type[QuickModel]) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    given = [(name, one.default) for name, one in kind.get_attributes().items() if one.default is not None]
    which = {name: kind for name, one in kind.get_attributes().items() if isinstance(one, DiscriminatorAttribute)}
    return which | {name: value for name, value in given if not callable(value)}, [one for one in given if callable(one[1])]
