"""Which activity of one schedule is which of another: by id, or by `uid` where the id changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from imsgen.model import Activity, Group, Project

_Node = TypeVar("_Node", Activity, Group)


def paired(old: Project, new: Project) -> dict[str, str]:
    """Return the old id of each activity and group of the new plan that the old plan has too.

    The same full id is the same activity. What has another id is the same when both plans give
    it the same `uid` and neither id is in the other plan; a `uid` that one plan has twice tells
    nothing. An activity is never paired with a group.
    """
    return _pairs(old.activities, new.activities) | _pairs(old.groups, new.groups)


def _pairs(old: Mapping[str, _Node], new: Mapping[str, _Node]) -> dict[str, str]:
    known = _by_uid(old, new)
    wanted = _by_uid(new, old)
    renamed = {new_id: known[uid] for uid, new_id in wanted.items() if uid in known}
    found = {}
    for id_ in new:
        if id_ in old:
            found[id_] = id_
        elif id_ in renamed:
            found[id_] = renamed[id_]
    return found


def _by_uid(nodes: Mapping[str, _Node], other: Mapping[str, _Node]) -> dict[str, str]:
    """Return the ids that only this plan has, by their `uid` where that is theirs alone."""
    found: dict[str, list[str]] = {}
    for id_, one in nodes.items():
        if one.uid is not None:
            found.setdefault(one.uid, []).append(id_)
    return {uid: ids[0] for uid, ids in found.items() if len(ids) == 1 and ids[0] not in other}
