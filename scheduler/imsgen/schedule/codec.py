"""Frozen dataclasses to JSON values and back, driven by their type hints.

One field is one key of the same name (``else_`` is ``else``). Instants are ISO text in UTC, dates
ISO text, enums their value, tuples lists. A field at its default is left out, so files stay
small and a new optional field changes no older file's hash; unknown keys are ignored on reading.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from imsgen.model import Instant, from_text, to_text

Encoder = Callable[[Any], Any]
Decoder = Callable[[Any], Any]
T = TypeVar("T")

UNSTORED = frozenset({"sources"})
"""Fields that are no part of what an object means."""


class CodecError(ValueError):
    """A JSON value does not have the shape of the class it should become.

    The message begins with the path of keys to the value.
    """

    def within(self, key: str) -> CodecError:
        """Return the error as seen from one level further out."""
        text = str(self)
        return CodecError(f"{key}{text}" if text.startswith((".", ":")) else f"{key}: {text}")


def encode(value: Any) -> Any:
    """Return the JSON value of a dataclass instance."""
    return _encoder(type(value))(value)


def decode(cls: type[T], value: Any) -> T:
    """Return the instance of ``cls`` that a JSON value describes.

    Raises
    ------
    CodecError
        If a required key is missing or a value has another type.
    """
    return cast("T", _decoder(cls)(value))


# -- what a hint means ---------------------------------------------------------------------------


_made: dict[tuple[str, Any], Callable[[Any], Any]] = {}


def _encoder(hint: Any) -> Encoder:
    """Return the function that turns a value of this type into JSON."""
    key = ("write", hint)
    if key not in _made:
        _made[key] = _make_encoder(hint)
    return _made[key]


def _decoder(hint: Any) -> Decoder:
    """Return the function that turns JSON into a value of this type."""
    key = ("read", hint)
    if key not in _made:
        _made[key] = _make_decoder(hint)
    return _made[key]


def _make_encoder(hint: Any) -> Encoder:
    if hint is Instant:
        return to_text
    if isinstance(hint, type) and get_origin(hint) is None:
        return _class_encoder(hint)
    arguments = get_args(hint)
    match _shape(hint):
        case "optional":
            inner = _encoder(_present(arguments))
            return lambda value: None if value is None else inner(value)
        case "list":
            item = _encoder(arguments[0])
            return lambda value: [item(one) for one in value]
        case "tuple":
            items = [_encoder(argument) for argument in arguments]
            return lambda value: [one(part) for one, part in zip(items, value, strict=True)]
        case _:
            entry = _encoder(arguments[1])
            return lambda value: {key: entry(one) for key, one in value.items()}


def _class_encoder(cls: type) -> Encoder:
    if is_dataclass(cls):
        return _record_encoder(cls)
    return _PLAIN_ENCODERS.get(cls) or (_enum_value if issubclass(cls, Enum) else _itself)


def _make_decoder(hint: Any) -> Decoder:
    if hint is Instant:
        return _read_instant
    if isinstance(hint, type) and get_origin(hint) is None:
        if is_dataclass(hint):
            return _record_decoder(hint)
        return _enum_decoder(hint) if issubclass(hint, Enum) else _PLAIN_DECODERS[hint]
    arguments = get_args(hint)
    match _shape(hint):
        case "optional":
            inner = _decoder(_present(arguments))
            return lambda value: None if value is None else inner(value)
        case "list" | "tuple":
            return _tuple_decoder(arguments)
        case _:
            return _mapping_decoder(arguments[1])


def _shape(hint: Any) -> str:
    """Return which of the few generic types the model uses a hint is."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return "optional"
    if origin is tuple:
        return "list" if get_args(hint)[-1] is Ellipsis else "tuple"
    if origin is Mapping:
        return "mapping"
    message = f"no JSON form for {hint}"
    raise TypeError(message)


def _present(arguments: tuple[Any, ...]) -> Any:
    """Return the one type of an optional."""
    (found,) = (argument for argument in arguments if argument is not type(None))
    return found


