"""MS Project files of random plans open with the solved dates, whatever holds them."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, reject
from hypothesis import strategies as st
from tests.support.levelled import levelled_schedule
from tests.support.profiles import examples
from tests.support.strategies import EVERYTHING, projects

from imsgen.formats.mspdi.check import moves_in
from imsgen.formats.mspdi.document import Document
from imsgen.formats.options import Options, Pin
from imsgen.model import Project, Schedule

ZONES = st.sampled_from(["UTC", "America/New_York", "Europe/London", "Asia/Kolkata"])


def levelled(plan: Project, timezone: str) -> Schedule:
    schedule = levelled_schedule(replace(plan, timezone=timezone))
    return reject() if schedule is None else schedule


@examples(200)
@given(projects(EVERYTHING, max_activities=9), ZONES)
def test_nothing_moves_on_opening(plan: Project, timezone: str) -> None:
    """The pass over the file's own data finds every date, and misses delays that are gone."""
    schedule = levelled(plan, timezone)
    for pin in Pin:
        content = Document(schedule, Options(pin)).content("plan.xml")
        assert moves_in(content) == (), pin
        without = re.sub(rb"<LevelingDelay>\d+<", b"<LevelingDelay>0<", content)
        assert bool(moves_in(without)) == (without != content)
