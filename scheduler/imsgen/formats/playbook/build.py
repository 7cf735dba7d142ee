"""From key tasks and their network to the tree of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from imsgen.formats.importing.ids import Ids, slug
from imsgen.formats.playbook.network import Network
from imsgen.formats.playbook.roles import Roles
from imsgen.formats.playbook.rules import Rules
from imsgen.formats.playbook.source import KeyTask, Playbook
from imsgen.formats.playbook.steps import Step, Steps, steps_of
from imsgen.plan.writing import Tree, Words

_STARTED, _COMPLETE, _RECEIVED, _CALENDAR = "started", "complete", "received", "office"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person who imports decides."""

    size: str = "M"
    gates: str = ""
    """`hard` or `soft`; empty: as the rules say."""
    start: str = ""
    """Empty: as the rules say."""
    timezone: str = ""
    """Empty: as the rules say."""


@dataclass(slots=True)
class Counts:
    """How often an assumption was made, for the report."""

    durations: int = 0
    decisions: list[str] = field(default_factory=list)
    meetings: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


class Builder:
    """Grows the outline, gates and checkpoints of one plan."""

    def __init__(self, book: Playbook, network: Network, rules: Rules, choices: Choices) -> None:
        self._book = book
        self._network = network
        self._rules = rules
        self._choices = choices
        self.hard = (choices.gates or rules.gate["style"]) == "hard"
        self.counts = Counts()
        self.roles = Roles(book.tasks, rules)
        self._top = Ids(("project", _STARTED, _COMPLETE, _RECEIVED))
        self._phases = list(dict.fromkeys(task.phase for task in book.tasks))
        self._phase_ids = {
            one: self._top.take(slug(f"phase {one}", "phase")) for one in self._phases
        }
        self.gated = len(book.tasks) > 1
        """Whether phases end in gates: not in the plan of a single key task."""
        self._gate_ids = {one: self._top.take(slug(f"gate {one}", "gate")) for one in self._phases}
        self._ids = [
            self._top.take(slug(f"{task.phase} {task.number} {task.name}", "task"))
            for task in book.tasks
        ]
        received = Ids()
        self._received = {name: received.take(slug(name, "document")) for name in network.received}
        self._party = self._parties()
        self._gates: dict[str, Tree] = {}
        self._checkpoints: dict[str, Tree] = {}
        self._contingencies: dict[str, Tree] = {}

    def tree(self, name: str) -> dict[str, Tree]:
        """Return the plan."""
        rules = self._rules
        activities: dict[str, Tree] = {_STARTED: {"name": Words("Started"), "milestone": "true"}}
        if self._received:
            activities[_RECEIVED] = self._documents()
        for phase in self._phases:
            activities[self._phase_ids[phase]] = self._phase(phase)
        activities.update(self._contingencies)
        activities[_COMPLETE] = {
            "name": Words("Complete"), "milestone": "true", "after": self._last(),
        }  # fmt: skip
        tree: dict[str, Tree | None] = {
            "imsgen": "1",
            "name": Words(name),
            "start": self._choices.start or rules.start,
            "timezone": self._choices.timezone or rules.timezone,
            "calendar": _CALENDAR,
            "calendars": {
                _CALENDAR: {"work": {day: list(hours) for day, hours in rules.hours.items()}}
            },
            "parties": {
                id_: Words(rules.parties.get(word, word)) for word, id_ in self._party.items()
            },
            "resources": self.roles.tree(self._party),
            "activities": activities,
            "gates": self._gates,
            "checkpoints": self._checkpoints,
        }
        return {key: value for key, value in tree.items() if value}

    def _parties(self) -> dict[str, str]:
        """Return the id of every party that is named, those of the rules first."""
        named: dict[str, None] = {}
        for task in self._book.tasks:
            named.update(dict.fromkeys(task.parties))
            for said in (*task.activities, *task.stakeholders):
                named.update(dict.fromkeys(said.parties))
        order = [word for word in self._rules.parties if word in named]
        ids = Ids(("shared",))
        words = [*order, *(word for word in named if word not in self._rules.parties)]
        return {word: ids.take(slug(word, "party")) for word in words}

    def _party_of(self, words: Iterable[str]) -> Tree:
        ids = [self._party[word] for word in self._party if word in set(words)]
        return ids[0] if len(ids) == 1 else ids

    def _documents(self) -> dict[str, Tree]:
        """Return the documents that come from outside, each to be received by someone."""
        inside: dict[str, Tree] = {}
        for name, readers in self._network.received.items():
            entry: dict[str, Tree] = {"name": Words(f"{name} received"), "milestone": "true"}
            owner = self.roles.owner(self._book.tasks[readers[0]])
            inside[self._received[name]] = {**entry, **({"owner": owner} if owner else {})}
        return {
            "name": Words("Documents to be received"), "after": _STARTED, "activities": inside,
        }  # fmt: skip

    def _last(self) -> Tree:
        if not self.gated:
            return [*self._ids]
        gates = [self._gate_ids[one] for one in self._phases]
        return gates[-1] if self.hard else gates

    def _before(self, phase: str) -> str:
        """Return what a phase waits for."""
        place = self._phases.index(phase)
        return self._gate_ids[self._phases[place - 1]] if self.hard and place else _STARTED

    def _phase(self, phase: str) -> dict[str, Tree]:
        members = [i for i, task in enumerate(self._book.tasks) if task.phase == phase]
        working = [i for i in members if i not in self._network.monitoring]
        page = self._book.phases.get(phase)
        if self.gated:
            self._gates[self._gate_ids[phase]] = self._gate(phase, working)
        spans = self._phase_span(phase, working)
        inside: dict[str, Tree] = {}
        for i in members:
            if i in self._network.monitoring:
                inside[self._ids[i]] = self._hammock(i, spans)
            else:
                inside[self._ids[i]] = self._task(i)
        return {
            "name": Words(page.name if page else f"Phase {phase}"),
            "after": self._before(phase),
            "activities": inside,
        }

    def _phase_span(self, phase: str, working: list[int]) -> Tree:
        """Return the events between which monitoring goes on."""
        first = f"{self._ids[working[0]]}.start" if working else f"{_STARTED}.finish"
        return [first, f"{self._gate_ids[phase]}.start"]

    def _gate(self, phase: str, working: list[int]) -> dict[str, Tree]:
        awaited = {j for i in working for j in self._network.links.get(i, ())}
        ends = [self._ids[i] for i in working if i not in awaited]
        page = self._book.phases.get(phase)
        gate: dict[str, Tree] = {
            "name": Words(f"{page.name if page else f'Phase {phase}'}: review at the end"),
            "duration": f"{self._rules.gate['duration']}?",
            "after": ends or [self._before(phase)],
        }
        return self._decided(gate, page.criteria if page else (), None)

    def _decided(
        self, gate: dict[str, Tree], criteria: Iterable[str], task: KeyTask | None
    ) -> dict[str, Tree]:
        self.counts.durations += 1
        deciders = self.roles.known(self._rules.deciders)
        if task is not None:
            present = {self.roles.id(one) for one in task.stakeholders}
            owner = self.roles.owner(task)
            deciders = [one for one in deciders if one in present] or ([owner] if owner else [])
        if deciders:
            gate["decides"] = deciders
        if criteria:
            gate["criteria"] = [Words(one) for one in criteria]
        return gate

    def _links(self, i: int) -> list[Tree]:
        """Return what a key task waits for, each with the documents that are the reason."""
        found: list[Tree] = []
        for name, readers in self._network.received.items():
            if i in readers:
                link = f"{_RECEIVED}.{self._received[name]}"
                found.append({"id": link, "reason": Words(name)})
        for j, names in sorted(self._network.links.get(i, {}).items()):
            found.append({"id": self._ids[j], "reason": Words(", ".join(names))})
        return found

    def _common(self, i: int, *, listed: bool = False) -> dict[str, Tree]:
        task = self._book.tasks[i]
        entry: dict[str, Tree] = {"name": Words(task.name)}
        if task.parties:
            entry["party"] = self._party_of(task.parties)
        owner = self.roles.owner(task)
        if owner:
            entry["owner"] = owner
        lines = [
            task.objective,
            *([f"- {one.text}" for one in task.activities] if listed else []),
            *(f"Good practice: {one.text}" for one in task.practices),
            *self._asides(task),
        ]
        notes = "\n".join(line for line in lines if line)
        if notes:
            entry["notes"] = Words(notes)
        return entry

    def _asides(self, task: KeyTask) -> Iterable[str]:
        """Yield who is concerned without working on it."""
        idle = [one for one in task.stakeholders if not self.roles.units(one)]
        for title, wanted in (("Informed", False), ("If needed", True)):
            names = [one.text for one in idle if self.roles.is_conditional(one) is wanted]
            if names:
                yield f"{title}: {', '.join(names)}"

    def _hammock(self, i: int, spans: Tree) -> dict[str, Tree]:
        return {**self._common(i, listed=True), "spans": spans}

    def _task(self, i: int) -> dict[str, Tree]:
        task = self._book.tasks[i]
        steps = steps_of(task, self._rules)
        links = self._links(i)
        entry = self._common(i)
        if links:
            entry["after"] = links
        self._meet(i, steps)
        if not steps.before and not steps.after and not steps.decides:
            self.counts.empty.append(f"{task.label} `{task.name}`")
            return {**entry, "milestone": "true"}
        if steps.decides:
            gate = self._decision(i, steps, links)
            for step in steps.after:
                step.waits = step.waits or [gate]
        entry["activities"] = self._outline(task, [*steps.before, *steps.after], steps.headings)
        return entry

    def _outline(
        self, task: KeyTask, steps: list[Step], headings: Mapping[str, str]
    ) -> dict[str, Tree]:
        inside: dict[str, Tree] = {}
        groups: dict[str, dict[str, Tree]] = {}
        for step in steps:
            if len(step.path) == 1:
                inside[step.id] = self._activity(task, step)
                continue
            above = step.path[0]
            if above not in groups:
                groups[above] = {}
                inside[above] = {"name": Words(headings[above]), "activities": groups[above]}
            groups[above][step.id] = self._activity(task, step)
        return inside

    def _activity(self, task: KeyTask, step: Step) -> dict[str, Tree]:
        self.counts.durations += 1
        entry: dict[str, Tree] = {"name": Words(step.name)}
        parties = step.said.parties or task.parties
        if parties and set(parties) != set(task.parties):
            entry["party"] = self._party_of(parties)
        estimate = self._rules.kind(step.name).estimates[self._choices.size]
        entry["duration"] = [f"{one}?" for one in estimate]
        if step.waits:
            entry["after"] = step.waits[0] if len(step.waits) == 1 else [*step.waits]
        needs = self.roles.needs(task, parties)
        if needs:
            entry["needs"] = needs
        return entry

    def _decision(self, i: int, steps: Steps, links: list[Tree]) -> str:
        """Add the gate of a key task and the way of No-Go; return the gate's id."""
        task = self._book.tasks[i]
        id_ = self._top.take("go-no-go")
        self.counts.decisions.append(f"{task.label} `{task.name}`")
        gate: dict[str, Tree] = {
            "name": Words("Go/No-Go"),
            "duration": f"{self._rules.gate['duration']}?",
            "after": [f"{self._ids[i]}.{one}" for one in steps.last()] or links or [_STARTED],
        }
        if steps.no_go:
            other = self._top.take("contingency")
            gate["else"] = other
            way: dict[str, Tree] = {"name": Words("Contingency, on No-Go alone")}
            if task.parties:
                way["party"] = self._party_of(task.parties)
            way["activities"] = self._outline(task, steps.no_go, {})
            self._contingencies[other] = way
        self._gates[id_] = self._decided(gate, (), task)
        return id_

    def _meet(self, i: int, steps: Steps) -> None:
        task = self._book.tasks[i]
        for meeting in steps.meetings.values():
            name = f"{task.label} {meeting.name}"
            self.counts.meetings.append(name)
            entry: dict[str, Tree] = {
                "name": Words(f"{meeting.name}: {task.name}"),
                "every": meeting.every,
                "from": f"{self._ids[i]}.start",
                "until": f"{self._ids[i]}.finish",
                "duration": meeting.duration,
                "calendar": _CALENDAR,
            }
            who = self.roles.working(task)
            if who:
                entry["who"] = [*who]
            self._checkpoints[self._top.take(slug(name, "meeting"))] = entry
