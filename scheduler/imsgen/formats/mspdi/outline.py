"""Identity and place of every task: UID, ID, level and outline number."""

from __future__ import annotations

from collections.abc import Iterable

from imsgen.formats.mspdi.rows import Row
from imsgen.model import Activity, Group, Project

_MOST = 2**31 - 1


def rows_of(project: Project) -> dict[str, Row]:
    """Return a row for every group and activity, in outline order, not yet dated.

    A UID is the plan's ``uid`` where that is a number of its own, else the next free one.
    """
    uids = numbers(
        (id_, _item(project, id_).uid) for id_ in project.outline if _known(project, id_)
    )
    rows: dict[str, Row] = {}
    counts: list[int] = [0]
    for id_ in project.outline:
        if not _known(project, id_):
            continue
        item = _item(project, id_)
        level = _level(item, rows)
        counts[level:] = []
        counts.extend([0] * (level - len(counts)))
        counts[level - 1] += 1
        outline = ".".join(map(str, counts[:level]))
        rows[id_] = Row(id_, uids[id_], len(rows) + 1, level, outline, item)
        rows[id_].summary = id_ in project.groups
    return rows


def members(project: Project) -> dict[str, list[str]]:
    """Return the activities inside each group, on the plan of record or not, in outline order."""
    found: dict[str, list[str]] = {id_: [] for id_ in project.groups}
    for id_ in project.outline:
        if id_ in project.activities:
            for group in project.ancestors(id_):
                found[group.id].append(id_)
    return found


def numbers(identities: Iterable[tuple[str, str | None]]) -> dict[str, int]:
    """Return a UID above zero for each id: its own where it is a number, else the next free."""
    pairs = list(identities)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for id_, uid in pairs:
        number = int(uid) if uid and uid.isascii() and uid.isdigit() and len(uid) < 11 else 0
        if 0 < number <= _MOST and number not in taken:
            found[id_] = number
            taken.add(number)
    free = 1
    for id_, _ in pairs:
        if id_ in found:
            continue
        while free in taken:
            free += 1
        found[id_] = free
        taken.add(free)
    return found


def _known(project: Project, id_: str) -> bool:
    return id_ in project.activities or id_ in project.groups


def _item(project: Project, id_: str) -> Activity | Group:
    return project.activities.get(id_) or project.groups[id_]


def _level(item: Activity | Group, rows: dict[str, Row]) -> int:
    parent = rows.get(item.group) if item.group is not None else None
    return parent.level + 1 if parent is not None else 1
