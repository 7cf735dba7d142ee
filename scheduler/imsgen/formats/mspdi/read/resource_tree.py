"""Resources of the file as resources of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction

from imsgen.formats.importing.ids import Ids, slug
from imsgen.formats.importing.losses import Losses
from imsgen.formats.mspdi.read import notation
from imsgen.formats.mspdi.read.calendar_tree import Calendars
from imsgen.formats.mspdi.read.source import Calendar, ProjectFile, Resource
from imsgen.model import CLOSED
from imsgen.plan.writing import Tree, Words

WORK = 1
_KINDS = {0: "A material is no resource of a plan", 2: "A cost is no resource of a plan"}
_RESERVED = {"any", "units", "count"}
_HOURS_OF_RATE = {1: Fraction(1, 60), 2: Fraction(1)}
_DAY, _WEEK, _MONTH, _YEAR = 3, 4, 5, 7
_MONTHS = 12
_FIRST_YEAR, _FOR_EVER = 1984, 2049
"""The years in which MS Project begins and ends what has no beginning and no end."""


class Resources:
    """The people and equipment that tasks may need, by UID."""

    def __init__(
        self, file: ProjectFile, calendars: Calendars, start: datetime, losses: Losses
    ) -> None:
        self._file = file
        self._calendars = calendars
        self._start = start
        self._losses = losses
        self.ids: dict[int, str] = {}
        self.tree: dict[str, Tree] = {}
        self._entries: dict[str, dict[str, Tree]] = {}
        ids = Ids(_RESERVED)
        for resource in file.resources.values():
            if resource.type != WORK:
                losses.add(
                    _KINDS.get(resource.type, "Only people and equipment are kept"), resource
                )
                continue
            id_ = ids.take(slug(resource.name, f"resource-{resource.uid}"))
            self.ids[resource.uid] = id_
            self._entries[id_] = self._entry(resource)
            self.tree[id_] = self._entries[id_]

    def base_of(self, uid: int) -> Calendar | None:
        """Return the calendar that a resource's hours come from, its own days off aside."""
        resource = self._file.resources[uid]
        calendar = self._file.calendars.get(resource.calendar)
        if calendar is None:
            return None
        if self._leave(resource, calendar) is not None:
            base = self._file.calendars.get(calendar.base) if calendar.base is not None else None
            return None if base is None else self._calendars.plain(base)
        return self._calendars.plain(calendar)

    def give_parties(self, ids: Mapping[str, str]) -> None:
        """Let those whose group is a party's name belong to it; ``ids`` is by that name."""
        for uid, id_ in self.ids.items():
            party = ids.get(self._file.resources[uid].group.casefold())
            entry = self._entries[id_]
            if party is not None:
                entry.pop("tags", None)
                self.tree[id_] = {"name": entry.pop("name"), "party": party, **entry}

    def is_away(self, uid: int) -> bool:
        """Whether a resource has days off of its own."""
        resource = self._file.resources[uid]
        calendar = self._file.calendars.get(resource.calendar)
        return calendar is not None and self._leave(resource, calendar) is not None

    def _entry(self, resource: Resource) -> dict[str, Tree]:
        calendar = self._file.calendars.get(resource.calendar)
        leave = None if calendar is None else self._leave(resource, calendar)
        base = self.base_of(resource.uid)
        id_ = None if base is None else self._calendars.id_of(base.uid)
        return notation.only(
            {
                "name": Words(resource.name),
                "capacity": self._capacity(resource),
                "calendar": id_,
                "leave": leave,
                "email": resource.email if _is_address(resource.email) else None,
                "rate": self._rate(resource),
                "notes": Words(resource.notes) if resource.notes else None,
                "tags": [slug(resource.group, "group")] if resource.group else None,
                "fields": {key: Words(text) for key, text in resource.fields.items()} or None,
                "uid": str(resource.uid),
            }
        )

    def most(self, uid: int) -> Fraction:
        """Return the most there ever is of a resource."""
        resource = self._file.resources[uid]
        units = [value for _, _, value in resource.available] or [resource.max_units]
        return max(units) if max(units) > 0 else Fraction(1)

    def _capacity(self, resource: Resource) -> Tree | None:
        periods = [one for one in resource.available if one[0] is not None or one[1] is not None]
        if len(periods) > 1 or (periods and periods[0][0] is not None):
            return self._dated(resource)
        if resource.max_units <= 0:
            self._losses.add("There is none of it: counted as one", resource)
            return None
        shown = notation.units(resource.max_units)
        return None if shown == "1" else shown

    def _dated(self, resource: Resource) -> Tree:
        """Return the units from each date on; what has no beginning begins with the plan."""
        steps: dict[str, Tree] = {}
        ends = None
        for begin, end, value in resource.available:
            at = self._start if begin is None or begin.year <= _FIRST_YEAR else begin
            if ends is not None and ends < at:
                steps[notation.beginning(ends)] = "0"
            steps[notation.beginning(at)] = "0" if value <= 0 else notation.units(value)
            # An end is the last minute, as in 23:59.
            endless = end is None or end.year >= _FOR_EVER
            ends = None if end is None or endless else end + timedelta(minutes=1)
        if ends is not None:
            steps[notation.beginning(ends)] = "0"
        return steps

    def _leave(self, resource: Resource, calendar: Calendar) -> Tree | None:
        """Return the days off of somebody whose calendar is only a base less days off."""
        alone = self.most(resource.uid) <= 1 and not calendar.is_base and calendar.base is not None
        days_off = all(one.hours == CLOSED and not one.rule for one in calendar.exceptions)
        own_week = any(hours is not None for hours in calendar.week)
        if not alone or own_week or not days_off or not calendar.exceptions:
            return None
        return [notation.days(one.first, one.last) for one in calendar.exceptions]

    def _rate(self, resource: Resource) -> str | None:
        """Return the amount an hour."""
        file = self._file
        month = Fraction(file.day * file.days_per_month, 60)
        hours = {
            **_HOURS_OF_RATE,
            _DAY: Fraction(file.day, 60),
            _WEEK: Fraction(file.week, 60),
            _MONTH: month,
            _YEAR: month * _MONTHS,
        }.get(resource.rate_format)
        if resource.rate <= 0 or hours is None:
            return None
        amount = round(resource.rate / hours, 2)
        return f"{float(amount):.2f}".removesuffix(".00") if amount else None


def _is_address(text: str) -> bool:
    name, at, host = text.partition("@")
    return bool(name and at and "." in host) and all(
        char.isascii() and (char.isalnum() or char in "._+-@") for char in text
    )
