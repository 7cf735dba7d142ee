"""Who takes part: stakeholders as roles that several key tasks want at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imsgen.formats.importing.ids import Ids
from imsgen.formats.playbook.rules import Rules
from imsgen.formats.playbook.source import KeyTask, Said
from imsgen.plan.writing import Tree, Words


@dataclass(slots=True)
class _Role:
    id: str
    name: str
    parties: dict[str, None]


class Roles:
    """The stakeholders of all key tasks, each once, whatever the files add to their names."""

    def __init__(self, tasks: list[KeyTask], rules: Rules) -> None:
        self._rules = rules
        # `if on-boarded` is `if on boarded` too
        words = (re.split(r"[\s-]+", one) for one in rules.conditional)
        phrases = "|".join(r"[\s-]+".join(map(re.escape, one)) for one in words) or "(?!)"
        self._condition = re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE)
        self._ids = Ids(("any", "units", "count"))
        self._roles: dict[str, _Role] = {}
        self.conditional: dict[str, None] = {}
        """Names of roles that take part only if something holds."""
        for task in tasks:
            for said in task.stakeholders:
                self._take(said)
                if self.is_conditional(said):
                    self.conditional[f"{said.text} ({task.label})"] = None

    def _take(self, said: Said) -> None:
        name = self._name(said)
        key = self._key(name)
        if self._rules.wording.folded(name) in self._rules.aliases:
            name = self._rules.known[key]
        if key not in self._roles:
            self._roles[key] = _Role(
                self._ids.take(self._rules.wording.id(name, "role")), name, {}
            )
        self._roles[key].parties.update(dict.fromkeys(said.parties))

    def _name(self, said: Said) -> str:
        first, *rest = self._condition.split(said.text)
        if not rest:
            return said.text
        parts = [first.rstrip(" ,;("), *(part.lstrip(" )") for part in rest)]
        return " ".join(part for part in parts if part) or said.text

    def _key(self, name: str) -> str:
        return self._rules.document(name)

    def is_conditional(self, said: Said) -> bool:
        """Whether a stakeholder takes part only if something holds."""
        return self._condition.search(said.text) is not None

    def id(self, said: Said) -> str:
        """Return the id of a stakeholder's role."""
        return self._roles[self._key(self._name(said))].id

    def known(self, names: tuple[str, ...]) -> list[str]:
        """Return the ids of those of the roles that take part in the plan."""
        keys = [self._key(name) for name in names]
        return [self._roles[key].id for key in keys if key in self._roles]

    def units(self, said: Said) -> int:
        """Return how much of a role an activity takes, in percent."""
        return 0 if self.is_conditional(said) else self._rules.role(self._name(said)).units

    def owner(self, task: KeyTask) -> str:
        """Return who answers for a key task: its first stakeholder who works on it, or any."""
        working = [one for one in task.stakeholders if self.units(one)]
        return self.id((working or task.stakeholders)[0]) if task.stakeholders else ""

    def working(self, task: KeyTask) -> list[str]:
        """Return the ids of who works on a key task."""
        return [self.id(one) for one in task.stakeholders if self.units(one)]

    def needs(self, task: KeyTask, parties: tuple[str, ...]) -> dict[str, Tree]:
        """Return what an activity of these parties takes of whom."""
        return {
            self.id(one): f"{self.units(one)}%"
            for one in task.stakeholders
            if self.units(one) and _meet(one.parties, parties)
        }

    def tree(self, party: dict[str, str]) -> dict[str, Tree]:
        """Return the resources of the plan; ``party`` gives the id of a party by its word."""
        found: dict[str, Tree] = {}
        for role in self._roles.values():
            entry: dict[str, Tree] = {"name": Words(role.name)}
            if len(role.parties) == 1:
                entry["party"] = party[next(iter(role.parties))]
            capacity = self._rules.role(role.name).capacity
            if capacity != "1":
                entry["capacity"] = capacity
            found[role.id] = entry
        return found


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or any(party in other for party in one)
