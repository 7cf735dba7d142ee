"""From front matter to key tasks: every variant of a field, every defect listed, none fatal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from imsgen.diagnostics import Label, Report, Severity, Span
from imsgen.formats.playbook.fields import Fields, line_of
from imsgen.formats.playbook.front_matter import read_front_matter
from imsgen.formats.playbook.rules import Rules, normal
from imsgen.formats.playbook.source import KeyTask, Phase, Playbook, Said, Section
from imsgen.formats.playbook.wording import in_order
from imsgen.plan.syntax.text.nodes import Mapping, Sequence

_LONGEST_NUMBER = 24
_LINES_SHOWN = 20
_MOST_LISTED = 2_000
"""Lines of one list of a key task; a plan with more of them is no plan to edit."""


def read_playbook(files: list[tuple[Path, str]], rules: Rules, report: Report) -> Playbook:
    """Return what the files of a methodology say; each file with the name it is shown by."""
    return _Library(rules, report).read(files)


@dataclass(slots=True)
class _Library:
    """Everything read so far."""

    rules: Rules
    report: Report
    tasks: dict[tuple[str, str], KeyTask] = field(default_factory=dict)
    phases: dict[str, Phase] = field(default_factory=dict)
    unknown: dict[str, list[Span]] = field(default_factory=dict)

    def read(self, files: list[tuple[Path, str]]) -> Playbook:
        for path, shown in files:
            root = read_front_matter(path, shown, self.report)
            if root is not None:
                self._add(_Reader(root, shown, self.rules, self.report), path)
        self._report_unknown()
        ranks = {one: i for i, one in enumerate(self.rules.phases)}
        order = sorted(
            self.tasks,
            key=lambda key: (ranks.get(key[0], len(ranks)), in_order(key[0]), in_order(key[1])),
        )
        return Playbook([self.tasks[key] for key in order], self.phases)

    def _add(self, reader: _Reader, path: Path) -> None:
        phase, number = reader.numbers()
        if phase and not number and not reader.has_activities():
            self.phases.setdefault(phase, reader.phase(phase))
            return
        missing = [one for one, got in (("phase", phase), ("task", number)) if not got]
        if missing:
            phase, number = self._from_name(path, phase, number)
            keys = " and ".join(f"`{self.rules.fields[one][0]}`" for one in missing)
            if not phase or not number:
                message = f"`{reader.fields.shown}` has no {keys}, and is left out"
                reader.fields.say("IMS614", message, reader.fields.top())
                return
            message = f"no {keys} here: taken from the file's name, key task {phase}.{number}"
            reader.fields.say("IMS615", message, reader.fields.top())
        first = self.tasks.get((phase, number))
        if first is None:
            self.tasks[phase, number] = reader.task(phase, number)
            for key, span in reader.fields.unknown():
                self.unknown.setdefault(key, []).append(span)
        else:
            message = f"key task {first.label} is there already, this one is left out"
            reader.fields.say("IMS616", message, reader.fields.top(), first.span)

    def _from_name(self, path: Path, phase: str, number: str) -> tuple[str, str]:
        found = self.rules.file_name.search(path.name) if self.rules.file_name else None
        if found is None:
            return phase, number
        return phase or found["phase"] or "", number or found["task"] or ""

    def _report_unknown(self) -> None:
        """Report each key that the rules do not know once, however many files have it."""
        names = [name for names in self.rules.fields.values() for name in names]
        for key, spans in self.unknown.items():
            more = f", here and in {len(spans) - 1} more files" if len(spans) > 1 else ""
            close = get_close_matches(normal(key), [normal(one) for one in names], 1, 0.8)
            meant = next((one for one in names if close and normal(one) == close[0]), "")
            self.report.add(
                "IMS655",
                f"`{key}` is no field the rules know: nothing of it is imported{more}",
                spans[0],
                severity=Severity.WARNING if meant else Severity.NOTE,
                help=f"did you mean `{meant}`?" if meant else "",
            )


class _Reader:
    """Makes a key task or the page of a phase of one file."""

    def __init__(self, root: Mapping, shown: str, rules: Rules, report: Report) -> None:
        self.fields = Fields(root, shown, rules, report)
        self._rules = rules
        self._report = report

    def has_activities(self) -> bool:
        """Whether activities are listed here; the page of a phase has none, or titles by subject."""
        named = [self.fields.node(one) for one in ("activities", "sections")]
        return any(isinstance(node, Sequence) for node in named)

    def numbers(self) -> tuple[str, str]:
        """Return the numbers of phase and key task; each is empty where there is no good one."""
        phase, number = self._number("phase"), self._number("task")
        # `1.13` in phase 1 says the phase once more
        rest = number.removeprefix(f"{phase}.")
        return phase, rest if phase and rest else number

    def _number(self, name: str) -> str:
        found = self.fields.plain(name)
        before = re.escape(self._rules.sayings[name].partition("{}")[0].strip())
        if before:
            found = re.sub(rf"\A{before}\s*(?=\S)", "", found, flags=re.IGNORECASE)
        return found if len(found) <= _LONGEST_NUMBER and any(map(str.isalnum, found)) else ""

    def phase(self, phase: str) -> Phase:
        """Return the page of a phase."""
        found = Phase(
            phase,
            self.fields.text("name") or self._rules.phases.get(phase, ""),
            self.fields.text("objective"),
            tuple(one.text for one in self.fields.lines("criteria")),
            tuple(self._titles()),
            self.fields.top(),
        )
        self._report_markup()
        return found

    def _titles(self) -> list[Said]:
        """Return the key tasks that the page of a phase lists, by subject or not."""
        node = self.fields.node("activities")
        if not isinstance(node, Mapping):
            return []
        return [said for key, inner in node.entries for said in self.fields.said(inner, key.value)]

    def task(self, phase: str, number: str) -> KeyTask:
        """Return a key task."""
        name = self.fields.text("name")
        top = self.fields.top()
        if not name:
            self.fields.say("IMS615", f"key task {phase}.{number} has no name", top)
        said = self._rules.say("task", f"{phase}.{number}")
        task = KeyTask(phase, number, name or said, top)
        task.objective = self.fields.text("objective")
        task.preamble = self.fields.text("preamble")
        task.stream = self.fields.text("stream")
        task.parties = self.fields.parties(self.fields.node("party"))
        task.sections = self._sections(task)
        for name in ("inputs", "outputs", "stakeholders", "practices"):
            setattr(task, name, self._once(self.fields.lines(name), name))
        self._report_markup()
        self._compare_parties(task)
        return task

    def _report_markup(self) -> None:
        found = self.fields.markup
        if not found:
            return
        lines = [str(one) for one in sorted({one.line for one in found})]
        more = f" and {len(lines) - _LINES_SHOWN} more" if len(lines) > _LINES_SHOWN else ""
        where = f"lines {', '.join(lines[:_LINES_SHOWN])}{more}"
        count = "1 text" if len(found) == 1 else f"{len(found)} texts, {where}"
        self._report.add(
            "IMS617",
            f"markup is removed from {count}",
            line_of(min(found)),
            severity=Severity.NOTE,
        )

    def _sections(self, task: KeyTask) -> list[Section]:
        """Return activities in a list, by subject, or under headings; repeats are left out."""
        seen: dict[str, Said] = {}
        sections = []
        node = self.fields.node("activities")
        key = self.fields.called("activities")
        if isinstance(node, Mapping):
            for name, inner in node.entries:
                said = [*self.fields.said(inner, name.value)]
                sections.append(Section(name.value, tuple(self._once(said, "activities", seen))))
        else:
            plain = self._once([*self.fields.said(node, key)], "activities", seen)
            sections.append(Section("", tuple(plain)))
        for one in self.fields.items(self.fields.node("sections"), self.fields.called("sections")):
            if not isinstance(one, Mapping):
                self.fields.odd(one, "a group of activities")
                continue
            inner_fields = self.fields.inside(one)
            parties = inner_fields.parties(inner_fields.node("party"))
            said = [*inner_fields.said(inner_fields.node("activities"), key, parties)]
            found = self._once(said, "activities", seen)
            sections.append(Section(inner_fields.text("section"), tuple(found)))
        sections = [one for one in sections if one.activities]
        if not sections:
            self.fields.say("IMS615", f"key task {task.label} has no activities", task.span)
        return sections

    def _once(
        self, lines: list[Said], name: str, seen: dict[str, Said] | None = None
    ) -> list[Said]:
        seen = {} if seen is None else seen
        found = []
        for one in lines:
            if len(seen) >= _MOST_LISTED:
                message = f"`{self.fields.called(name)}` has more than {_MOST_LISTED:,} lines"
                self.fields.say("IMS615", f"{message}: the rest is left out", one.span)
                break
            key = self._rules.wording.folded(one.text) or one.text
            if key in seen:
                message = f"`{self.fields.called(name)}` has this twice, the second is left out"
                self.fields.say("IMS616", message, one.span, seen[key].span)
                continue
            seen[key] = one
            found.append(one)
        return found

    def _compare_parties(self, task: KeyTask) -> None:
        """Report a key task whose activities are done by other parties than it says."""
        doing = {party for one in task.activities for party in one.parties or task.parties}
        node = self.fields.node("party")
        if task.parties and doing and doing != set(task.parties) and node is not None:
            said, done = (" and ".join(sorted(one)) for one in (set(task.parties), doing))
            lines = sorted(
                {one.span.line for one in task.activities
                 if one.parties and set(one.parties) != set(task.parties)}
            )  # fmt: skip
            self._report.add(
                "IMS618",
                f"key task {task.label} is for {said}, its activities for {done}",
                line_of(node.span),
                severity=Severity.NOTE,
                labels=tuple(
                    Label(Span(node.span.file, line, 1, line, 2), "another party")
                    for line in lines[:1]
                ),
            )
