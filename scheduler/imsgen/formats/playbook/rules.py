"""What turns a methodology into a plan and is not in its files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from imsgen.formats.playbook.wording import Wording

_SEVERAL = re.compile(r"[,;/&+]")
SIZES = ("S", "M", "L")
FIELDS = (
    "phase", "task", "name", "objective", "party", "activities", "sections", "section", "text",
    "inputs", "outputs", "stakeholders", "practices", "criteria",
)  # fmt: skip
"""What every methodology has; rules say what it is called."""
MORE_FIELDS = ("preamble", "stream")
"""What some have: text before the activities, the kind of work a key task belongs to."""
SAYINGS: Mapping[str, str] = {
    "phase": "Phase {}",
    "task": "Key task {}",
    "review": "{}: review at the end",
    "started": "Started",
    "complete": "Complete",
    "documents": "Documents to be received",
    "received": "{} received",
    "practice": "Good practice: {}",
    "informed": "Informed: {}",
    "needed": "If needed: {}",
    "decision": "Go/No-Go",
    "decided": "Decided",
    "contingency": "Contingency, on No-Go alone",
}
"""What the plan says where the files say nothing; ``{}`` is a name of theirs."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Activities that begin with the same verbs: how long, and whether others wait for them."""

    name: str
    verbs: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    """Found anywhere in an activity, for languages whose verbs stand elsewhere."""
    estimates: Mapping[str, tuple[str, ...]]
    """By size: least, likely, most."""
    alongside: bool


@dataclass(frozen=True, slots=True)
class Role:
    """How much of a role an activity takes, in percent, and how many people it has."""

    match: str
    units: int
    capacity: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A checkpoint that words in the files ask for."""

    name: str
    match: re.Pattern[str]
    every: str
    duration: str


@dataclass(frozen=True, slots=True)
class Stated:
    """Words that say how long an activity takes: a pattern with one group, the number."""

    match: re.Pattern[str]
    unit: str


@dataclass(frozen=True, slots=True)
class Rules:
    """A methodology: names of its fields, and every assumption made of it."""

    name: str
    start: str
    timezone: str
    hours: Mapping[str, tuple[str, ...]]
    fields: Mapping[str, tuple[str, ...]]
    """What each is called in front matter, normalised; the first that is there holds."""
    ignored: frozenset[str]
    """Keys of front matter that say nothing about a plan, normalised."""
    file_name: re.Pattern[str] | None
    """Finds `phase` and `task` in the name of a file that does not say them itself."""
    phases: Mapping[str, str]
    """Names of phases by number, in their order."""
    parties: Mapping[str, str]
    shared: Mapping[str, tuple[str, ...]]
    wording: Wording
    sayings: Mapping[str, str]
    kinds: tuple[Kind, ...]
    roles: tuple[Role, ...]
    conditional: tuple[str, ...]
    conditions: tuple[re.Pattern[str], ...]
    registers: frozenset[str]
    monitoring: tuple[str, ...]
    aliases: Mapping[str, str]
    known: Mapping[str, str]
    """The name each of those documents is known by, as people write it."""
    gate: Mapping[str, str]
    deciders: tuple[str, ...]
    decision: Mapping[str, tuple[re.Pattern[str], ...]]
    decision_waits: bool
    """Whether a decision waits for what its phase does before it and nobody else waits for."""
    stated: tuple[Stated, ...]
    meetings: tuple[Meeting, ...]

    def kind(self, text: str) -> Kind:
        """Return the kind of an activity: the first with a verb it begins with, else the last."""
        words = f"{self.wording.folded(text)} "
        for kind in self.kinds:
            if any(words.startswith(f"{verb} ") for verb in kind.verbs) or any(
                one.search(text) for one in kind.patterns
            ):
                return kind
        return self.kinds[-1]

    def stated_length(self, text: str) -> str:
        """Return how long an activity takes by its own words; empty if they do not say."""
        for one in self.stated:
            found = one.match.search(text)
            if found:
                return f"{int(found[1])}{one.unit}"
        return ""

    def role(self, name: str) -> Role:
        """Return what holds for a role: the first whose words its name has, else the last."""
        words = f" {self.wording.folded(name)} "
        return next((one for one in self.roles if f" {one.match} " in words), self.roles[-1])

    def party(self, word: str) -> tuple[str, ...]:
        """Return the parties a word of the files means, whatever its case; `one, other` is two."""
        found = self.shared.get(word.casefold(), (word,))
        known = {one.casefold(): one for one in self.parties}
        parts = [one.strip().casefold() for one in _SEVERAL.split(word)]
        if len(parts) > 1 and all(one in known for one in parts):
            found = tuple(parts)
        return tuple(known.get(one.casefold(), one) for one in found)

    def document(self, name: str) -> str:
        """Return a document as it is compared, whatever a file calls it."""
        words = self.wording.folded(name)
        return self.aliases.get(words, words)

    def say(self, what: str, about: str = "") -> str:
        """Return what the plan says about a name of the files."""
        return self.sayings[what].replace("{}", about)

    def is_conditional(self, text: str) -> bool:
        """Whether an activity is done only if something holds."""
        return any(one.search(text) for one in self.conditions)


def normal(key: str) -> str:
    """Return a key of front matter as it is compared: `keyTask`, `key_task` and `Key-Task`."""
    return key.casefold().replace("_", "").replace("-", "").replace(" ", "")
