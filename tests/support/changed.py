"""Two states of a small plan, for tests of what differs between them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from tests.support.levelled import levelled_schedule
from tests.support.projects import at, link, make_project, resource, task

from imsgen.model import Activity, Dependency, Party, Progress, Project, Schedule
from imsgen.schedule import carry

OWNERS = ("ana", "ben", "Zoë, night desk", None)
NIGHT = "2026-11-07 00:00"
"""When the night begins: a Saturday, UTC."""


def night_schedule(
    *,
    load: int = 60,
    previous: Schedule | None = None,
    links: tuple[Dependency, ...] = (),
    extra: tuple[Activity, ...] = (),
    **more: Any,
) -> Schedule:
    """Return stop 30 -> load 60 -> check 30 -> open, with scrub 60 that wants load's `dba` too.

    Scrub comes after load, for both take the one `dba` and load is the first in the outline.
    ``more`` goes to the project; ``activities`` replaces some by id.
    """
    changed: dict[str, Activity] = more.pop("activities", {})
    known = {
        "stop": task("stop", 30, "bridge", owner="ana", name="Stop interfaces"),
        "load": task("load", load, "bridge", {"dba": 100}, owner="ben", name="Load, convert"),
        "scrub": task("scrub", 60, "bridge", {"dba": 100}, owner="ana", party=("prov",)),
        "check": task("check", 30, "bridge", owner="ana", backup="ben", party=("cust",)),
        "open": task("open", 0, "bridge", owner="pm"),
    }
    values: dict[str, Any] = {
        "start": NIGHT,
        "name": "Night move",
        "parties": {"cust": Party("cust", "Agency"), "prov": Party("prov", "Integrator")},
        "resources": [
            resource("dba", name="Database team", party="prov", email="dba@prov.example"),
            resource("ana", name="Ana", email="ana@cust.example"),
            resource("ben", name="Ben"),
        ],
    }
    values.update(more)
    project = make_project(
        [*(changed.get(id_, one) for id_, one in known.items()), *extra],
        [link("stop", "load"), link("stop", "scrub"), link("load", "check"),
         link("check", "open"), *links],
        **values,
    )  # fmt: skip
    return published(project, previous)


def published(project: Project, previous: Schedule | None = None) -> Schedule:
    """Return a schedule of a plan as the revision after the previous one."""
    found = levelled_schedule(project)
    assert found is not None
    fresh = replace(found, plan_hash=f"{hash(repr(project)) & (1 << 64) - 1:064x}")
    return carry(fresh, previous)


def done(start: str, finish: str) -> Progress:
    """Return the progress of finished work, times of the night as ``00:30``."""
    return Progress(_at(start), _at(finish), 100, 0)


def begun(start: str, remaining: int) -> Progress:
    """Return the progress of work under way."""
    return Progress(_at(start), remaining=remaining)


def _at(clock: str) -> Any:
    return at(f"{NIGHT[:10]} {clock}")


@st.composite
def states(draw: st.DrawFn) -> tuple[Schedule, Schedule]:
    """Return two schedules of a plan: other durations, people, activities and links."""
    count = draw(st.integers(2, 5))
    ids = [f"a{i}" for i in range(count)]
    pairs = [(a, b) for i, a in enumerate(ids) for b in ids[i + 1 :]]
    first = levelled_schedule(_state(draw, ids, pairs))
    then = levelled_schedule(_state(draw, ids, pairs))
    assume(first is not None and then is not None)
    assert first is not None
    assert then is not None
    return first, then


def _state(draw: st.DrawFn, ids: list[str], pairs: list[tuple[str, str]]) -> Project:
    activities = [
        task(
            id_,
            draw(st.sampled_from([0, 60, 120, 480])),
            draw(st.sampled_from(["bridge", "office"])),
            owner=draw(st.sampled_from(OWNERS)),
            party=draw(st.sampled_from([(), ("cust",), ("cust", "prov")])),
            active=draw(st.integers(0, 5)) < 5,
            deadline=draw(st.sampled_from([None, at("2026-11-02 12:00")])),
        )
        for id_ in ids
    ]
    activities = [
        replace(one, modes=(replace(one.modes[0], needs=_needs(draw)),))
        if one.modes[0].duration
        else one
        for one in activities
    ]
    wanted = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)) if pairs else []
    links = [link(a, b, draw(st.sampled_from(["FS", "SS", "FF"]))) for a, b in wanted]
    teams = [resource("dba", party="prov"), resource("ana")]
    parties = {"cust": Party("cust", "Agency"), "prov": Party("prov", "Integrator")}
    return make_project(activities, links, teams, parties=parties)


def _needs(draw: st.DrawFn) -> Any:
    from imsgen.model import Need

    return tuple(Need(one, 100) for one in draw(st.sampled_from([(), ("dba",), ("dba", "ana")])))
