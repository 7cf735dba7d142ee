"""Rows of the outline as activities and groups of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from imsgen.formats.importing.losses import Losses
from imsgen.formats.mspdi.read import notation
from imsgen.formats.mspdi.read.calendar_tree import Calendars
from imsgen.formats.mspdi.read.inherited import FREE
from imsgen.formats.mspdi.read.link_tree import Links
from imsgen.formats.mspdi.read.needs import Needs
from imsgen.formats.mspdi.read.notation import Lengths, is_elapsed
from imsgen.formats.mspdi.read.outline import PLAN_ID, Node
from imsgen.formats.mspdi.read.own_notes import OwnNotes, own_notes
from imsgen.formats.mspdi.read.people import People
from imsgen.formats.mspdi.read.source import Task
from imsgen.plan.writing import Tree, Words

_CONSTRAINTS = {1: "ALAP", 2: "MSO", 3: "MFO", 4: "SNET", 5: "SNLT", 6: "FNET", 7: "FNLT"}
_ENDS = {"MFO", "FNET", "FNLT", "SNLT"}
_OF_GROUPS = {"SNET", "FNLT"}
_LOWER = {"SNET", "FNET"}
_OURS = {PLAN_ID, "Party", "Owner", "Backup", "Checkpoint", "Driver", "Tags"}
"""Custom fields that our own files have, each read in its place."""
_HIGHEST = 1000


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

    def entry(self, node: Node) -> dict[str, Tree]:
        """Return what the plan says of a row and of everything inside it."""
        task = node.task
        said = own_notes(task.notes)
        entry: dict[str, Tree | None] = {"name": Words(task.name) if task.name else None}
        entry |= self._people.of(task)
        entry["after"] = self._links.after(node)
        handed: dict[str, Tree] = {
            "priority": str(min(max(0, task.priority), _HIGHEST)),
            "active": "true" if task.active else "false",
        }
        if node.is_group:
            self._tell_of_group(node)
        elif not node.split:
            entry |= {**self._activity(node, said), **handed}
        entry |= self._both(node, said)
        entry["uid"] = str(task.uid) if task.uid > 0 else None
        if node.is_group:
            entry["activities"] = {one.id: self.entry(one) for one in node.inside}
        elif node.split:
            entry["activities"] = self._needs.one_each(node, self._duration(task), handed)
        return notation.only(entry)

    def _tell_of_group(self, node: Node) -> None:
        task = node.task
        if self._needs.of(node):
            self._losses.add("People on a summary are left out", task)
        if task.calendar > 0:
            # In MS Project a summary's calendar is no one else's.
            self._losses.add("The calendar of a summary is left out", task)
        if task.recurring:
            self._losses.add("A recurring task is written occurrence by occurrence", task)

    def _activity(self, node: Node, said: OwnNotes) -> Mapping[str, Tree | None]:
        task = node.task
        milestone = not task.duration
        gate = self._people.is_gate(task)
        if task.milestone and not milestone:
            self._losses.add("A milestone that takes time is an activity", task)
        on_it = bool(self._needs.of(node))
        if milestone and on_it:
            self._losses.add("People on a milestone are left out", task)
        calendar, alone = self._hours(node)
        checkpoint = milestone and not gate and self._people.is_checkpoint(task)
        return {
            "milestone": "true" if milestone and not gate else None,
            "duration": None if milestone else self._duration(task, said.minutes),
            "needs": None if milestone else self._needs.tree(node),
            "calendar": calendar,
            "ignore_resource_calendars": FREE if milestone or not on_it else alone,
            "unbroken": "true" if said.unbroken and not milestone else None,
            "checkpoint": "true" if checkpoint else None,
        }

    def _duration(self, task: Task, minutes: int | None = None) -> str:
        wanted = task.duration or 0 if minutes is None else minutes
        text = self._lengths.duration(wanted, task.format)
        return f"{text}?" if task.estimated or task.format & notation.ESTIMATED else text

    def _hours(self, node: Node) -> tuple[str, str]:
        """Return the calendar of an activity, and whether that of its people is ignored."""
        task = node.task
        if task.duration and is_elapsed(task.format):
            return FREE, FREE
        if not task.duration and task.calendar <= 0:
            return self._calendars.default, FREE
        if task.calendar > 0 and not self._calendars.knows(task.calendar):
            self._losses.add("Its calendar is missing: the plan's holds", task)
        found, alone = self._needs.hours(node)
        return found or self._calendars.default, "true" if alone else "false"

    def _both(self, node: Node, said: OwnNotes) -> Mapping[str, Tree | None]:
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
        return {
            "constraint": self._constraints(node, said),
            "deadline": None if task.deadline is None else notation.ending(task.deadline),
            "tags": self._people.tags(task),
            "notes": Words(said.text) if said.text else None,
            "links": links or None,
            "fields": fields or None,
        }

    def _constraints(self, node: Node, said: OwnNotes) -> Tree | None:
        """Return the constraint, or two where the notes name another that bounds from above."""
        one = self._constraint(node)
        if said.upper is None or (node.is_group and said.upper[0] not in _OF_GROUPS):
            return one
        other = f"{said.upper[0]} {notation.ending(said.upper[1])}"
        lower = one is not None and one.partition(" ")[0] in _LOWER
        return other if one is None else [one, other] if lower else one

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
        at = self._worked(node, kind, at)
        return f"{kind} {notation.ending(at) if kind in _ENDS else notation.beginning(at)}"

    def _worked(self, node: Node, kind: str, at: datetime) -> datetime:
        """Return the date of an MSO or MFO as an instant at which work can start or finish.

        To MS Project 08:00 and the end of the day before are one instant of work.
        """
        task = node.task
        if kind not in {"MSO", "MFO"} or not task.duration or is_elapsed(task.format):
            return at
        days = self._calendars.of_task(task.calendar)
        if days is None:
            return at
        return days.next_start(at) if kind == "MSO" else days.last_finish(at)

    def _not_before(self, kind: str, at: datetime | None) -> str | None:
        """Return a lower bound, unless the start of the plan says as much."""
        if at is None or at <= self._start:
            return None
        return f"{kind} {notation.ending(at) if kind in _ENDS else notation.beginning(at)}"
