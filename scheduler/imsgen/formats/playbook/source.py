"""What the files of a methodology say, in their own terms: key tasks and phases."""

from __future__ import annotations

from dataclasses import dataclass, field

from imsgen.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Said:
    """A line of a list: its clean text, who answers for it, and where it stands."""

    text: str
    span: Span
    parties: tuple[str, ...] = ()
    """Words of the file: `customer`, `shared`; none: the line says nothing."""


@dataclass(frozen=True, slots=True)
class Section:
    """Activities under one heading; without a heading the name is empty."""

    name: str
    activities: tuple[Said, ...]


@dataclass(slots=True)
class KeyTask:
    """One file: activities, who takes part, and the documents that go in and come out."""

    phase: str
    number: str
    name: str
    span: Span
    objective: str = ""
    preamble: str = ""
    """What is said before the activities."""
    stream: str = ""
    """The kind of work: technology, workforce."""
    parties: tuple[str, ...] = ()
    sections: list[Section] = field(default_factory=list)
    inputs: list[Said] = field(default_factory=list)
    outputs: list[Said] = field(default_factory=list)
    stakeholders: list[Said] = field(default_factory=list)
    practices: list[Said] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Identity to people: `4.17`. Names are no identity, several tasks share one."""
        return f"{self.phase}.{self.number}"

    @property
    def activities(self) -> list[Said]:
        """Every activity in the order of the file."""
        return [one for section in self.sections for one in section.activities]


@dataclass(frozen=True, slots=True)
class Phase:
    """The page of a phase: its name, what must be true at its end, the key tasks it lists."""

    phase: str
    name: str
    objective: str
    criteria: tuple[str, ...]
    titles: tuple[Said, ...]
    span: Span


@dataclass(slots=True)
class Playbook:
    """All that was read, in the order of the numbers."""

    tasks: list[KeyTask] = field(default_factory=list)
    phases: dict[str, Phase] = field(default_factory=dict)
