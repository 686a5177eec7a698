"""PynamoDB's models, read and made at a third of its cost: what is the same for each item of a model is found out once
(ADR 54)."""

import json
from functools import cache
from typing import Any

from pynamodb.attributes import Attribute, DiscriminatorAttribute, JSONAttribute, NumberAttribute
from pynamodb.connection import TableConnection
from pynamodb.models import Model

from chalicelib import quickly

#: As PynamoDB makes one for each value.
_READ = json.JSONDecoder(strict=False)


class Kind(DiscriminatorAttribute):
    """The model of an item, by its name."""

    def is_in(self, *kinds: Any) -> Any:
        """The condition that an item is of one of these; where these are all, of the first: it is taken away again."""
        return super().is_in(*(kinds[:1] if len(kinds) == len(self._class_map) else kinds))


class _Quick(Attribute[Any]):
    """An attribute of models alone, never of maps."""

    python_name: str

    def __get__(self, instance: Any, owner: Any) -> Any:
        return self if instance is None else instance.attribute_values.get(self.python_name)

    def __set__(self, instance: Any, value: Any) -> None:
        instance.attribute_values[self.python_name] = value


class _QuickNumber(_Quick, NumberAttribute):
    def serialize(self, value: Any) -> str:
        return str(value) if type(value) is int else json.dumps(value)

    def deserialize(self, value: Any) -> Any:
        return int(value) if value.isdecimal() else json.loads(value)


class _QuickJSON(_Quick, JSONAttribute):
    def deserialize(self, value: Any) -> Any:
        return _READ.decode(value)


_QUICK: dict[Any, Any] = {NumberAttribute: _QuickNumber, JSONAttribute: _QuickJSON}


class QuickModel(Model):
    """A model whose items are of its own kind, or of one that inherits it, and all in one table."""

    def __init_subclass__(cls, **how: Any) -> None:
        """Make the attributes that a model declares quick ones, where nothing else than their kind is special about them."""
        super().__init_subclass__()
        for name, attribute in vars(cls).items():
            kind: Any = type(attribute)
            if isinstance(attribute, Attribute) and (kind.__get__, kind.__set__) == (Attribute.__get__, Attribute.__set__):
                attribute.__class__, attribute.python_name = _quick(kind), name  # type: ignore[attr-defined]

    def __init__(self, hash_key: Any = None, range_key: Any = None, _user_instantiated: bool = True, **given: Any) -> None:
        kind = type(self)
        self.attribute_values = _initially(kind, is_new=_user_instantiated)
        keys = {kind._hash_keyname: hash_key, kind._range_keyname: range_key}
        self._set_attributes(**given, **{str(name): value for name, value in keys.items() if value is not None})

    def _set_attributes(self, **attributes: Any) -> None:
        known = type(self).get_attributes()
        for name, value in attributes.items():
            if name not in known:
                raise ValueError(f"Attribute {name} specified does not exist")
            setattr(self, name, value)

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


def _initially(kind: type[QuickModel], is_new: bool = False) -> dict[str, Any]:
    """What an item has of which nothing is stored, or a new one to which nothing is given."""
    plain, made = _defaults(kind, is_new)
    return plain | {name: value for name, make in made if (value := make()) is not None}


@cache
def _defaults(kind: type[QuickModel], is_new: bool) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    news = {name: one.default_for_new for name, one in kind.get_attributes().items()}
    given = {
        name: one.default if news[name] is None or not is_new else news[name] for name, one in kind.get_attributes().items()
    }
    which = {name: kind for name, one in kind.get_attributes().items() if isinstance(one, DiscriminatorAttribute)}
    plain = {name: value for name, value in given.items() if value is not None and not callable(value)}
    return which | plain, [(name, value) for name, value in given.items() if callable(value)]


@cache
def _quick(kind: type[Attribute[Any]]) -> type[Attribute[Any]]:
    return _QUICK.get(kind) or type(kind.__name__, (_Quick, kind), {})
