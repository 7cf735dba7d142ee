"""What drives the length of a rollback: the chain of steps, and what holds each of them up."""

from __future__ import annotations

from imsgen.analysis.way_back import Reached, WayBack
from imsgen.model import Driver, DriverKind, Holding, Instant, RollbackDriver
from imsgen.network import UNDONE, analyse, build_graph

_HOLDING = {
    DriverKind.LINK: Holding.LOGIC,
    DriverKind.RESOURCE: Holding.RESOURCE,
    DriverKind.PROJECT_START: Holding.DECISION,
    DriverKind.WINDOW: Holding.DATE,
    DriverKind.CONSTRAINT: Holding.DATE,
}


def driving_steps(way: WayBack, moment: Instant, reached: Reached) -> tuple[RollbackDriver, ...]:
    """Return the steps from the decision to the end of a rollback, each held up by the one before."""
    if not reached.places:
        return ()
    found = analyse(build_graph(way.plan.at(moment)), way.book, reached.places)
    drivers = {id_: found.activities[id_].driver for id_ in found.driving_chain}
    chain: list[RollbackDriver] = []
    for id_ in found.driving_chain:
        if id_ == UNDONE:
            continue
        driver = drivers[id_] or Driver(DriverKind.CHOICE)
        kind, concerned = way.plan.steps[id_]
        chain.append(
            RollbackDriver(
                concerned,
                kind,
                _holding(way, moment, reached, id_, driver),
                by=chain[-1].id if chain and driver.id else "",
                resource=driver.resource,
                waits=driver.waits,
            )
        )
    return tuple(chain)


def _holding(way: WayBack, moment: Instant, reached: Reached, id_: str, driver: Driver) -> Holding:
    place = reached.places[id_]
    before = reached.places.get(driver.id)
    ready = moment if before is None else min(before.finish, place.start)
    calendar = way.book.effective(way.plan.project.activities[id_], place.mode)
    rests = ready < place.start and calendar.work_between(ready, place.start) == 0
    if rests or (driver.kind is DriverKind.CONSTRAINT and driver.resource):
        return Holding.CALENDAR
    return _HOLDING.get(driver.kind, Holding.CHOICE)
