"""Every calendar a project works by, each made once."""

from __future__ import annotations

from imsgen.calendars.expand import is_always, work_calendar
from imsgen.calendars.sets import always, intersection, without
from imsgen.calendars.work import WorkCalendar
from imsgen.model import ALWAYS, Activity, Dependency, Mode, Project


class CalendarBook:
    """Answers which working time something of a project runs on.

    Equal questions get the identical :class:`WorkCalendar`, so that ``is`` tells whether two
    activities share a calendar.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        origin, horizon = project.horizon
        self.always = always(origin, horizon)
        self._named: dict[str, WorkCalendar] = {ALWAYS: self.always}
        self._resources: dict[str, WorkCalendar | None] = {}
        self._effective: dict[tuple[str, ...], WorkCalendar] = {}

    def calendar(self, id_: str) -> WorkCalendar:
        """Return the working time of a named calendar."""
        found = self._named.get(id_)
        if found is None:
            rules = self.project.calendars[id_]
            found = (
                self.always if is_always(rules) else work_calendar(rules, *self.project.horizon)
            )
            self._named[id_] = found
        return found

    def resource(self, id_: str) -> WorkCalendar | None:
        """Return when a resource is there: its calendar less its leave; None: no restriction."""
        if id_ not in self._resources:
            resource = self.project.resources[id_]
            base = None if resource.calendar is None else self.calendar(resource.calendar)
            if resource.leave:
                base = without(base or self.always, resource.leave)
            self._resources[id_] = base
        return self._resources[id_]

    def effective(self, activity: Activity, mode: int = 0) -> WorkCalendar:
        """Return what an activity works on: its calendar and those of the resources it needs.

        ``ignore_resource_calendars`` leaves only the leave of the resources; an elapsed duration
        runs on 24x7.
        """
        return self.effective_of(activity.modes[mode], activity.ignore_resource_calendars)

    def effective_of(self, mode: Mode, ignore_resource_calendars: bool) -> WorkCalendar:
        """Return the effective calendar of one mode, see :meth:`effective`."""
        if mode.elapsed:
            return self.always
        parts = {f"calendar:{mode.calendar}"}
        for need in mode.needs:
            resource = self.project.resources[need.resource]
            if resource.calendar is not None and not ignore_resource_calendars:
                parts.add(f"calendar:{resource.calendar}")
            if resource.leave:
                parts.add(f"leave:{need.resource}")
        key = tuple(sorted(parts))
        found = self._effective.get(key)
        if found is None:
            found = self._effective[key] = self._intersect(key)
        return found

    def _intersect(self, key: tuple[str, ...]) -> WorkCalendar:
        distinct: dict[int, WorkCalendar] = {}
        spans: list[tuple[int, int]] = []
        for part in key:
            kind, _, id_ = part.partition(":")
            if kind == "leave":
                spans.extend(self.project.resources[id_].leave)
            else:
                calendar = self.calendar(id_)
                if calendar is not self.always:
                    distinct[id(calendar)] = calendar
        found = self.always
        for i, calendar in enumerate(distinct.values()):
            found = calendar if i == 0 else intersection(found, calendar)
        return without(found, spans) if spans else found

    def lag_calendar(
        self, link: Dependency, predecessor: WorkCalendar, successor: WorkCalendar
    ) -> WorkCalendar:
        """Return the calendar a link's lag runs on, given the ends' effective calendars."""
        if link.lag_calendar == "successor":
            return successor
        if link.lag_calendar == "predecessor":
            return predecessor
        return self.calendar(link.lag_calendar)
