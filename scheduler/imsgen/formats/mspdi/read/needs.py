"""Who is assigned to what, and on whose hours that runs."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from imsgen.formats.importing.losses import Losses
from imsgen.formats.mspdi.read import notation
from imsgen.formats.mspdi.read.calendar_tree import Calendars
from imsgen.formats.mspdi.read.days import common
from imsgen.formats.mspdi.read.derived import Derived
from imsgen.formats.mspdi.read.outline import Node
from imsgen.formats.mspdi.read.resource_tree import Resources
from imsgen.formats.mspdi.read.source import Assignment, ProjectFile
from imsgen.model import ALWAYS
from imsgen.plan.writing import Tree, Words


class Needs:
    """The assignments of each task."""

    def __init__(
        self, file: ProjectFile, resources: Resources, calendars: Calendars, losses: Losses
    ) -> None:
        self._file = file
        self._resources = resources
        self._calendars = calendars
        self._losses = losses
        self._derived = Derived(file, calendars)
        self._of: dict[int, dict[int, Fraction]] = {}
        known = {task.uid: task for task in file.tasks}
        for one in file.assignments:
            if one.paused and one.task in known:
                losses.add("Split: it is worked through now", known[one.task])
            if one.resource not in resources.ids or one.task not in known:
                continue
            units = self._of.setdefault(one.task, {})
            units[one.resource] = units.get(one.resource, Fraction(0)) + one.units
            self._tell(one)
        for uid, units in self._of.items():
            for resource, wanted in units.items():
                most = resources.most(resource)
                if wanted > most:
                    units[resource] = most
                    losses.add("Asks for more than there is: it takes all there is", known[uid])

    def of(self, node: Node) -> Mapping[int, Fraction]:
        """Return the units of each resource, by UID."""
        return self._of.get(node.task.uid, {})

    def tree(self, node: Node) -> Tree | None:
        """Return ``{ana: 1, ben: 50%}``, ids alone where one of each is needed."""
        needs = {
            self._resources.ids[uid]: notation.units(value) for uid, value in self.of(node).items()
        }
        if len(needs) == 1 and set(needs.values()) == {"1"}:
            return next(iter(needs))
        return dict(needs) if needs else None

    def hours(self, node: Node) -> tuple[str | None, bool]:
        """Return the calendar to write for a task, and whether it alone counts.

        None: the file has no such calendar, or none is named and nobody is on it.
        """
        task, on_it = node.task, self.of(node)
        if task.calendar <= 0 or task.calendar not in self._file.calendars:
            return self._of_people(node), False
        if not on_it or notation.is_elapsed(task.format):
            return self._calendars.id_of(task.calendar), False
        if task.ignore_resources:
            uid, alone = self._derived.of(task.calendar, tuple(on_it))
            if alone and any(self._resources.is_away(one) for one in on_it):
                self._losses.add("Leave counts in a plan, even where calendars do not", task)
            return self._calendars.id_of(uid), alone
        alone = not self._meet(node)
        if alone:
            self._losses.add("Its people never work in its hours, which alone count now", task)
        return self._calendars.id_of(task.calendar), alone

    def _of_people(self, node: Node) -> str | None:
        """Return the calendar of a task that names none: that of the people on it."""
        bases = [self._resources.base_of(uid) for uid in self.of(node)]
        ids = {self._calendars.id_of(base.uid) for base in bases if base is not None}
        if not ids:
            return None
        return next(iter(ids)) if len(ids) == 1 else ALWAYS

    def must_split(self, node: Node) -> bool:
        """Whether its people never work at one time, so that each needs an activity."""
        task = node.task
        if node.is_group or not task.duration or len(self.of(node)) < 2 or task.calendar > 0:
            return False
        return not notation.is_elapsed(task.format) and not self._meet(node)

    def one_each(self, node: Node, duration: str, more: Mapping[str, Tree]) -> dict[str, Tree]:
        """Return an activity for each person on a task that they cannot do together.

        ``more`` is what all of them say besides.
        """
        self._losses.add("Its people never work at one time: one activity a person", node.task)
        found: dict[str, Tree] = {}
        for uid, units in self.of(node).items():
            base = self._resources.base_of(uid)
            calendar = None if base is None else self._calendars.id_of(base.uid)
            id_, shown = self._resources.ids[uid], notation.units(units)
            found[id_] = notation.only(
                {
                    "name": Words(
                        f"{node.task.name or node.id}: {self._file.resources[uid].name}"
                    ),
                    "duration": duration,
                    "needs": id_ if shown == "1" else {id_: shown},
                    "calendar": calendar,
                    **more,
                }
            )
        return found

    def _meet(self, node: Node) -> bool:
        """Whether the weeks of task and people have any hour in common."""
        weeks = []
        own = self._file.calendars.get(node.task.calendar)
        if own is not None:
            weeks.append(self._calendars.week(own))
        for uid in self.of(node):
            calendar = self._file.calendars.get(self._file.resources[uid].calendar)
            if calendar is not None:
                weeks.append(self._calendars.week(calendar))
        return not weeks or any(common(days) for days in zip(*weeks, strict=True))

    def _tell(self, one: Assignment) -> None:
        add = self._losses.add
        if one.contour:
            add("A contour is left out: the work is even", one)
        if one.overtime:
            add("Overtime is left out", one)
        if one.delay:
            add("An assignment that begins later than its task is left out", one)
