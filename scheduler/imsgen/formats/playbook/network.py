"""Who waits for whom: links between key tasks that follow from documents.

A document comes from the latest key task before its reader that makes it. One made only later in
the same phase is waited for as well, unless that closes a circle; one made only in a later phase is
a defect. Registers, and key tasks that go on as long as their phase, drive nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

from imsgen.diagnostics import Report, Severity
from imsgen.formats.playbook.rules import Rules
from imsgen.formats.playbook.source import KeyTask, Playbook, Said
from imsgen.formats.playbook.wording import folded

_RESEMBLES = 0.84
_MOST_COMPARED = 400
"""Names that are compared with all others: beyond that a folder needs aliases, not hints."""


@dataclass(slots=True)
class Network:
    """Links and received documents by the position of the key task that waits."""

    monitoring: frozenset[int]
    links: dict[int, dict[int, list[str]]] = field(default_factory=dict)
    """Successor, predecessor, names of the documents."""
    received: dict[str, list[int]] = field(default_factory=dict)
    """Documents that no key task makes, under their first name, and who waits for them."""
    registers: int = 0
    """Inputs that drive nothing because everybody writes to them."""


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
        self._backward: list[_Backward] = []
        self._producers: dict[str, list[int]] = {}
        for i, task in enumerate(tasks):
            for one in task.outputs:
                self._producers.setdefault(rules.document(one.text), []).append(i)

    def woven(self) -> Network:
        """Return the whole network."""
        for i, task in enumerate(self._tasks):
            if i not in self._found.monitoring:
                for one in task.inputs:
                    self._input(i, one)
        self._link_backward()
        return self._found

    def _monitors(self, task: KeyTask) -> bool:
        name = folded(task.name)
        return any(name.startswith(beginning) for beginning in self._rules.monitoring)

    def _input(self, reader: int, said: Said) -> None:
        document = self._rules.document(said.text)
        if document in self._rules.registers:
            self._found.registers += 1
        elif document in self._producers:
            self._link(reader, said, self._producers[document])
        else:
            name = self._names.setdefault(document, said.text)
            self._found.received.setdefault(name, []).append(reader)
            if len(self._names) <= _MOST_COMPARED:
                _propose(said, document, self._producers, self._report)

    def _link(self, reader: int, said: Said, producers: list[int]) -> None:
        """Link a reader to the latest maker before it, or see what else can be done."""
        makers = [j for j in producers if j not in self._found.monitoring and j != reader]
        earlier = [j for j in makers if j < reader]
        if earlier:
            self._add(reader, earlier[-1], said)
            return
        phase = self._tasks[reader].phase
        here = [j for j in makers if self._tasks[j].phase == phase]
        if here:
            self._backward.append(_Backward(reader, here[0], said))
        elif makers:
            labels = ", ".join(self._tasks[j].label for j in makers[:3])
            self._defect(said, f"`{said.text}` is made only later, by {labels}: no link")

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


def _propose(said: Said, document: str, producers: dict[str, list[int]], report: Report) -> None:
    """Say which document a name may mean; people decide, in the rules."""
    close = get_close_matches(document, producers, 1, _RESEMBLES)
    if close:
        report.add(
            "IMS620",
            f"nothing makes `{said.text}`, which resembles `{close[0]}`",
            said.span,
            severity=Severity.NOTE,
            help="if they are the same, put both under `aliases:` of the rules",
        )
