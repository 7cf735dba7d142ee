"""Floats, early dates, drivers and occurrences: what a schedule says beside its dates."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.model import Driver, DriverKind, Schedule
from imsgen.verifier.scene import Scene
from imsgen.verifier.violation import Rule, Violation
from imsgen.verifier.windows import fits


def check_floats(scene: Scene, schedule: Schedule) -> Iterator[Violation]:
    """Check that late dates lie ``total_float`` after the dates, and no float at all means critical."""
    for id_, given in schedule.activities.items():
        if given.critical != (given.total_float is not None and given.total_float <= 0):
            yield Violation(
                Rule.CRITICAL,
                (id_,),
                f"`{id_}` is {'' if given.critical else 'not '}called critical with a total float"
                f" of {given.total_float}",
            )
        if given.total_float is None or given.total_float < 0:
            continue
        pairs = (
            ("starts", given.start, given.late_start),
            ("finishes", given.finish, given.late_finish),
        )
        for what, found, late in pairs:
            if late is not None and late < found:
                yield scene.violation(
                    Rule.FLOAT,
                    (id_,),
                    f"`{id_}` has float but {what} {{0}}, after its late date {{1}}",
                    found,
                    late,
                )
                break
        else:
            yield from _float_by_dates(scene, schedule, id_)


def _float_by_dates(scene: Scene, schedule: Schedule, id_: str) -> Iterator[Violation]:
    """Compare the total float with the working time between finish and late finish."""
    given, one = schedule.activities[id_], scene.standings.get(id_)
    if one is None or given.late_finish is None or one.settled:
        return
    between = one.calendar.work_between(given.finish, given.late_finish)
    if between != given.total_float:
        yield scene.violation(
            Rule.FLOAT,
            (id_,),
            f"`{id_}` has a total float of {given.total_float} minutes, but {between} of its"
            " working time lie between {0} and {1}",
            given.finish,
            given.late_finish,
        )


def check_early(scene: Scene, schedule: Schedule) -> Iterator[Violation]:
    """Check that nothing stands before its early dates."""
    for id_, given in schedule.activities.items():
        pairs = (
            ("starts", given.start, given.early_start),
            ("finishes", given.finish, given.early_finish),
        )
        for what, found, early in pairs:
            if early is not None and found < early:
                yield scene.violation(
                    Rule.EARLY,
                    (id_,),
                    f"`{id_}` {what} {{0}}, before its early date {{1}}",
                    found,
                    early,
                )


def check_drivers(scene: Scene, schedule: Schedule) -> Iterator[Violation]:
    """Check that drivers and the driving chain name what exists, and the chain ends with the finish."""
    activities = schedule.activities
    for id_, given in activities.items():
        driver = given.driver
        if driver is not None and not _exists(driver, schedule):
            yield Violation(
                Rule.DRIVER,
                (id_,),
                f"`{id_}` is driven by {driver.kind} `{driver.id or driver.resource}`, which does"
                " not exist",
            )
    for id_ in schedule.driving_chain:
        if id_ not in activities:
            yield Violation(
                Rule.DRIVER, (id_,), f"the driving chain names `{id_}`, which has no dates"
            )
    if schedule.driving_chain:
        last = activities.get(schedule.driving_chain[-1])
        if last is not None and last.finish != scene.finish:
            yield scene.violation(
                Rule.DRIVER,
                (last.id,),
                f"the driving chain ends with `{last.id}`, {{0}}, but the plan finishes {{1}}",
                last.finish,
                scene.finish,
            )


def _exists(driver: Driver, schedule: Schedule) -> bool:
    """Whether a driver names what the plan has; nobody need hand over a resource."""
    project = schedule.project
    if driver.resource and driver.resource not in project.resources:
        return False
    if driver.kind is DriverKind.LINK:
        return driver.id in schedule.activities or driver.id in project.groups
    if driver.kind is DriverKind.RESOURCE:
        return not driver.id or driver.id in schedule.activities
    return driver.kind is not DriverKind.WINDOW or driver.id in project.windows


def check_occurrences(scene: Scene, schedule: Schedule) -> Iterator[Violation]:
    """Check that the occurrence an activity is said to use is one that it lies in."""
    for id_, given in schedule.activities.items():
        one = scene.standings.get(id_)
        for window_id, index in given.occurrence.items():
            window = scene.project.windows.get(window_id)
            if window is None or not 0 <= index < len(window.occurrences):
                yield Violation(
                    Rule.OCCURRENCE,
                    (id_, window_id),
                    f"`{id_}` is said to use occurrence {index} of `{window_id}`, which does not"
                    " exist",
                )
            elif one is not None and not one.settled and not fits(one, *window.occurrences[index]):
                yield scene.violation(
                    Rule.OCCURRENCE,
                    (id_, window_id),
                    f"`{id_}` is said to use `{window_id}` from {{0}} to {{1}}, but stands from"
                    " {2} to {3}",
                    *window.occurrences[index],
                    one.start,
                    one.finish,
                )
