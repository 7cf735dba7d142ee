"""A plan in progress: some of it done, some late, the rest replanned from what was published."""

from __future__ import annotations

from tests.support.happened import happened
from tests.support.projects import at, bridge, link, make_project, office, resource, task

from imsgen.model import Schedule
from imsgen.solver import Settings, replan, solve


def under_way() -> Schedule:
    """Return a replan of a move: work in three states, on two calendars, one of it late."""
    activities = [
        task("list", 480, needs={"ana": 100}, owner="ana"),
        task("order", 960, needs={"ben": 100}),
        task("pack", 600, "bridge", needs={"crew": 100}),
        task("ready", 0),
        task("check", 480, needs={"ana": 100}),
        task("report", 240, needs={"ben": 100}),
    ]
    links = [
        link("list", "order", "SS", 240),
        link("list", "pack"),
        link("order", "ready"),
        link("pack", "ready"),
        link("ready", "check"),
        link("order", "report", "FF", 60),
    ]
    people = [resource(one, name=one.title()) for one in ("ana", "ben", "crew")]
    plan = make_project(activities, links, people, calendars=[office(), bridge()])
    published = solve(plan, Settings(effort=0.2))
    status = at("2026-11-03 10:00")
    return replan(happened(published, status, {"order": 300}), published, Settings(effort=0.2))
