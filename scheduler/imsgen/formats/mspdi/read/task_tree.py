"""Rows of the outline as activities and groups of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from imsgen.formats.mspdi.read import notation
from imsgen.formats.mspdi.read.calendar_tree import Calendars
from imsgen.formats.mspdi.read.link_tree import Links
from imsgen.formats.mspdi.read.losses import Losses
from imsgen.formats.mspdi.read.needs import Needs
from imsgen.formats.mspdi.read.notation import Lengths, is_elapsed
from imsgen.formats.mspdi.read.outline import PLAN_ID, Node
from imsgen.formats.mspdi.read.people import People
from imsgen.formats.mspdi.read.source import Task
from imsgen.plan.writing import Tree, Words

_CONSTRAINTS = {1: "ALAP", 2: "MSO", 3: "MFO", 4: "SNET", 5: "SNLT", 6: "FNET", 7: "FNLT"}
_ENDS = {"MFO", "FNET", "FNLT", "SNLT"}
_OF_GROUPS = {"SNET", "FNLT"}
_OURS = {PLAN_ID, "Party", "Owner", "Backup", "Checkpoint", "Driver", "Tags"}
"""Custom fields that our own files have, each read in its place."""
_USUAL_PRIORITY, _HIGHEST = 500, 1000


class Tasks:
    """Writes the entry of each row."""

    def __init__(
        self,
        *,
        start: datetime,
        lengths: Lengths,
        calendars: Calendars,
        needs: Needs,
        links: Links,
        people: People,
        losses: Losses,
    ) -> None:
        self._start = start
        self._lengths = lengths
        self._calendars = calendars
        self._needs = needs
        self._links = links
        self._people = people
        self._losses = losses

    def entry(self, node: Node) -> Tree:
        """Return what the plan says of a row and of everything inside it."""
        task = node.task
        entry: dict[str, Tree | None] = {"name": Words(task.name) if task.name else None}
        entry |= self._people.of(task)
        if node.is_group:
            entry |= {"after": self._links.after(node), **self._group(node)}
        else:
            entry |= self._activity(node)
        entry |= self._both(node)
        entry["uid"] = str(task.uid)
        if node.is_group:
            entry["activities"] = {one.id: self.entry(one) for one in node.inside}
        elif node.split:
            entry["activities"] = self._needs.one_each(node, self._duration(task))
        return notation.only(entry)

    def _group(self, node: Node) -> Mapping[str, Tree | None]:
        task = node.task
        if self._needs.of(node):
            self._losses.add("People on a summary are left out", task)
        if task.calendar > 0:
            # In MS Project a summary's calendar is no one else's.
            self._losses.add("The calendar of a summary is left out", task)
        if task.recurring:
            self._losses.add("A recurring task is written occurrence by occurrence", task)
        return {}

    def _activity(self, node: Node) -> Mapping[str, Tree | None]:
        task = node.task
        if node.split:
            return {"after": self._links.after(node)}
        milestone = not task.duration
        if task.milestone and not milestone:
            self._losses.add("A milestone that takes time is an activity", task)
        if milestone and self._needs.of(node):
            self._losses.add("People on a milestone are left out", task)
        return {
            "milestone": "true" if milestone else None,
            "duration": None if milestone else self._duration(task),
            "after": self._links.after(node),
            "needs": None if milestone else self._needs.tree(node),
            "calendar": self._calendar(node),
            "ignore_resource_calendars": (
                "true"
                if not milestone and self._needs.of(node) and self._needs.ignores_calendars(node)
                else None
            ),
            "checkpoint": "true" if milestone and self._people.is_checkpoint(task) else None,
        }

    def _duration(self, task: Task) -> str:
        text = self._lengths.duration(task.duration or 0, task.format)
        return f"{text}?" if task.estimated or task.format & notation.ESTIMATED else text

    def _calendar(self, node: Node) -> str | None:
        task = node.task
        if not task.duration and task.calendar <= 0:
            return None
        if is_elapsed(task.format):
            return None
        if task.calendar > 0 and self._calendars.id_of(task.calendar) is None:
            self._losses.add("Its calendar is not in the file", task)
        found = self._calendars.id_of(task.calendar) or self._needs.calendar(node)
        return None if found == self._calendars.default else found

    def _both(self, node: Node) -> Mapping[str, Tree | None]:
        task = node.task
        links: dict[str, Tree] = {}
        if task.address.startswith(("http://", "https://")):
            links[task.hyperlink or "Link"] = Words(task.address)
        elif task.address:
            self._losses.add("A hyperlink that is no web address is left out", task)
        fields: dict[str, Tree] = {
            key: Words(text) for key, text in task.fields.items() if key not in _OURS
        }
        if task.contact:
            fields["contact"] = Words(task.contact)
        priority = min(max(0, task.priority), _HIGHEST)
        return {
            "constraint": self._constraint(node),
            "deadline": None if task.deadline is None else notation.ending(task.deadline),
            "priority": None if priority == _USUAL_PRIORITY else str(priority),
            "tags": self._people.tags(task),
            "active": None if task.active else "false",
            "notes": Words(task.notes) if task.notes else None,
            "links": links or None,
            "fields": fields or None,
        }

    def _constraint(self, node: Node) -> str | None:
        task = node.task
        if task.manual and not node.is_group:
            how = "follows its links" if task.links else "not before its start"
            self._losses.add(f"Scheduled by hand: {how}", task)
            if not task.links:
                return self._not_before("SNET", task.start)
        kind, at = _CONSTRAINTS.get(task.constraint, ""), task.constraint_date
        if node.is_group and kind and kind not in _OF_GROUPS:
            self._losses.add(f"A summary cannot have the constraint {kind}", task)
            return None
        if kind in {"", "ALAP"}:
            return kind or None
        if kind in {"SNET", "FNET"}:
            return self._not_before(kind, at)
        if at is None:
            return None
        return f"{kind} {notation.ending(at) if kind in _ENDS else notation.beginning(at)}"

    def _not_before(self, kind: str, at: datetime | None) -> str | None:
        """Return a lower bound, unless the start of the plan says as much."""
        if at is None or at <= self._start:
            return None
        return f"{kind} {notation.ending(at) if kind in _ENDS else notation.beginning(at)}"
