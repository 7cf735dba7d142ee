"""What imsgen knows of a task and Project has no field for: custom text fields with names."""

from __future__ import annotations

from imsgen.formats.mspdi.remarks import Remarks
from imsgen.formats.mspdi.text import one_line, unique
from imsgen.model import Activity, Driver, Group, Kind, Project, Schedule

_FIELD_IDS = (
    188743731, 188743734, 188743737, 188743740, 188743743, 188743746, 188743747, 188743748,
    188743749, 188743750, *range(188743997, 188744017),
)  # fmt: skip
"""Of Text1 to Text30."""
_OWN = ("Party", "Owner", "Backup", "Checkpoint", "Driver", "Plan id", "Tags")
_ALIAS_LIMIT = 50


class Fields:
    """Names the custom fields of a plan and fills them."""

    def __init__(self, schedule: Schedule, remarks: Remarks) -> None:
        self._schedule = schedule
        project = schedule.project
        items: list[Activity | Group] = [*project.groups.values(), *project.activities.values()]
        users = list(dict.fromkeys(name for item in items for name in item.fields))
        room = len(_FIELD_IDS) - len(_OWN)
        for name in users[room:]:
            remarks.add("No text field is left for it", name)
        taken: set[str] = set()
        self.own = [
            (_FIELD_IDS[i], unique(one, taken, _ALIAS_LIMIT)) for i, one in enumerate(_OWN)
        ]
        self._users = {
            name: (_FIELD_IDS[len(_OWN) + i],
                   unique(one_line(name, _ALIAS_LIMIT) or "Field", taken, _ALIAS_LIMIT))
            for i, name in enumerate(users[:room])
        }  # fmt: skip

    def definitions(self) -> list[tuple[int, str, str]]:
        """Return id, Project's name and the plan's name of each field."""
        numbered = [*self.own, *self._users.values()]
        return [(id_, f"Text{n}", alias) for n, (id_, alias) in enumerate(numbered, start=1)]

    def values(self, item: Activity | Group) -> list[tuple[int, str]]:
        """Return the fields of an activity or group that are not empty, with their ids."""
        project = self._schedule.project
        texts = (
            ", ".join(_party(project, id_) for id_ in item.party),
            _person(project, item.owner),
            _person(project, item.backup),
            _checkpoint(item),
            self._driver(item),
            item.id,
            ", ".join(item.tags),
        )
        ids = [id_ for id_, _ in self.own]
        found = [*zip(ids, texts, strict=True)]
        found += [
            (self._users[name][0], text)
            for name, text in item.fields.items()
            if name in self._users
        ]
        return [(id_, shown) for id_, text in found if (shown := one_line(text))]

    def _driver(self, item: Activity | Group) -> str:
        placed = self._schedule.activities.get(item.id)
        driver = placed.driver if placed is not None else None
        return _said(driver) if driver is not None else ""


def _said(driver: Driver) -> str:
    return driver.text or " ".join(filter(None, (driver.kind, driver.id, driver.resource)))


def _checkpoint(item: Activity | Group) -> str:
    if isinstance(item, Group):
        return ""
    if item.kind is Kind.GATE:
        return "Gate"
    return "Checkpoint" if item.checkpoint else ""


def _party(project: Project, id_: str) -> str:
    party = project.parties.get(id_)
    return party.name if party is not None else id_


def _person(project: Project, id_: str | None) -> str:
    if id_ is None:
        return ""
    resource = project.resources.get(id_)
    return resource.name if resource is not None else _party(project, id_)
