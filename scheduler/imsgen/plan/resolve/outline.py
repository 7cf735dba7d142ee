"""The outline: every group, activity and gate with its full id, number and what it inherits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from imsgen.diagnostics import Label, Report, Span
from imsgen.plan.document import At, RawItem, RawWithin
from imsgen.plan.resolve.names import Names, Role
from imsgen.plan.resolve.part import Part, Parts

_HANDED_DOWN = frozenset(
    [
        "calendar",
        "party",
        "owner",
        "backup",
        "within",
        "priority",
        "tags",
        "ignore_resource_calendars",
        "active",
    ]
)


@dataclass(frozen=True, slots=True)
class Inherited:
    """What groups hand down to everything inside; the nearest wins, tags are added."""

    calendar: At[str] | None = None
    party: tuple[At[str], ...] = ()
    owner: At[str] | None = None
    backup: At[str] | None = None
    within: tuple[tuple[At[RawWithin], str | None], ...] = ()
    """With the group that wrote it, when it is one."""
    priority: int = 500
    tags: tuple[str, ...] = ()
    ignore_resource_calendars: bool = False
    active: bool = True

    def into(self, item: RawItem, group: str | None) -> Inherited:
        """Return what holds for an item inside, ``group`` being its id if it is a group."""
        if not (_HANDED_DOWN & item.keys.keys()):
            return self
        own = {
            key: value
            for key in ("calendar", "party", "owner", "backup", "priority")
            if (value := getattr(item, key)) is not None
        }
        if item.ignore_resource_calendars is not None:
            own["ignore_resource_calendars"] = item.ignore_resource_calendars
        if item.active is not None:
            own["active"] = self.active and item.active
        if item.within is not None:
            own["within"] = tuple((one, group) for one in item.within)
        if item.tags:
            own["tags"] = tuple(dict.fromkeys((*self.tags, *(tag.value for tag in item.tags))))
        return replace(self, **own) if own else self


@dataclass(frozen=True, slots=True)
class Node:
    """A group, an activity or a gate in its place."""

    id: str
    item: RawItem
    part: Part
    """The file it is written in."""
    inner: Part
    """The file its children are written in: another one for an included plan."""
    group: str | None
    wbs: str
    is_group: bool
    inherited: Inherited

    @property
    def scope(self) -> str:
        """The group whose names are nearest to what the item writes."""
        return self.group or ""

    def span(self, key: str) -> Span:
        """Return where a key of the item stands, else the item's id."""
        return self.item.keys.get(key, self.item.id.span)

    def at(self, name: str) -> At[str]:
        """Return the item's id with its place, for messages about it."""
        return At(name, self.item.id.span)


class _Walker:
    def __init__(self, parts: Parts, names: Names, report: Report) -> None:
        self.parts = parts
        self.names = names
        self.report = report
        self.nodes: dict[str, Node] = {}

    def walk(
        self, items: Sequence[RawItem], part: Part, group: Node | None, inherited: Inherited
    ) -> None:
        """Add items and everything inside them, in file order."""
        number = 0
        prefix = f"{group.wbs}." if group is not None else ""
        seen: dict[str, RawItem] = {}
        for item in items:
            if not self._check_id(item, seen):
                continue
            number += 1
            self._add(item, part, group, inherited, f"{prefix}{number}")

    def _add(
        self, item: RawItem, part: Part, group: Node | None, inherited: Inherited, wbs: str
    ) -> None:
        id_ = f"{group.id}.{item.id.value}" if group is not None else item.id.value
        is_group = item.activities is not None or item.include is not None
        inner = self.parts.included.get(id_, part) if item.include is not None else part
        handed = inherited.into(item, id_ if is_group else None)
        node = Node(id_, item, part, inner, group.id if group else None, wbs, is_group, handed)
        self.nodes[id_] = node
        role = Role.GROUP if is_group else Role.GATE if item.gate else Role.ACTIVITY
        self.names.add(id_, role, item.id.span)
        if not is_group:
            return
        children: tuple[RawItem, ...] = item.activities or ()
        if inner is not part:
            children = (*inner.document.activities, *inner.document.gates)
            if inner.document.calendar is not None:
                handed = replace(handed, calendar=inner.document.calendar)
        self.walk(children, inner, node, handed)

    def _check_id(self, item: RawItem, seen: dict[str, RawItem]) -> bool:
        """Whether the id is free in its group; spreadsheets do not tell case apart."""
        id_ = item.id.value
        other = seen.setdefault(id_.casefold(), item)
        if other is not item and other.gate == item.gate:
            return True  # they differ in case only: the reader of the text has said so
        if other is not item:
            self.report.add(
                "IMS204",
                f"`{id_}` is taken"
                if id_ == other.id.value
                else f"`{id_}` and `{other.id.value}` differ only in case",
                item.id.span,
                labels=(Label(other.id.span, "the first is here"),),
                help="choose another id",
            )
            return False
        return True


def outline(
    parts: Parts, calendar: At[str] | None, names: Names, report: Report
) -> Mapping[str, Node]:
    """Return every group, activity and gate by its full id, depth first in file order."""
    walker = _Walker(parts, names, report)
    document = parts.root.document
    top = Inherited(calendar=calendar)
    walker.walk((*document.activities, *document.gates), parts.root, None, top)
    for part in parts.plans():
        taken = {
            node.item.id.value.casefold(): node.item.id.span
            for node in walker.nodes.values()
            if node.scope == part.prefix
        }
        for checkpoint in part.document.checkpoints:
            id_ = checkpoint.id.value
            other = taken.setdefault(id_.casefold(), checkpoint.id.span)
            if other != checkpoint.id.span:
                report.add(
                    "IMS204",
                    f"`{id_}` is taken",
                    checkpoint.id.span,
                    labels=(Label(other, "the first is here"),),
                    help="choose another id",
                )
                continue
            names.add(part.full(id_), Role.CHECKPOINT, checkpoint.id.span)
    return walker.nodes
