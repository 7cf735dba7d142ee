"""Who answers for a row: kept by our own files in custom fields, by name."""

from __future__ import annotations

from collections.abc import Mapping

from imsgen.formats.importing.ids import Ids, slug
from imsgen.formats.mspdi.read.source import ProjectFile, Task
from imsgen.plan.writing import Tree, Words

PARTY, OWNER, BACKUP, CHECKPOINT, TAGS = "Party", "Owner", "Backup", "Checkpoint", "Tags"
GATE = "Gate"
"""What the field `Checkpoint` says of a gate."""


class People:
    """Parties, owners and tags by what the custom fields say."""

    def __init__(self, file: ProjectFile, resources: Mapping[int, str]) -> None:
        self._by_name = {
            file.resources[uid].name.casefold(): id_ for uid, id_ in resources.items()
        }
        self._ids = Ids({"shared"})
        self.parties: dict[str, Tree] = {}
        self.party_ids: dict[str, str] = {}
        """Ids of parties by name, in lower case."""
        for task in file.tasks:
            for name in _names(task.fields.get(PARTY, "")):
                self._party(name)
        for task in file.tasks:
            for key in (OWNER, BACKUP):
                name = task.fields.get(key, "")
                if name and name.casefold() not in self._by_name:
                    self._party(name)

    def of(self, task: Task) -> dict[str, Tree | None]:
        """Return party, owner and backup of a row."""
        parties: list[Tree] = [self._party(name) for name in _names(task.fields.get(PARTY, ""))]
        return {
            "party": None if not parties else parties[0] if len(parties) == 1 else parties,
            "owner": self._person(task.fields.get(OWNER, "")),
            "backup": self._person(task.fields.get(BACKUP, "")),
        }

    def is_gate(self, task: Task) -> bool:
        """Whether something is decided there."""
        return task.level == 1 and task.fields.get(CHECKPOINT) == GATE

    def is_checkpoint(self, task: Task) -> bool:
        """Whether people meet for it."""
        return bool(task.fields.get(CHECKPOINT))

    def tags(self, task: Task) -> Tree | None:
        """Return the words to filter by."""
        found = list(
            dict.fromkeys(slug(name, "tag") for name in _names(task.fields.get(TAGS, "")))
        )
        return list[Tree](found) if found else None

    def _person(self, name: str) -> str | None:
        if not name:
            return None
        return self._by_name.get(name.casefold()) or self._party(name)

    def _party(self, name: str) -> str:
        found = self.party_ids.get(name.casefold())
        if found is None:
            found = self._ids.take(slug(name, "party"))
            self.party_ids[name.casefold()] = found
            self.parties[found] = Words(name)
        return found


def _names(text: str) -> list[str]:
    return [one for part in text.split(",") if (one := part.strip())]
