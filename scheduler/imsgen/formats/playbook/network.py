"""Who waits for whom: links between key tasks that follow from documents.

A document comes from the latest key task before its reader that makes it. One made only later in
the same phase is waited for as well, unless that closes a circle; one made only in a later phase is
a defect. Registers, and key tasks that go on as long as their phase, drive nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from imsgen.diagnostics import Report, Severity
from imsgen.formats.playbook.resembling import Resembling
from imsgen.formats.playbook.rules import Rules
from imsgen.formats.playbook.source import KeyTask, Playbook, Said
from imsgen.formats.playbook.steps import decides


@dataclass(slots=True)
class Network:
    """Links and received documents by the position of the key task that waits."""

    monitoring: frozenset[int]
    links: dict[int, dict[int, list[str]]] = field(default_factory=dict)
    """Successor, predecessor, names of the documents."""
    received: dict[str, list[int]] = field(default_factory=dict)
    """Documents that no key task makes, under their first name, and who waits for them."""
    ready: dict[int, list[int]] = field(default_factory=dict)
    """Key tasks that a decision waits for, by the position of its own: nothing else waits for
    them in their phase."""
    registers: int = 0
    """Inputs that drive nothing because everybody writes to them."""
    monitored: int = 0
    """Inputs that only key tasks make which go on as long as their phase."""
    aliased: dict[str, None] = field(default_factory=dict)
    """Names that the rules take for another, as `this = that`."""


@dataclass(frozen=True, slots=True)
class _Backward:
    reader: int
    producer: int
    said: Said

    @property
    def inversion(self) -> int:
        return self.producer - self.reader


def network_of(book: Playbook, rules: Rules, report: Report) -> Network:
    """Return the links of the key tasks; what makes no link is reported with its place."""
    return _Weaver(book.tasks, rules, report).woven()


class _Weaver:
    """Looks at every input of every key task once."""

    def __init__(self, tasks: list[KeyTask], rules: Rules, report: Report) -> None:
        self._tasks = tasks
        self._rules = rules
        self._report = report
        # where a phase is monitored and nothing else, there is nothing to go on alongside
        worked = {one.phase for one in tasks if not self._monitors(one)}
        self._found = Network(
            frozenset(
                i for i, one in enumerate(tasks) if one.phase in worked and self._monitors(one)
            )
        )
        self._names: dict[str, str] = {}
        self._readers: dict[str, dict[int, None]] = {}
        self._backward: list[_Backward] = []
        self._producers: dict[str, list[int]] = {}
        """Positions of those that make a document, growing; monitoring left out."""
        self._made: dict[str, str] = {}
        """Documents that anybody makes, under their first name."""
        for i, task in enumerate(tasks):
            for one in task.outputs:
                document = self._document(one)
                self._made.setdefault(document, one.text)
                makers = self._producers.setdefault(document, [])
                if i not in self._found.monitoring and (not makers or makers[-1] != i):
                    makers.append(i)
        self._resembling = Resembling(self._made)

    def woven(self) -> Network:
        """Return the whole network."""
        for i, task in enumerate(self._tasks):
            if i not in self._found.monitoring:
                for one in task.inputs:
                    self._input(i, one)
        self._link_backward()
        self._found.received = {
            self._names[document]: [*readers] for document, readers in self._readers.items()
        }
        if self._rules.decision_waits:
            self._prepare_decisions()
        return self._found

    def _prepare_decisions(self) -> None:
        """Let the first decision behind an open end of its phase wait for it."""
        decisions: dict[str, list[int]] = {}
        for i, task in enumerate(self._tasks):
            if i not in self._found.monitoring and decides(task, self._rules):
                decisions.setdefault(task.phase, []).append(i)
        if not decisions:
            return
        phase_of = [one.phase for one in self._tasks]
        awaited = {
            (j, phase_of[i]) for i, before in self._found.links.items() for j in before
        }  # fmt: skip
        for j, phase in enumerate(phase_of):
            if j in self._found.monitoring or (j, phase) in awaited:
                continue
            behind = [i for i in decisions.get(phase, ()) if i > j]
            if behind and not self._leads_to(j, behind[0]):
                self._found.ready.setdefault(behind[0], []).append(j)

    def _monitors(self, task: KeyTask) -> bool:
        name = self._rules.wording.folded(task.name)
        return any(name.startswith(beginning) for beginning in self._rules.monitoring)

    def _document(self, said: Said) -> str:
        """Return a document as it is compared, noting where the rules take it for another."""
        found = self._rules.document(said.text)
        if self._rules.wording.folded(said.text) in self._rules.aliases:
            self._found.aliased[f"{said.text} = {self._rules.known[found]}"] = None
        return found

    def _input(self, reader: int, said: Said) -> None:
        document = self._document(said)
        if document in self._rules.registers:
            self._found.registers += 1
        elif document in self._producers:
            self._link(reader, said, self._producers[document])
        else:
            self._names.setdefault(document, said.text)
            self._readers.setdefault(document, {})[reader] = None
            self._outside(said, document)

    def _outside(self, said: Said, document: str) -> None:
        """Say that nothing makes a document, and which one may be meant; people decide."""
        if len(self._tasks) == 1:
            return
        close = self._resembling.closest(document)
        if close:
            self._report.add(
                "IMS620",
                f"nothing makes `{said.text}`, which resembles `{close}`",
                said.span,
                severity=Severity.NOTE,
                help="if they are the same, put both under `aliases:` of the rules",
            )
        else:
            message = f"nothing makes `{said.text}`: it is received from outside"
            self._report.add("IMS656", message, said.span, severity=Severity.NOTE)

    def _link(self, reader: int, said: Said, makers: list[int]) -> None:
        """Link a reader to the latest maker before it, or see what else can be done."""
        place = bisect_left(makers, reader)
        later = [j for j in makers[place : place + 5] if j != reader]
        if place:
            self._add(reader, makers[place - 1], said)
        elif later and self._tasks[later[0]].phase == self._tasks[reader].phase:
            self._backward.append(_Backward(reader, later[0], said))
        elif later:
            labels = ", ".join(self._tasks[j].label for j in later[:3])
            self._defect(said, f"`{said.text}` is made only later, by {labels}: no link")
        elif not makers:
            self._found.monitored += 1

    def _link_backward(self) -> None:
        """Add links against the order of the numbers, nearest first, that close no circle."""
        order = sorted(self._backward, key=lambda one: (one.inversion, one.reader, one.said.span))
        for one in order:
            if self._leads_to(one.producer, one.reader):
                maker = self._tasks[one.producer].label
                self._defect(
                    one.said,
                    f"`{one.said.text}` is made by {maker}, which itself waits for this: no link",
                )
            else:
                self._add(one.reader, one.producer, one.said)

    def _leads_to(self, task: int, earlier: int) -> bool:
        """Whether a key task waits, through others, for another one."""
        seen: set[int] = set()
        open_ = [task]
        while open_:
            one = open_.pop()
            if one == earlier:
                return True
            if one not in seen:
                seen.add(one)
                open_.extend(self._found.links.get(one, ()))
        return False

    def _add(self, reader: int, producer: int, said: Said) -> None:
        self._found.links.setdefault(reader, {}).setdefault(producer, []).append(said.text)

    def _defect(self, said: Said, message: str) -> None:
        self._report.add("IMS619", message, said.span, severity=Severity.WARNING)
