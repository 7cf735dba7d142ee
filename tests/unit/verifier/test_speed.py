"""The second opinion must never be what people wait for."""

from __future__ import annotations

import random
from time import process_time

from tests.support.projects import bridge, link, make_project, office, resource, task

from imsgen.calendars import CalendarBook
from imsgen.model import Group, Placement
from imsgen.verifier import Rule, verify


def test_five_thousand_activities() -> None:
    """5,000 activities on 40 resources take less than three seconds, even all at fault."""
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
        for i in range(5000)
    ]
    project = make_project(
        activities,
        [link(activities[i // 2].id, activities[i].id, lag=60) for i in range(1, 5000)],
        resources,
        calendars,
        groups=[Group(f"g{i}", f"G{i}") for i in range(100)],
    )
    book = CalendarBook(project)
    places = {}
    for one in activities:
        calendar = book.effective(one)
        start = calendar.next_start(project.start + pick.randrange(0, 400_000))
        places[one.id] = Placement(start, calendar.add(start, one.modes[0].duration))
    before = process_time()
    found = verify(project, places)
    assert process_time() - before < 3
    assert {one.rule for one in found} == {Rule.LINK, Rule.CAPACITY}