# -- records -------------------------------------------------------------------------------------


def _stored(cls: type) -> list[tuple[Field[Any], str, Any]]:
    hints = get_type_hints(cls)
    return [
        (one, one.name.rstrip("_"), hints[one.name])
        for one in fields(cls)
        if one.name not in UNSTORED
    ]


def _default(one: Field[Any]) -> Any:
    if one.default is not MISSING:
        return one.default
    return MISSING if one.default_factory is MISSING else one.default_factory()


def _record_encoder(cls: type) -> Encoder:
    plan = [(one.name, key, _encoder(hint), _default(one)) for one, key, hint in _stored(cls)]

    def write(value: Any) -> dict[str, Any]:
        record = {}
        for name, key, inner, default in plan:
            field_value = getattr(value, name)
            if default is MISSING or field_value != default:
                record[key] = inner(field_value)
        return record

    return write


def _record_decoder(cls: type) -> Decoder:
    plan = [(one, key, _decoder(hint)) for one, key, hint in _stored(cls)]
    required = [key for one, key, _ in plan if _default(one) is MISSING]

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise CodecError(f"expected an object, found {_found(value)}")
        for key in required:
            if key not in value:
                raise CodecError(f"the key `{key}` is missing")
        arguments = {}
        for one, key, inner in plan:
            if key in value:
                try:
                    arguments[one.name] = inner(value[key])
                except CodecError as error:
                    raise error.within(f".{key}") from None
        return cls(**arguments)

    return read


def _tuple_decoder(arguments: tuple[Any, ...]) -> Decoder:
    repeated = arguments[-1] is Ellipsis
    items = [_decoder(one) for one in (arguments[:1] if repeated else arguments)]

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or not (repeated or len(value) == len(items)):
            size = "" if repeated else f" of {len(items)}"
            raise CodecError(f"expected a list{size}, found {_found(value)}")
        found = []
        for i, one in enumerate(value):
            try:
                found.append(items[0 if repeated else i](one))
            except CodecError as error:
                raise error.within(f".{i}") from None
        return tuple(found)

    return read


def _mapping_decoder(hint: Any) -> Decoder:
    entry = _decoder(hint)

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise CodecError(f"expected an object, found {_found(value)}")
        found = {}
        for key, one in value.items():
            try:
                found[key] = entry(one)
            except CodecError as error:
                raise error.within(f".{key}") from None
        return found

    return read


# -- plain values --------------------------------------------------------------------------------


def _itself(value: Any) -> Any:
    return value


def _enum_value(value: Enum) -> Any:
    return value.value


def _enum_decoder(cls: type[Enum]) -> Decoder:
    def read(value: Any) -> Enum:
        try:
            return cls(value)
        except ValueError:
            known = ", ".join(f"`{one.value}`" for one in cls)
            raise CodecError(f"expected one of {known}, found {_found(value)}") from None

    return read


def _read_instant(value: Any) -> Instant:
    if isinstance(value, str):
        try:
            return from_text(value)
        except ValueError:
            pass
    raise CodecError(f"expected a date like `2026-11-02T13:00Z`, found {_found(value)}")


def _read_date(value: Any) -> date:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise CodecError(f"expected a date like `2026-11-02`, found {_found(value)}")


def _reader(cls: type, words: str) -> Decoder:
    def read(value: Any) -> Any:
        # True is an int to isinstance, and a whole number a float to people.
        if type(value) is cls:
            return value
        if cls is float and type(value) is int:
            return float(value)
        raise CodecError(f"expected {words}, found {_found(value)}")

    return read


def _found(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else f"a list of {len(value)}"
    return f"`{value}`" if value is not None else "nothing"


_PLAIN_ENCODERS: dict[type, Encoder] = {date: date.isoformat}
_PLAIN_DECODERS: dict[type, Decoder] = {
    str: _reader(str, "text"),
    int: _reader(int, "a whole number"),
    float: _reader(float, "a number"),
    bool: _reader(bool, "true or false"),
    date: _read_date,
}
