"""Random plans on whole hours whose few activities all want the same people."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.support.hourly_plans import CALENDARS, START
from tests.support.projects import make_project, resource, task

from imsgen.model import (
    ALWAYS,
    Activity,
    Dependency,
    Instant,
    LinkType,
    Mode,
    Need,
    Project,
    Resource,
)

_UNITS = (100, 200, 300)


def _hour(hours: int) -> Instant:
    return Instant(START + hours * 60)


def _resource(draw: st.DrawFn, id_: str) -> Resource:
    units = draw(st.sampled_from([200, 300, 500]))
    capacity: list[tuple[Instant | None, int]] = [(None, units)]
    if draw(st.integers(0, 3)) == 3:
        hour = draw(st.integers(1, 8))
        capacity.append((_hour(hour), draw(st.sampled_from([0, 100, 400]))))
        capacity.append((_hour(hour + draw(st.integers(1, 4))), units))
    return resource(id_, capacity=tuple(capacity), holds=draw(st.booleans()))


def _mode(draw: st.DrawFn, calendar: str, resources: list[Resource]) -> Mode:
    needs = [Need(resources[0].id, draw(st.sampled_from(_UNITS)))]
    if len(resources) > 1 and draw(st.booleans()):
        needs.append(Need(resources[1].id, draw(st.sampled_from(_UNITS))))
    return Mode(60 * draw(st.integers(1, 4)), calendar, tuple(needs))


def _activity(draw: st.DrawFn, id_: str, names: list[str], resources: list[Resource]) -> Activity:
    calendar = draw(st.sampled_from(names))
    modes = [_mode(draw, calendar, resources)]
    if draw(st.integers(0, 4)) == 4:
        modes.append(_mode(draw, draw(st.sampled_from(names)), resources))
    return task(id_, 0, modes=tuple(modes))


@st.composite
def crowded_plans(draw: st.DrawFn) -> Project:
    """Return a plan of three or four activities on one or two teams, without upper bounds."""
    resources = [_resource(draw, f"r{i}") for i in range(draw(st.integers(1, 2)))]
    names = draw(st.sampled_from([["split"], [ALWAYS], ["split", "office"], ["office", ALWAYS]]))
    ids = [f"a{i}" for i in range(draw(st.integers(3, 4)))]
    activities = [_activity(draw, id_, names, resources) for id_ in ids]
    pairs = [(a, b) for i, a in enumerate(ids) for b in ids[i + 1 :]]
    links = tuple(
        Dependency(
            before,
            after,
            draw(st.sampled_from([LinkType.FS, LinkType.FS, LinkType.SS, LinkType.FF])),
            60 * draw(st.sampled_from([0, 0, 0, 2, -1])),
        )
        for before, after in draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True))
    )
    return make_project(
        activities,
        links,
        resources,
        calendars=CALENDARS,
        start="2026-11-03 00:00",
        horizon=(Instant(START - 30 * 1440), Instant(START + 60 * 1440)),
    )
