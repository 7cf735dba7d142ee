"""Ids and names that all parts of the plan share, and what was assumed on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from imsgen.formats.importing.ids import Ids, slug
from imsgen.formats.playbook.network import Network
from imsgen.formats.playbook.roles import Roles
from imsgen.formats.playbook.rules import Rules
from imsgen.formats.playbook.source import Phase, Playbook
from imsgen.plan.writing import Tree

STARTED, COMPLETE, RECEIVED, CALENDAR = "started", "complete", "received", "office"


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
    conditional: list[str] = field(default_factory=list)
    stated: list[str] = field(default_factory=list)
    ready: list[int] = field(default_factory=list)
    """Key tasks that a decision waits for though none of its documents come from them."""


class Context:
    """The key tasks, their network, the rules, and an id for everything."""

    def __init__(self, book: Playbook, network: Network, rules: Rules, choices: Choices) -> None:
        self.tasks = book.tasks
        self.network = network
        self.rules = rules
        self.choices = choices
        self.pages = book.phases
        self.counts = Counts()
        self.roles = Roles(book.tasks, rules)
        self.hard = (choices.gates or rules.gate["style"]) == "hard"
        self.gated = len(book.tasks) > 1
        """Whether phases end in gates: not in the plan of a single key task."""
        self.top = Ids(("project", STARTED, COMPLETE, RECEIVED))
        self.members: dict[str, list[int]] = {}
        for i, task in enumerate(book.tasks):
            self.members.setdefault(task.phase, []).append(i)
        self.phases = [*self.members]
        self.phase_ids = {one: self.top.take(slug(f"phase {one}", "phase")) for one in self.phases}
        self.gate_ids = {one: self.top.take(slug(f"gate {one}", "gate")) for one in self.phases}
        self.ids = [
            self.top.take(rules.wording.id(f"{task.phase} {task.number} {task.name}", "task"))
            for task in book.tasks
        ]
        received = Ids(("start", "finish"))
        self.received_ids = {
            name: f"{RECEIVED}.{received.take(rules.wording.id(name, 'document'))}"
            for name in network.received
        }
        self.received_by: dict[int, list[str]] = {}
        for name, readers in network.received.items():
            for i in readers:
                self.received_by.setdefault(i, []).append(name)
        self.party_ids = self._parties()

    def _parties(self) -> dict[str, str]:
        """Return the id of every party that is named, those of the rules first."""
        named: dict[str, None] = {}
        for task in self.tasks:
            named.update(dict.fromkeys(task.parties))
            for said in (*task.activities, *task.stakeholders):
                named.update(dict.fromkeys(said.parties))
        order = [word for word in self.rules.parties if word in named]
        ids = Ids(("shared",))
        words = [*order, *(word for word in named if word not in self.rules.parties)]
        return {word: ids.take(slug(word, "party")) for word in words}

    def party_of(self, words: Iterable[str]) -> Tree:
        """Return the party or parties of words of the files."""
        wanted = set(words)
        ids = [self.party_ids[word] for word in self.party_ids if word in wanted]
        return ids[0] if len(ids) == 1 else ids

    def phase_name(self, phase: str) -> str:
        """Return what people call a phase."""
        page: Phase | None = self.pages.get(phase)
        named = (page.name if page else "") or self.rules.phases.get(phase, "")
        return named or self.rules.say("phase", phase)

    def before(self, phase: str) -> str:
        """Return what a phase waits for."""
        place = self.phases.index(phase)
        return self.gate_ids[self.phases[place - 1]] if self.hard and place else STARTED
