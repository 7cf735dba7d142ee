"""The codec: what is written is read back as the same object."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from tests.support.projects import at, link, make_project, resource, task

from imsgen.diagnostics import Span
from imsgen.model import (
    CLOSED,
    Calendar,
    CalendarException,
    Checkpoint,
    Every,
    Gate,
    Resource,
    When,
)
from imsgen.schedule import CodecError, decode, encode, plan_hash


def test_instants_are_iso_text_in_utc() -> None:
    """An instant is written as ISO 8601 with Z, a missing one is null inside a tuple."""
    value = encode(resource("r", capacity=((None, 100), (at("2026-11-02 13:00"), 50))))
    assert value["capacity"] == [[None, 100], ["2026-11-02T13:00Z", 50]]


def test_defaults_are_left_out() -> None:
    """A field at its default is not written."""
    assert encode(resource("r")) == {"id": "r", "name": "r", "capacity": [[None, 100]]}


def test_trailing_underscores_are_python_only() -> None:
    """The field `else_` is the key `else`, both ways."""
    value = encode(Gate("g", else_="contingency"))
    assert value == {"id": "g", "else": "contingency"}
    assert decode(Gate, value).else_ == "contingency"


def test_dates_and_nested_tuples_come_back() -> None:
    """A calendar with exceptions survives JSON text."""
    calendar = Calendar(
        "office",
        "Office",
        "Europe/London",
        (((480, 720), (780, 1020)),) * 5 + (CLOSED,) * 2,
        (CalendarException(date(2026, 12, 24), date(2026, 12, 26), ((480, 720),), "Eve"),),
        ("GB",),
    )
    assert decode(Calendar, json.loads(json.dumps(encode(calendar)))) == calendar


def test_unknown_keys_are_ignored() -> None:
    """A file of a later version with more keys can be read."""
    value = encode(resource("r")) | {"colour": "red"}
    assert decode(Resource, value) == resource("r")


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("holds", 1, ".holds: expected true or false, found `1`"),
        ("capacity", [["soon", 1]], ".capacity.0.0: expected a date like `2026-11-02T13:00Z`"),
        ("capacity", [[None]], ".capacity.0: expected a list of 2, found a list of 1"),
        ("name", None, ".name: expected text, found nothing"),
        ("fields", {"a": 1}, ".fields.a: expected text, found `1`"),
    ],
)
def test_wrong_values_are_named_with_their_path(key: str, value: object, message: str) -> None:
    """An error says which key and what was expected there."""
    with pytest.raises(CodecError) as caught:
        decode(Resource, encode(resource("r")) | {key: value})
    assert str(caught.value).startswith(message)


def test_a_missing_key_is_named() -> None:
    """A record without a required key is refused."""
    with pytest.raises(CodecError, match="the key `id` is missing"):
        decode(Resource, {"name": "r", "capacity": []})


def test_plan_hash_ignores_places_and_order_of_definitions() -> None:
    """Where a plan is written and the order of its resources do not change its hash."""
    plan = make_project([task("a", 60)], resources=[resource("r"), resource("s")])
    moved = replace(plan, sources={"plan.start": Span("plan.yaml", 1, 1, 1, 2)})
    turned = make_project([task("a", 60)], resources=[resource("s"), resource("r")])
    assert plan_hash(plan) == plan_hash(moved) == plan_hash(turned)


def test_plan_hash_sees_every_meaning() -> None:
    """A minute more, another link type or another order of the outline is another plan."""
    plan = make_project([task("a", 60), task("b", 60)], [link("a", "b")])
    others = [
        make_project([task("a", 61), task("b", 60)], [link("a", "b")]),
        make_project([task("a", 60), task("b", 60)], [link("a", "b", "SS")]),
        make_project([task("a", 60), task("b", 60)], [link("a", "b")], outline=("b", "a")),
    ]
    assert len({plan_hash(plan), *map(plan_hash, others)}) == 4


def test_optional_records_come_back() -> None:
    """A checkpoint with nested optional records survives."""
    one = Checkpoint(
        "c", "C", every=Every(interval=240), from_=When(instant=at("2026-11-02 08:00"))
    )
    assert encode(one)["from"] == {"instant": "2026-11-02T08:00Z"}
    assert decode(Checkpoint, encode(one)) == one
