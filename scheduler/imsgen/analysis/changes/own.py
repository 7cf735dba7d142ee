"""Causes that lie in an activity itself: what was reported of it, and edits of what it needs."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.analysis.changes.model import Cause, CauseKind, Edit, Shift
from imsgen.analysis.changes.moves import Pair
from imsgen.analysis.changes.wording import Words
from imsgen.model import Driver, DriverKind, Kind, Progress
from imsgen.schedule.notation import units_text
from imsgen.schedule.views import elapsed_text

_KINDS = {
    "constraint": CauseKind.CONSTRAINT,
    "within": CauseKind.WINDOW,
    "windows": CauseKind.WINDOW,
    "calendar": CauseKind.CALENDAR,
    "needs": CauseKind.CALENDAR,
    "ignore_resource_calendars": CauseKind.CALENDAR,
    "duration": CauseKind.DURATION,
    "alternatives": CauseKind.DURATION,
    "unbroken": CauseKind.DURATION,
    "spans": CauseKind.SPAN,
    "priority": CauseKind.CHOICE,
}
"""Keys of an activity that can move it, in the order in which they are blamed."""


class Own:
    """Looks for causes in what is an activity's own."""

    def __init__(self, pair: Pair, edits: Sequence[Edit]) -> None:
        self._pair = pair
        self._words = Words(pair.new.project)
        self._edits: dict[tuple[str, str], list[Edit]] = {}
        for one in edits:
            self._edits.setdefault((one.part, one.id), []).append(one)

    # -- reported ----------------------------------------------------------------------------

    def begun(self, id_: str, moved: Shift) -> Cause | None:
        """Return that an activity was begun at another time, if that is news."""
        before, after = self._progress(id_)
        if after.actual_start is None or after.actual_start == before.actual_start:
            return None
        return Cause(CauseKind.ACTUAL, f"it was begun {by(moved)}")

    def _reported(self, id_: str, moved: Shift) -> Cause | None:
        before, after = self._progress(id_)
        if after.actual_finish is not None:
            if after.actual_finish == before.actual_finish:
                return None
            return Cause(CauseKind.ACTUAL, f"it was done {by(moved)}")
        if after.actual_start is None:
            return None
        if after.remaining != before.remaining and after.remaining is not None:
            return Cause(
                CauseKind.REMAINING, f"{self._words.length(after.remaining)} of it is left"
            )
        if self._pair.old.project.status_date != self._pair.new.project.status_date:
            return Cause(CauseKind.STATUS_DATE, "the rest of it comes after the status date")
        return None

    def _progress(self, id_: str) -> tuple[Progress, Progress]:
        old, new = self._pair.old.project, self._pair.new.project
        before, after = old.activities[self._pair.was[id_]], new.activities[id_]
        return before.progress or Progress(), after.progress or Progress()

    # -- lengths -----------------------------------------------------------------------------

    def length(self, id_: str, moved: Shift) -> Cause:
        """Return why an activity lasts longer or shorter than before."""
        return (
            self._reported(id_, moved)
            or self._way(id_)
            or self.edited(id_)
            or Cause(CauseKind.CALENDAR, "its working hours lie otherwise")
        )

    def _way(self, id_: str) -> Cause | None:
        """Return that an activity is done in another way, or takes another time."""
        pair = self._pair
        old, new = pair.old.activities[pair.was[id_]], pair.new.activities[id_]
        before = pair.old.project.activities[old.id].modes[old.mode]
        after = pair.new.project.activities[id_].modes[new.mode]
        if before.needs != after.needs and old.mode != new.mode:
            ours, theirs = (
                ", ".join(f"`{one.resource}` {units_text(one.units)}" for one in mode.needs)
                for mode in (after, before)
            )
            text = f"it is done with {ours or 'nobody'} instead of {theirs or 'nobody'}"
            return Cause(CauseKind.MODE, text)
        if (before.duration, before.elapsed) == (after.duration, after.elapsed):
            return None
        ours, theirs = self._words.length(after.duration), self._words.length(before.duration)
        return Cause(CauseKind.DURATION, f"it takes {ours} instead of {theirs}")

    # -- edited ------------------------------------------------------------------------------

    def edited(self, id_: str) -> Cause | None:
        """Return an edit that can move an activity: of itself, its hours, its windows, people."""
        mine = {one.field: one for one in self._edits.get(("activity", id_), ())}
        for field, kind in _KINDS.items():
            if field in mine:
                return Cause(kind, f"its `{field}` was changed")
        activity = self._pair.new.project.activities[id_]
        for group in self._pair.new.project.ancestors(id_):
            if any(one.field == "constraint" for one in self._edits.get(("group", group.id), ())):
                return Cause(CauseKind.CONSTRAINT, f"the `constraint` of `{group.id}` was changed")
        windows = (*(one.window for one in activity.within), *activity.forbidden)
        for window in windows:
            if ("window", window) in self._edits:
                return Cause(CauseKind.WINDOW, f"window `{window}` was changed")
        return self._hours(id_)

    def _hours(self, id_: str) -> Cause | None:
        project = self._pair.new.project
        mode = project.activities[id_].modes[self._pair.new.activities[id_].mode]
        calendars = [mode.calendar]
        for need in mode.needs:
            changed = self._edits.get(("resource", need.resource), ())
            for field in ("leave", "calendar", "capacity"):
                if any(one.field == field for one in changed):
                    text = f"the `{field}` of `{need.resource}` was changed"
                    return Cause(CauseKind.CALENDAR, text, resource=need.resource)
            calendars.append(project.resources[need.resource].calendar or mode.calendar)
        for calendar in calendars:
            if ("calendar", calendar) in self._edits:
                return Cause(CauseKind.CALENDAR, f"calendar `{calendar}` was changed")
        return None

    def dated(self, driver: Driver, later: bool) -> Cause | None:
        """Return a date of the plan that moved what it drives; None where it stayed."""
        old, new = self._pair.old.project, self._pair.new.project
        if driver.kind is DriverKind.STATUS_DATE and old.status_date != new.status_date:
            text = "it had not begun by the status date" if later else "the status date is earlier"
            return Cause(CauseKind.STATUS_DATE, text)
        if driver.kind is DriverKind.PROJECT_START and old.start != new.start:
            way = "later" if later else "earlier"
            return Cause(CauseKind.PLAN_START, f"the plan starts {way}")
        return None

    def last(self, id_: str, driver: Driver | None) -> Cause:
        """Return what is left to say when nothing else tells why."""
        if driver is None or driver.kind is DriverKind.CHOICE:
            return Cause(CauseKind.CHOICE, "nothing forces it: it is as good there")
        if driver.waits:
            return Cause(CauseKind.CALENDAR, f"it waits for {driver.waits}")
        if self._pair.new.project.activities[id_].kind is Kind.HAMMOCK:
            return Cause(CauseKind.SPAN, f"it spans {driver.text}")
        if driver.kind is DriverKind.WINDOW:
            return Cause(CauseKind.WINDOW, f"it waits for window `{driver.id}`")
        return Cause(CauseKind.CHOICE, "the order of the work is another")


def by(moved: Shift) -> str:
    """Return how far something moved on the clock, ``40 min later``."""
    return f"{elapsed_text(abs(moved.clock))} {'later' if moved.clock > 0 else 'earlier'}"
