"""Small plans with a gate and a window of a night, for tests of the way back."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from tests.support.projects import at, bridge, link, make_project, office, resource, task

from imsgen.model import (
    Activity,
    Calendar,
    Dependency,
    Gate,
    Group,
    Instant,
    Kind,
    Need,
    Project,
    Resource,
    Undo,
    Window,
    Within,
)

START = "2026-11-06 18:00"
"""When the window opens: a Friday evening, UTC."""


def step(
    id_: str, duration: int, undo: int | Undo | None = None, needs: str = "", **more: Any
) -> Activity:
    """Return an activity of the night; ``needs`` is ``app dba`` for a unit of each."""
    wanted = dict.fromkeys(needs.split(), 100) | more.pop("units", {})
    how = Undo(undo) if isinstance(undo, int) else undo
    calendar = more.pop("calendar", "bridge")
    return task(id_, duration, calendar, wanted, undo=how, **more)


def night(
    steps: Sequence[Activity],
    links: Sequence[Dependency],
    resources: Sequence[Resource] = (),
    *,
    length: int | None = 600,
    after: Sequence[str] = (),
    contingency: Sequence[Activity] = (),
    groups: Sequence[Group] = (),
    calendars: Sequence[Calendar] | None = None,
) -> Project:
    """Return a plan whose gate, of no length, comes after some steps.

    Parameters
    ----------
    length
        Minutes the window lasts; None: there is none.
    contingency
        Activities of the group `back`, done on No-Go.
    """
    opens = at(START)
    windows: dict[str, Window] = {}
    within: tuple[Within, ...] = ()
    if length is not None:
        spans = ((opens, Instant(opens + length)),)
        windows = {"outage": Window("outage", "Outage", spans)}
        within = (Within("outage"),)
    gate = task("gate", 0, "bridge", kind=Kind.GATE, within=within)
    back = [Group("back", "Back", branch="gate")] if contingency else []
    return make_project(
        [*steps, gate, *contingency],
        [*links, *(link(one, "gate") for one in after)],
        resources,
        calendars or (office(), bridge()),
        START,
        windows=windows,
        groups=(*groups, *back),
        gates={"gate": Gate("gate", else_="back" if contingency else None)},
    )


def chain(*ids: str) -> list[Dependency]:
    """Return links from each to the next."""
    return [link(first, then) for first, then in itertools.pairwise(ids)]


def needing(**units: int) -> tuple[Need, ...]:
    """Return needs in whole units."""
    return tuple(Need(id_, 100 * amount) for id_, amount in units.items())


def cutover(length: int = 600, dba: int = 100) -> Project:
    """Return the cutover of ten steps in a window of so many minutes."""
    steps = [
        step("freeze", 20, 10, "app"),
        step("bkp", 60, 0, "dba"),
        step("export", 70, 10, "dba"),
        step("netA", 40, 35, "net"),
        step("netB", 30, 30, "net"),
        step("load", 110, 80, "dba app"),
        step("deploy", 45, 40, "app"),
        step("conf", 40, 30, "app dba"),
        step("dns", 15, 25, "net"),
        step("verify", 60, 0, "lead", units={"app": 200}),
    ]
    links = [
        *chain("freeze", "bkp", "export", "load", "conf", "dns", "verify"),
        *chain("freeze", "netA", "netB", "dns"),
        *chain("freeze", "deploy", "conf"),
    ]
    teams = [resource("dba", dba), resource("net"), resource("app", 200), resource("lead")]
    check = [step("back.check", 30, needs="app lead", branch="gate")]
    return night(steps, links, teams, length=length, after=["verify"], contingency=check)
