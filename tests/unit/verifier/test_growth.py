"""The second opinion must never be what people wait for."""

from __future__ import annotations

import random
from collections.abc import Mapping

from tests.support.cost import calls
from tests.support.projects import bridge, link, make_project, office, resource, task

from imsgen.calendars import CalendarBook
from imsgen.model import Group, Placement, Project
from imsgen.verifier import Rule, verify


def test_the_cost_grows_with_the_plan() -> None:
    """Four times the activities on 40 resources, all at fault: about four times the calls."""
    small, large = _at_fault(500), _at_fault(2000)
    assert {one.rule for one in verify(*large)} == {Rule.LINK, Rule.CAPACITY}
    assert calls(lambda: verify(*large)) < 5 * calls(lambda: verify(*small))


def _at_fault(size: int) -> tuple[Project, Mapping[str, Placement]]:
    """Return a plan with a group for fifty activities, and dates that break its rules."""
    pick = random.Random(1)
    calendars = (office(), office("east", "America/New_York"), bridge())
    resources = [
        resource(f"r{i}", 100, calendar=pick.choice([None, "office"]), holds=i % 5 == 0)
        for i in range(40)
    ]
    activities = [
        task(
            f"g{i // 50}.a{i}",
            pick.choice([60, 480, 2400]),
            pick.choice(["office", "east", "bridge"]),
            {f"r{i % 40}": 100, f"r{(i * 7 + 1) % 40}": 50},
        )
        for i in range(size)
    ]
    project = make_project(
        activities,
        [link(activities[i // 2].id, activities[i].id, lag=60) for i in range(1, size)],
        resources,
        calendars,
        groups=[Group(f"g{i}", f"G{i}") for i in range(size // 50)],
    )
    book = CalendarBook(project)
    places = {}
    for one in activities:
        calendar = book.effective(one)
        start = calendar.next_start(project.start + pick.randrange(0, 80 * size))
        places[one.id] = Placement(start, calendar.add(start, one.modes[0].duration))
    return project, places
