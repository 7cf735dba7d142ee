"""From front matter to key tasks: every variant of a field, every defect listed, none fatal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from imsgen.diagnostics import Label, Report, Severity, Span
from imsgen.formats.playbook.front_matter import read_front_matter
from imsgen.formats.playbook.rules import Rules
from imsgen.formats.playbook.source import KeyTask, Phase, Playbook, Said, Section
from imsgen.formats.playbook.wording import clean, folded, has_markup, in_order
from imsgen.plan.syntax.text.nodes import Mapping, Node, Sequence, Text, Unreadable

_LONGEST_NUMBER = 24


def read_playbook(files: list[tuple[Path, str]], rules: Rules, report: Report) -> Playbook:
    """Return what the files of a methodology say; each file with the name it is shown by."""
    known: dict[tuple[str, str], KeyTask] = {}
    book = Playbook()
    for path, shown in files:
        root = read_front_matter(path, shown, report)
        if root is None:
            continue
        reader = _Reader(root, shown, rules, report)
        phase = reader.number("phase")
        number = reader.number("task")
        if phase and not number and not reader.has_activities():
            book.phases.setdefault(phase, reader.phase(phase))
        elif not phase or not number:
            missing = rules.fields["task" if phase else "phase"]
            reader.say("IMS614", f"`{shown}` has no `{missing}`, and is left out", reader.top())
        else:
            first = known.get((phase, number))
            if first is None:
                known[phase, number] = reader.task(phase, number)
            else:
                message = f"key task {first.label} is there already, this one is left out"
                reader.say("IMS616", message, reader.top(), first.span)
    order = sorted(known, key=lambda key: (in_order(key[0]), in_order(key[1])))
    book.tasks = [known[key] for key in order]
    return book


class _Reader:
    """Asks one file for its fields by the names of the rules."""

    def __init__(self, root: Mapping, shown: str, rules: Rules, report: Report) -> None:
        self._root = root
        self._shown = shown
        self._rules = rules
        self._report = report
        self._nodes = {key.value: node for key, node in root.entries}
        self._markup: list[Span] = []

    def top(self) -> Span:
        """Return the first line of what the file says."""
        start = self._root.span
        return Span(self._shown, start.line, start.column, start.line, start.column + 1)

    def say(self, code: str, message: str, span: Span, first: Span | None = None) -> None:
        """Report a defect; ``first`` is where the same thing stands before."""
        labels = () if first is None else (Label(_line(first), "first here"),)
        self._report.add(code, message, _line(span), severity=Severity.WARNING, labels=labels)

    def has_activities(self) -> bool:
        """Whether activities are listed here; the page of a phase has none, or titles by subject."""
        named = [self._nodes.get(self._rules.fields[one]) for one in ("activities", "sections")]
        return any(isinstance(node, Sequence) for node in named)

    def number(self, field: str) -> str:
        """Return a number of a phase or key task, empty without a good one."""
        node = self._nodes.get(self._rules.fields[field])
        found = clean(node.value) if isinstance(node, Text) else ""
        return found if len(found) <= _LONGEST_NUMBER and any(map(str.isalnum, found)) else ""

    def phase(self, phase: str) -> Phase:
        """Return the page of a phase."""
        return Phase(
            phase,
            self._text("name") or f"Phase {phase}",
            tuple(one.text for one in self._lines("criteria")),
        )

    def task(self, phase: str, number: str) -> KeyTask:
        """Return a key task."""
        name = self._text("name")
        if not name:
            self.say("IMS615", f"key task {phase}.{number} has no name", self.top())
        task = KeyTask(phase, number, name or f"Key task {phase}.{number}", self.top())
        task.objective = self._text("objective")
        task.parties = self._parties(self._nodes.get(self._rules.fields["party"]))
        task.sections = self._sections(task)
        for field in ("inputs", "outputs", "stakeholders", "practices"):
            setattr(task, field, self._once(self._lines(field), field))
        if self._markup:
            count = len(self._markup)
            self._report.add(
                "IMS617",
                f"markup is removed from {count} {'text' if count == 1 else 'texts'}",
                _line(self._markup[0]),
                severity=Severity.NOTE,
            )
        self._compare_parties(task)
        return task

    def _sections(self, task: KeyTask) -> list[Section]:
        seen: dict[str, Said] = {}
        sections = []
        plain = self._once(self._lines("activities"), "activities", seen)
        if plain:
            sections.append(Section("", tuple(plain)))
        node = self._nodes.get(self._rules.fields["sections"])
        for one in self._items(node, self._rules.fields["sections"]):
            if not isinstance(one, Mapping):
                self._odd(one, "a group of activities")
                continue
            inner = {key.value: value for key, value in one.entries}
            name = self._clean(inner.get(self._rules.fields["section"]))
            key = self._rules.fields["activities"]
            said = [*self._said(inner.get(key), key)]
            found = self._once(said, "activities", seen)
            if found:
                sections.append(Section(name, tuple(found)))
        if not sections:
            self.say("IMS615", f"key task {task.label} has no activities", self.top())
        return sections

    def _lines(self, field: str) -> list[Said]:
        key = self._rules.fields[field]
        return [*self._said(self._nodes.get(key), key)]

    def _said(self, node: Node | None, key: str) -> Iterator[Said]:
        """Yield the lines of a list: plain text, or a map with text and party."""
        fields = self._rules.fields
        for one in self._items(node, key):
            parties: tuple[str, ...] = ()
            value: Node | None = one
            if isinstance(one, Mapping):
                inner = {name.value: node for name, node in one.entries}
                value = inner.get(fields["text"], inner.get(fields["name"]))
                parties = self._parties(inner.get(fields["party"]))
            text = self._clean(value)
            if text:
                yield Said(text, one.span, parties)
            elif not isinstance(one, Unreadable):
                self._odd(one, f"a line of `{key}`")

    def _items(self, node: Node | None, key: str) -> list[Node]:
        if isinstance(node, Sequence):
            return list(node.items)
        if node is not None and not isinstance(node, Unreadable):
            self._odd(node, f"a list under `{key}`")
        return []

    def _odd(self, node: Node, expected: str) -> None:
        """Report something of another type; the rest of the file is read."""
        found = {Text: "text", Sequence: "a list", Mapping: "a map"}.get(type(node), "nothing")
        self.say("IMS615", f"expected {expected}, found {found}: it is left out", node.span)

    def _once(
        self, lines: list[Said], field: str, seen: dict[str, Said] | None = None
    ) -> list[Said]:
        seen = {} if seen is None else seen
        found = []
        for one in lines:
            key = folded(one.text) or one.text
            if key in seen:
                message = f"`{self._rules.fields[field]}` has this twice, the second is left out"
                self.say("IMS616", message, one.span, seen[key].span)
                continue
            seen[key] = one
            found.append(one)
        return found

    def _text(self, field: str) -> str:
        node = self._nodes.get(self._rules.fields[field])
        if node is not None and not isinstance(node, (Text, Unreadable)):
            self._odd(node, f"text under `{self._rules.fields[field]}`")
        return self._clean(node)

    def _clean(self, node: Node | None) -> str:
        if not isinstance(node, Text):
            return ""
        if has_markup(node.value):
            self._markup.append(node.span)
        return clean(node.value)

    def _parties(self, node: Node | None) -> tuple[str, ...]:
        items = node.items if isinstance(node, Sequence) else [node]
        words = [clean(one.value) for one in items if isinstance(one, Text)]
        found: dict[str, None] = {}
        for word in words:
            found.update(dict.fromkeys(self._rules.shared.get(word, (word,))))
        return tuple(one for one in found if folded(one))

    def _compare_parties(self, task: KeyTask) -> None:
        """Report a key task whose activities are done by other parties than it says."""
        doing = {party for one in task.activities for party in one.parties}
        if task.parties and doing and doing != set(task.parties):
            said, done = (" and ".join(sorted(one)) for one in (set(task.parties), doing))
            node = self._nodes[self._rules.fields["party"]]
            self._report.add(
                "IMS618",
                f"key task {task.label} is for {said}, its activities for {done}",
                _line(node.span),
                severity=Severity.NOTE,
            )


def _line(span: Span) -> Span:
    """Return the part of a place that lies on its first line."""
    if span.end_line == span.line:
        return span
    return Span(span.file, span.line, span.column, span.line, span.column + 1)
