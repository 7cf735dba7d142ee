"""What a No-Go leads to, put together here from the rules: a plan whose dates can be checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from imsgen.model import (
    Activity,
    Dependency,
    Group,
    Instant,
    Kind,
    Mode,
    Options,
    Project,
    RollbackStep,
    StepKind,
    Undo,
)
from imsgen.verifier.scene import Scene, Standing


def step_name(kind: StepKind, id_: str) -> str:
    """Return the id of a step among the activities of the way back."""
    return id_ if kind is StepKind.CONTINGENCY else f"{kind} {id_}"


class WayBack:
    """Everything that must be done on No-Go of one gate, with what each step waits for.

    Parameters
    ----------
    moment
        When No-Go is said; None: when the gate decides.
    """

    def __init__(self, scene: Scene, gate: str, moment: Instant | None = None) -> None:
        self.scene = scene
        self.project = scene.project
        self.decided = scene.standings[gate].finish if moment is None else moment
        self.contingency = self.project.gates[gate].else_
        self.before = scene.predecessors
        self._reach: dict[str, set[str]] = {}
        self.begun = self._begun([gate] if moment is None else [])
        self.irreversible = tuple(
            id_ for id_ in self.begun if scene.standings[id_].activity.irreversible
        )
        self.unit_of = {id_: unit for id_ in self.begun if (unit := self._unit(id_)) is not None}
        self.finishing = [
            id_
            for id_ in self.begun
            if scene.standings[id_].activity.on_abort == "finish"
            and scene.standings[id_].finish > self.decided
        ]

    def plan(self, moment: Instant) -> Project:
        """Return the way back from a moment as a plan."""
        steps = [self._undoing(unit) for unit in dict.fromkeys(self.unit_of.values())]
        steps += [self._finishing(self.scene.standings[id_]) for id_ in self.finishing]
        links = [Dependency(first, then) for first, then in self._order()]
        groups: dict[str, Group] = {}
        if self.contingency is not None:
            top = self.contingency
            after, groups = self._contingency(top)
            known = {*groups, *(one.id for one in after)}
            links += [Dependency(one.id, top) for one in steps]
            links += [
                link
                for link in self.project.dependencies
                if link.predecessor in known and link.successor in known
            ]
            steps += after
        return replace(
            self.project,
            start=moment,
            status_date=None,
            deadline=None,
            groups=groups,
            activities={one.id: one for one in steps},
            dependencies=tuple(links),
            gates={},
            checkpoints={},
            communications={},
            options=Options(),
            expect=(),
            outline=(*groups, *(one.id for one in steps)),
        )

    # -- what has begun ------------------------------------------------------------------------

    def _begun(self, stack: list[str]) -> tuple[str, ...]:
        """Return what started before the decision, and milestones just reached for what decides."""
        now = self.decided
        found = {id_: None for id_, one in self.scene.standings.items() if one.start < now}
        while stack:
            for id_ in self.before[stack.pop()]:
                one = self.scene.standings[id_]
                if id_ not in found and one.start == one.finish == now:
                    found[id_] = None
                    stack.append(id_)
        return tuple(found)

    def _unit(self, id_: str) -> str | None:
        outermost = [one for one in self.project.ancestors(id_) if one.undo is not None][-1:]
        for group in outermost:
            return group.id if group.undo is not None and _minutes(group.undo) else None
        undo = self.project.activities[id_].undo
        return id_ if undo is not None and _minutes(undo) else None

    # -- what is done --------------------------------------------------------------------------

    def _undoing(self, unit: str) -> Activity:
        if unit in self.project.groups:
            inside = [self.project.activities[id_] for id_ in self.project.leaves(unit)]
            undo = self.project.groups[unit].undo
            own = Mode(0, self.project.calendar)
            alone = all(one.ignore_resource_calendars for one in inside)
        else:
            standing = self.scene.standings[unit]
            undo, own = standing.activity.undo, standing.mode
            alone = standing.activity.ignore_resource_calendars
        if undo is None:
            raise AssertionError(unit)
        mode = Mode(
            _minutes(undo),
            undo.calendar or own.calendar,
            own.needs if undo.needs is None else undo.needs,
            own.elapsed and undo.calendar is None,
        )
        return _step(step_name(StepKind.UNDO, unit), mode, alone=alone)

    def _finishing(self, one: Standing) -> Activity:
        left = one.calendar.work_between(self.decided, one.finish)
        step = _step(
            step_name(StepKind.FINISH, one.id),
            replace(one.mode, duration=left),
            alone=one.activity.ignore_resource_calendars,
        )
        return replace(step, unbroken=one.activity.unbroken)

    def _contingency(self, top: str) -> tuple[list[Activity], dict[str, Group]]:
        groups = {
            id_: replace(
                group, group=None if id_ == top else group.group, branch=None, deadline=None
            )
            for id_, group in self.project.groups.items()
            if id_ == top or id_.startswith(f"{top}.")
        }
        activities = [
            replace(self.project.activities[id_], branch=None, deadline=None, progress=None)
            for id_ in self.project.leaves(top)
            if self.project.activities[id_].active
            and self.project.activities[id_].kind is not Kind.HAMMOCK
        ]
        return activities, groups

    # -- in which order ------------------------------------------------------------------------

    def _order(self) -> Iterable[tuple[str, str]]:
        """Yield what comes first and what then, by name of the step."""
        units = list(dict.fromkeys(self.unit_of.values()))
        yield from self._finished_first()
        if not any(unit in self.project.groups for unit in units):
            for unit in units:
                for later in self._nearest(unit):
                    yield step_name(StepKind.UNDO, unit), step_name(StepKind.UNDO, later)
            return
        waits = {unit: self._undone_after(unit) for unit in units}
        for unit in units:
            for earlier in waits[unit]:
                circle = _reaches(waits, unit, earlier) and _reaches(waits, earlier, unit)
                both = {unit, earlier} & set(self.project.groups)
                if circle and both and earlier in both:
                    if unit not in both:
                        yield step_name(StepKind.UNDO, unit), step_name(StepKind.UNDO, earlier)
                    continue
                yield step_name(StepKind.UNDO, earlier), step_name(StepKind.UNDO, unit)

    def _finished_first(self) -> Iterable[tuple[str, str]]:
        for id_ in self.finishing:
            behind = {self.unit_of[id_]} if id_ in self.unit_of else self._units_before(id_)
            for unit in sorted(behind):
                yield step_name(StepKind.FINISH, id_), step_name(StepKind.UNDO, unit)

    def _nearest(self, id_: str) -> Iterable[str]:
        """Yield what an activity depends on and has to be undone, up to the next such on a path."""
        seen = {id_}
        stack = [id_]
        while stack:
            for one in self.before[stack.pop()]:
                if one in seen:
                    continue
                seen.add(one)
                if one in self.unit_of:
                    yield one
                else:
                    stack.append(one)

    def _undone_after(self, unit: str) -> tuple[str, ...]:
        """Return the units that some activity depends on this one for."""
        found: dict[str, None] = {}
        for id_, mine in self.unit_of.items():
            if mine != unit and unit in self._units_before(id_):
                found[mine] = None
        return tuple(found)

    def _units_before(self, id_: str) -> set[str]:
        """Return the units of everything an activity depends on, however far."""
        if id_ not in self._reach:
            found: set[str] = set()
            seen = {id_}
            stack = [id_]
            while stack:
                for one in self.before[stack.pop()]:
                    if one not in seen:
                        seen.add(one)
                        stack.append(one)
                        if one in self.unit_of:
                            found.add(self.unit_of[one])
            self._reach[id_] = found
        return self._reach[id_]


def _reaches(waits: Mapping[str, tuple[str, ...]], first: str, last: str) -> bool:
    seen = {first}
    stack = [first]
    while stack:
        for one in waits[stack.pop()]:
            if one == last:
                return True
            if one not in seen:
                seen.add(one)
                stack.append(one)
    return False


def _minutes(undo: Undo) -> int:
    return undo.duration + undo.verify


def _step(id_: str, mode: Mode, *, alone: bool) -> Activity:
    kind = Kind.TASK if mode.duration else Kind.MILESTONE
    return Activity(id=id_, name=id_, kind=kind, modes=(mode,), ignore_resource_calendars=alone)


def placed_steps(steps: Iterable[RollbackStep]) -> dict[str, RollbackStep]:
    """Return steps by the name of the activity that each is."""
    return {step_name(one.kind, one.id): one for one in steps}
