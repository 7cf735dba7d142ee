"""The outline of a file: rows and what is inside them, with the ids they get."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from imsgen.formats.importing.ids import VALID, Ids, slug
from imsgen.formats.mspdi.read.source import Task

PLAN_ID = "Plan id"
"""The custom field in which our own files keep the full id."""
DEEPEST = 8
"""Levels of rows that a plan file holds: each takes two of its levels."""
_RESERVED_AT_TOP = {"project"}


@dataclass(slots=True)
class Node:
    """A row of the outline. ``split`` marks an activity that became one activity a person."""

    task: Task
    inside: list[Node] = field(default_factory=list)
    parent: Node | None = None
    id: str = ""
    path: str = ""
    split: bool = False

    @property
    def is_group(self) -> bool:
        """Whether others are inside."""
        return bool(self.inside)

    def walk(self) -> Iterator[Node]:
        """Yield the row and everything inside it."""
        yield self
        for one in self.inside:
            yield from one.walk()

    def ancestors(self) -> Iterator[Node]:
        """Yield the groups around it, nearest first."""
        parent = self.parent
        while parent is not None:
            yield parent
            parent = parent.parent


def outline_of(tasks: Sequence[Task]) -> list[Node]:
    """Return the rows at the top, from rows in the order of the file with their levels."""
    top: list[Node] = []
    around: list[Node] = []
    for task in tasks:
        level = min(max(1, task.level), len(around) + 1, DEEPEST)
        del around[level - 1 :]
        node = Node(task, parent=around[-1] if around else None)
        (around[-1].inside if around else top).append(node)
        around.append(node)
    _name(top, "")
    return top


def _name(siblings: Sequence[Node], path: str) -> None:
    """Give the rows of a group ids that differ in more than case."""
    ids = Ids(() if path else _RESERVED_AT_TOP)
    for node in siblings:
        known = node.task.fields.get(PLAN_ID, "").rpartition(".")[2]
        wanted = known if VALID.fullmatch(known) else slug(node.task.name, f"task-{node.task.uid}")
        node.id = ids.take(wanted)
        node.path = f"{path}.{node.id}" if path else node.id
        _name(node.inside, node.path)
