"""What a cell means for the plan: which instant, how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from imsgen.calendars import CalendarBook
from imsgen.calendars.zones import candidates
from imsgen.diagnostics import Report
from imsgen.formats.clock import local
from imsgen.formats.notation import duration_text
from imsgen.formats.xlsx.editable import DATED, date_text
from imsgen.formats.xlsx.text import clean
from imsgen.formats.xlsx.typed import Answer
from imsgen.model import DAY, Activity, Instant, Project
from imsgen.plan.resolve.durations import exact_minutes
from imsgen.plan.resolve.part import Setting
from imsgen.plan.syntax.values.durations import parse_duration
from imsgen.plan.syntax.values.misread import Misread

STATUS = "status_date"
_ENDS = ("actual_finish", STATUS)
"""A date without a time is its last minute, in a cell as in a plan."""
_NAIVE = len("2027-03-05 17:00")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a cell would say once exported again, what the plan would, and the instant."""

    shown: str
    written: str
    at: Instant | None = None


class Meaning:
    """Reads answers as the plan does; what may mean two things is reported."""

    def __init__(self, project: Project, zone: ZoneInfo, report: Report) -> None:
        self._project, self._zone, self._report = project, zone, report
        self._calendars = CalendarBook(project)

    def of(self, key: str, answer: Answer, activity: Activity | None) -> Meant | None:
        """Return what a cell means; None where it cannot be taken."""
        known = self._project.resources.get(answer.text) if key == "owner" else None
        if known is not None:  # typed by id
            alone = sum(one.name == known.name for one in self._project.resources.values()) == 1
            return Meant(clean(known.name) if alone else known.id, known.id)
        if not answer.text or key not in {*DATED, STATUS, "remaining"}:
            return Meant(answer.text, answer.text)
        return self._length(answer) if key == "remaining" else self._date(key, answer, activity)

    def _length(self, answer: Answer) -> Meant | None:
        """Return a duration as cells say it: 1d4h is the 12h that a plan says."""
        try:
            raw = parse_duration(answer.text)
        except Misread as misread:
            self._refuse(answer, misread.message, misread.help)
            return None
        project = self._project
        setting = Setting(ZoneInfo(project.timezone), project.day, project.week, project.month)
        length = exact_minutes(raw, setting)
        if length.denominator != 1:
            self._refuse(answer, f"`{answer.text}` is no whole number of minutes", "")
            return None
        text = duration_text(int(length), project.day, raw.elapsed)
        return Meant(text, text)

    def _date(self, key: str, answer: Answer, activity: Activity | None) -> Meant | None:
        day = date.fromisoformat(answer.text[:10])
        minute = int(answer.text[11:13]) * 60 + int(answer.text[14:16])
        whole = key in _ENDS and not minute and not answer.exact
        found = candidates(day, DAY if whole else minute, self._zone)
        if len(answer.text) > _NAIVE:
            found = tuple(at for at in found if date_text(at, self._zone) == answer.text)
        if not found or (len(found) > 1 and not whole):
            self._unclear(answer, [date_text(at, self._zone) for at in found])
            return None
        if whole and activity is not None and self._works_at_midnight(day, activity):
            self._either(answer, day, activity)
            return None
        text = date_text(found[0], self._zone)
        return Meant(text, str(day) if whole else text, found[0])

    def _works_at_midnight(self, day: date, activity: Activity) -> bool:
        calendar = self._calendars.effective_of(
            activity.modes[0], activity.ignore_resource_calendars
        )
        midnights = (candidates(day, minute, self._zone) for minute in (0, DAY))
        return any(
            all(calendar.work_between(Instant(at), Instant(at + 1)) for at in (one - 1, one))
            for found in midnights
            for one in found[:1]
        )

    def _either(self, answer: Answer, day: date, activity: Activity) -> None:
        moments = [
            local(candidates(day, minute, self._zone)[0], self._zone) for minute in (0, DAY)
        ]
        first, last = (f"{one:%Y-%m-%d %H:%M}{one.isoformat()[-6:]}" for one in moments)
        self._refuse(
            answer,
            f"`{answer.text}` may be midnight or the whole day, and `{activity.id}` works "
            "through midnight",
            f"type a time of day; or as text `{first}` for midnight, `{last}` for the whole day",
        )

    def _unclear(self, answer: Answer, texts: list[str]) -> None:
        zone = self._zone.key
        if texts:
            self._refuse(
                answer,
                f"`{answer.text}` occurs twice in {zone}, the clocks go back",
                "type as text " + " or ".join(f"`{one}`" for one in texts),
            )
        else:
            self._refuse(
                answer,
                f"`{answer.text}` does not occur in {zone}, the clocks go forward",
                "type a time before or after the change",
            )

    def _refuse(self, answer: Answer, what: str, help_: str) -> None:
        self._report.add("IMS631", f"{answer.place}: {what}", help=help_)
