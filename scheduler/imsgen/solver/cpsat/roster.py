"""The shifts of a team as a model: one literal for each person, role and slot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from imsgen.solver.clock import Clock
from imsgen.solver.cpsat.run import Outcome, Result, run
from imsgen.solver.roster.problem import Member, Team

Found = list[tuple[str, str, int, int]]
"""Person, role, first slot and the slot behind the last."""


@dataclass(slots=True)
class Missing:
    """How many people are missing, by role and slot, in the model that allows it."""

    duty: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)
    backup: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)


class RosterModel:
    """Constraints on who is on shift when.

    ``missing`` is None in the model of real people; in the elastic one it counts who lacks.
    """

    def __init__(self, team: Team, *, elastic: bool = False) -> None:
        self.team = team
        self.model = cp_model.CpModel()
        self.missing = Missing() if elastic else None
        self._on: dict[tuple[str, str, int], cp_model.IntVar] = {}
        self._starts: dict[tuple[str, str, int], cp_model.IntVar] = {}
        self._any: dict[tuple[str, int], list[cp_model.IntVar]] = {}
        self._handover = -(-team.rules.handover // team.rules.step)
        self._variables()
        for member in team.members:
            self._one_role_at_a_time(member)
            for role in member.roles:
                self._lengths(member, role)
            self._rests(member)
        for role in team.roles:
            self._cover(role)
            self._hand_over(role)
            self._backups(role)
        self._amounts()

    # -- variables ---------------------------------------------------------------------------

    def _variables(self) -> None:
        for role in self.team.roles:
            wanted = [k for k, people in enumerate(self.team.demand[role]) if people]
            margin = -(-self.team.rules.shortest_shift // self.team.rules.step)
            first, last = min(wanted, default=0) - margin, max(wanted, default=-1) + margin
            for member in self.team.members:
                if role not in member.roles:
                    continue
                for k in range(max(first, 0), min(last + 1, len(self.team.slots))):
                    if member.there[k] or member.pausing[k]:
                        self._variable(member, role, k)

    def _variable(self, member: Member, role: str, k: int) -> None:
        key = (member.id, role, k)
        on = self._on[key] = self.model.new_bool_var("")
        start = self._starts[key] = self.model.new_bool_var("")
        self._any.setdefault((member.id, k), []).append(on)
        before = self._on.get((member.id, role, k - 1)) if self._follows(k) else None
        if before is None:
            self.model.add(start == on)
        else:
            self.model.add(start >= on - before)
            self.model.add_implication(start, on)
            self.model.add_implication(start, before.Not())
        if member.pausing[k]:
            self.model.add(start == 0)

    def _follows(self, k: int) -> bool:
        slots = self.team.slots
        return k > 0 and slots[k].span == slots[k - 1].span

    def _here(self, member: Member, role: str, k: int) -> cp_model.IntVar | None:
        """Return the literal of covering a slot, which nobody does at a meal."""
        return self._on.get((member.id, role, k)) if member.there[k] else None

    # -- one person --------------------------------------------------------------------------

    def _one_role_at_a_time(self, member: Member) -> None:
        for k in range(len(self.team.slots)):
            there = self._any.get((member.id, k), ())
            if len(there) > 1:
                self.model.add_at_most_one(there)

    def _lengths(self, member: Member, role: str) -> None:
        """Bound every shift, and let none end at a meal.

        Who is on has begun within the longest shift; who has begun within the shortest is on.
        These sums leave the relaxation no fractions of a single person's shifts.
        """
        rules, slots = self.team.rules, self.team.slots
        shortest = max(rules.shortest_shift, rules.handover)
        for k in range(len(slots)):
            on = self._on.get((member.id, role, k))
            if on is None:
                continue
            recent = self._begun_since(member, role, k, rules.longest_shift)
            self.model.add(sum(recent) >= on)
            if member.pausing[k]:
                following = self._on.get((member.id, role, k + 1))
                if following is None or not self._follows(k + 1):
                    self.model.add(on == 0)
                else:
                    self.model.add_implication(on, following)
            start = self._starts[member.id, role, k]
            for j in range(k + 1, k + self._least(k, shortest)):
                later = self._on.get((member.id, role, j))
                if later is None or slots[j].span != slots[k].span:
                    self.model.add(start == 0)
                    break
                self.model.add_implication(start, later)

    def _begun_since(
        self, member: Member, role: str, k: int, longest: int
    ) -> list[cp_model.IntVar]:
        """Return the beginnings from which a shift may last through a slot."""
        slots, found = self.team.slots, []
        for j in range(k, -1, -1):
            start = self._starts.get((member.id, role, j))
            if (
                start is None
                or slots[j].span != slots[k].span
                or slots[k].finish - slots[j].start > longest
            ):
                break
            found.append(start)
        return found

    def _least(self, k: int, shortest: int) -> int:
        """Return how many slots from this one on the shortest shift takes."""
        slots = self.team.slots
        for j in range(k, len(slots)):
            if slots[j].finish - slots[k].start >= shortest:
                return j - k + 1
        return len(slots) + 1 if shortest else 1

    def _rests(self, member: Member) -> None:
        """Let nobody begin who has not rested since the last shift, whatever its role."""
        slots, rest = self.team.slots, self.team.rules.least_rest
        starts = [
            [
                self._starts[member.id, role, k]
                for role in member.roles
                if (member.id, role, k) in self._starts
            ]
            for k in range(len(slots))
        ]
        for k, slot in enumerate(slots):
            on = self._any.get((member.id, k), ())
            soon: list[cp_model.IntVar] = []
            for j in range(k + 1, len(slots)):
                if slots[j].start >= slot.finish + rest:
                    break
                soon += starts[j]
            if on and soon:
                self.model.add_at_most_one((*on, *soon))

    # -- one role ----------------------------------------------------------------------------

    def _cover(self, role: str) -> None:
        for k, people in enumerate(self.team.demand[role]):
            if not people:
                continue
            there = [self._here(one, role, k) for one in self.team.members]
            found = [one for one in there if one is not None]
            self.model.add(sum(found) + self._lacking("duty", role, k, people) >= people)

    def _hand_over(self, role: str) -> None:
        """Let enough people stay through every stretch as long as a hand-over, and one slot.

        Enough are the fewest wanted in any slot of it: so many do not change all at once. Who is
        on at its end and has not begun within it has been there all along, since no shift is
        shorter than a hand-over.
        """
        length, demand, slots = self._handover, self.team.demand[role], self.team.slots
        for k in range(length, len(slots)):
            window = range(k - length, k + 1)
            people = min(demand[j] for j in window)
            if not length or not people or slots[window[0]].span != slots[k].span:
                continue
            through: list[Any] = []
            for member in self.team.members:
                on = self._on.get((member.id, role, k))
                if on is not None:
                    began = (self._starts.get((member.id, role, j)) for j in window[1:])
                    through += [on, *(-one for one in began if one is not None)]
            lacking: Any = 0
            if self.missing is not None:
                lacking = self.model.new_int_var(0, people, "")
                for j in window:
                    self.model.add(lacking <= self.missing.duty[role, j])
            self.model.add(sum(through) + lacking >= people)

    def _backups(self, role: str) -> None:
        wanted = self.team.rules.backups
        for k, people in enumerate(self.team.demand[role]):
            if not people or not wanted:
                continue
            there = [one for one in self.team.members if role in one.roles and one.there[k]]
            busy = [on for one in there for on in self._any.get((one.id, k), ())]
            lacking = self._lacking("backup", role, k, wanted)
            self.model.add(len(there) - sum(busy) + lacking >= wanted)

    def _lacking(self, what: str, role: str, k: int, most: int) -> Any:
        if self.missing is None:
            return 0
        found = self.model.new_int_var(0, most, "")
        (self.missing.duty if what == "duty" else self.missing.backup)[role, k] = found
        return found

    def _amounts(self) -> None:
        """Count the shifts of each person, which bound the hours: a good thing to branch on.

        People who are interchangeable come in the order of the plan: the first works most often.
        """
        longest, most = self.team.rules.longest_shift, len(self.team.slots)
        seen: dict[object, cp_model.IntVar] = {}
        for member in self.team.members:
            count = self.model.new_int_var(0, most, "")
            self.model.add(
                sum(one for (id_, _, _), one in self._starts.items() if id_ == member.id) == count
            )
            self.model.add(self._minutes(member) <= longest * count)
            key = (member.roles, member.there, member.pausing, member.unwanted)
            if key in seen:
                self.model.add(seen[key] >= count)
            seen[key] = count

    def _minutes(self, member: Member) -> Any:
        """Return the minutes somebody is on shift."""
        return sum(
            on * self.team.slots[k].minutes
            for k in range(len(self.team.slots))
            for on in self._any.get((member.id, k), ())
        )

    # -- objective ---------------------------------------------------------------------------

    def level(self, name: str) -> Any:
        """Return what a level counts."""
        if name == "shifts":
            return sum(self._starts.values())
        if name == "minutes":
            return sum(on * self.team.slots[k].minutes for (_, _, k), on in self._on.items())
        if name == "longest":
            most = self.model.new_int_var(0, sum(one.minutes for one in self.team.slots), "")
            for member in self.team.members:
                self.model.add(self._minutes(member) <= most)
            return most
        unwanted = {one.id: one.unwanted for one in self.team.members}
        return sum(on * unwanted[id_][k] for (id_, _, k), on in self._on.items())

    def lacking(self) -> Any:
        """Return minutes of missing people, those on duty counting more than any backups."""
        if self.missing is None:
            return 0
        slots = self.team.slots
        backups = sum(one * slots[k].minutes for (_, k), one in self.missing.backup.items())
        duty = sum(one * slots[k].minutes for (_, k), one in self.missing.duty.items())
        most = sum(slot.minutes for slot in slots) * max(self.team.rules.backups, 1)
        return duty * (most * len(self.team.roles) + 1) + backups

    # -- answers -----------------------------------------------------------------------------

    def solve(self, clock: Clock, effort: float) -> Result:
        """Search within so much effort, with presolve and relaxation: the model is small."""
        return run(
            self.model, clock, effort, lambda _value, _bound: None, presolve=True, relaxation=2
        )

    def shifts(self, result: Result) -> Found:
        """Return the shifts of a result, by start, then role and person in plan order."""
        found: Found = []
        for member in self.team.members:
            for role in member.roles:
                begun = None
                for k in range(len(self.team.slots) + 1):
                    on = self._on.get((member.id, role, k))
                    is_on = on is not None and bool(result.solver.boolean_value(on))
                    if begun is not None and (not is_on or not self._follows(k)):
                        found.append((member.id, role, begun, k))
                        begun = None
                    if is_on and begun is None:
                        begun = k
        order = {role: i for i, role in enumerate(self.team.roles)}
        return sorted(found, key=lambda one: (one[2], order[one[1]]))

    def hold(self, result: Result) -> None:
        """Begin the next search from a result."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for variable in (*self._on.values(), *self._starts.values()):
            self.model.add_hint(variable, result.solver.value(variable))


def found_any(result: Result) -> bool:
    """Whether a result has a solution."""
    return result.outcome in {Outcome.OPTIMAL, Outcome.FEASIBLE}
