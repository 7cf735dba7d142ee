"""Values that a group hands down: said once for the group where all inside have the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from imsgen.plan.writing import Tree

Entry: TypeAlias = "dict[str, Tree]"
FREE = "-"
"""Stands for any value: it makes no difference to the row."""
_FEWEST = 2
"""Rows inside of which a group says something; for one it is said there."""
_ORDER = (
    "name", "milestone", "duration", "after", "needs", "at", "calendar",
    "ignore_resource_calendars", "unbroken", "checkpoint", "constraint", "deadline", "priority",
    "party", "owner", "backup", "decides", "else", "tags", "active", "notes", "links", "fields",
    "uid", "activities",
)  # fmt: skip
"""In which keys are written."""
_PLACE = {key: n for n, key in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class _Handed:
    """A key that groups hand down, and what a row without it has; None: nothing."""

    key: str
    usual: Tree | None


def say_once(entries: dict[str, Tree], calendar: str, priority: str) -> None:
    """Move what all rows of a group have in common to the group, and drop what it hands down.

    Every row inside has its values written out, or :data:`FREE`, which is dropped in any case.
    What a group itself says of these keys is a label: it stays where it is true of all inside.
    """
    keys = (
        _Handed("party", None),
        _Handed("owner", None),
        _Handed("backup", None),
        _Handed("calendar", calendar),
        _Handed("ignore_resource_calendars", "false"),
        _Handed("priority", priority),
        _Handed("active", "true"),
    )
    for key in keys:
        for entry in _inside(entries):
            _settle(entry, key, key.usual)
    for entry in _inside(entries):
        _settle_tags(entry, [])
        _put_in_order(entry)


def _settle(entry: Entry, handed: _Handed, above: Tree | None) -> None:
    inside = _inside(entry.get("activities"))
    own = entry.get(handed.key)
    if "activities" not in entry:
        said = handed.usual if own is None else own
        if said in (FREE, above):
            entry.pop(handed.key, None)
        elif said is not None:
            entry[handed.key] = said
        return
    values = [one.get(handed.key, handed.usual) for one in _leaves(entry)]
    bound = [value for value in values if value != FREE]
    same = len(bound) >= _FEWEST and all(value == bound[0] for value in bound)
    here: Tree | None = above
    if same and bound[0] is not None:
        here = bound[0]
    elif own is not None and handed.usual is None and None not in bound:
        here = own
    entry.pop(handed.key, None)
    if here is not None and here != above:
        entry[handed.key] = here
    for one in inside:
        _settle(one, handed, here)


def _settle_tags(entry: Entry, above: list[Tree]) -> None:
    """Drop the tags a row has from the groups around it; a group keeps what all inside have."""
    own = _listed(entry.pop("tags", None))
    if "activities" in entry:
        leaves = [_listed(one.get("tags")) for one in _leaves(entry)]
        own = [tag for tag in own if all(tag in tags for tags in leaves)]
    new = [tag for tag in own if tag not in above]
    if new:
        entry["tags"] = new
    for one in _inside(entry.get("activities")):
        _settle_tags(one, [*above, *new])


def _put_in_order(entry: Entry) -> None:
    for key in sorted(entry, key=_PLACE.__getitem__):
        entry[key] = entry.pop(key)
    for one in _inside(entry.get("activities")):
        _put_in_order(one)


def _listed(tags: Tree | None) -> list[Tree]:
    return list(tags) if isinstance(tags, list) else []


def _inside(activities: Tree | None) -> list[Entry]:
    if not isinstance(activities, dict):
        return []
    return [one for one in activities.values() if isinstance(one, dict)]


def _leaves(entry: Entry) -> Iterator[Entry]:
    for one in _inside(entry.get("activities")):
        if "activities" in one:
            yield from _leaves(one)
        else:
            yield one
