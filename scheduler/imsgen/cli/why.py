"""Why an activity stands where it stands: the chain of what drives its date."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from imsgen.cli.layout import filled, screen_width, wrapped
from imsgen.errors import UsageError
from imsgen.model import Driver, DriverKind, Kind, Schedule, ScheduledActivity
from imsgen.schedule.views import end_text, moment_text, work_text

_WORDS = {
    DriverKind.LINK: "follows",
    DriverKind.RESOURCE: "waits for a resource",
    DriverKind.CONSTRAINT: "is constrained",
    DriverKind.WINDOW: "waits for its window",
    DriverKind.STATUS_DATE: "lies after the status date",
    DriverKind.PROJECT_START: "starts with the plan",
    DriverKind.ACTUAL: "has happened then",
    DriverKind.SPAN: "spans other activities",
    DriverKind.CHOICE: "could be earlier: the solver chose this date",
}


def find_activity(schedule: Schedule, text: str) -> str:
    """Return the full id that an id or the end of exactly one full id stands for.

    Raises
    ------
    UsageError
        If there is none or several.
    """
    known = schedule.activities
    if text in known:
        return text
    ends = [id_ for id_ in known if id_.endswith(f".{text}")]
    if len(ends) == 1:
        return ends[0]
    if ends:
        listed = ", ".join(f"`{id_}`" for id_ in ends[:5])
        raise UsageError(f"`{text}` is not one activity: it ends the ids {listed}")
    if text in schedule.groups:
        raise UsageError(f"`{text}` is a group: name one of the activities inside")
    tails = {id_.rpartition(".")[2]: id_ for id_ in known}
    close = get_close_matches(text, [*known, *tails], 1)
    meant = (
        f"did you mean `{tails.get(close[0], close[0])}`?" if close else "`imsgen show` lists them"
    )
    raise UsageError(f"the schedule has no activity `{text}`: {meant}")


def chain(schedule: Schedule, id_: str) -> tuple[str, ...]:
    """Return the ids from an activity back along what drives each, the activity first."""
    found = [id_]
    while True:
        driver = schedule.activities[found[-1]].driver
        if driver is None or driver.id not in schedule.activities or driver.id in found:
            return tuple(found)
        found.append(driver.id)


def why(schedule: Schedule, id_: str, width: int | None = None) -> str:
    """Return the explanation of an activity's date, in the terminal's columns unless given."""
    return "\n".join(_lines(schedule, id_, screen_width() if width is None else width))


def _lines(schedule: Schedule, id_: str, width: int) -> Iterator[str]:
    project = schedule.project
    activity, dates = project.activities[id_], schedule.activities[id_]
    yield f"{activity.name} ({id_})"
    if activity.kind is Kind.MILESTONE:
        yield f"  at      {moment_text(dates.start, project.timezone)}"
    else:
        yield f"  start   {moment_text(dates.start, project.timezone)}"
        yield f"  finish  {moment_text(dates.finish, project.timezone)}"
    mode = activity.modes[dates.mode]
    if mode.needs:
        needs = [
            f"{project.resources[need.resource].name} {need.units / 100:g}" for need in mode.needs
        ]
        yield f"  with    {', '.join(needs)}"
    yield f"  float   {_floats(schedule, dates)}"
    if activity.deadline is not None:
        yield f"  due     {end_text(activity.deadline, project.timezone)}"
    yield ""
    yield "Because"
    for step in chain(schedule, id_):
        one = schedule.activities[step]
        moment = moment_text(one.start, project.timezone, aligned=True)
        yield from filled(
            [f"  {moment:<28}{project.activities[step].name}", f"({step})"], width, 30
        )
        yield from wrapped(_because(one.driver), width, 32)


def _because(driver: Driver | None) -> str:
    if driver is None:
        return "nothing holds it back"
    return driver.text or f"{_WORDS[driver.kind]} {driver.resource or driver.id}".rstrip()


def _floats(schedule: Schedule, dates: ScheduledActivity) -> str:
    day = schedule.project.day
    amounts = (
        ("total", dates.total_float),
        ("free", dates.free_float),
        ("logic", dates.logic_float),
        ("to deadlines", dates.deadline_float),
    )
    parts = [f"{name} {work_text(amount, day)}" for name, amount in amounts if amount is not None]
    if dates.critical:
        parts.append("critical")
    return ", ".join(parts) or "unknown"
