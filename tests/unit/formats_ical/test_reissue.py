"""What readers of every calendar file meet when a plan is solved again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.support.ics import differences, faults
from tests.support.profiles import examples
from tests.support.reissued import CHANGES, revised

from imsgen.formats.ical.files import contents
from imsgen.model import Schedule


def _files(schedule: Schedule, tasks: str = "") -> dict[str, bytes]:
    return {
        name: content
        for name, content in contents(schedule, "plan.ics", tasks)
        if isinstance(content, bytes)
    }


@examples(25)
@given(st.lists(CHANGES, min_size=2, max_size=4), st.sampled_from(["", "mine", "critical", "all"]))
def test_no_reader_is_lost_on_the_way(steps: list[dict[str, object]], tasks: str) -> None:
    """Over any revisions, in every file: nothing vanishes untold, what changes is raised.

    A file that is no longer written has nothing left but what is cancelled.
    """
    schedule: Schedule | None = None
    before: dict[str, bytes] = {}
    for step in steps:
        schedule = revised(schedule, **step)
        now = _files(schedule, tasks)
        for name, content in now.items():
            assert faults(content) == [], name
        for name, content in before.items():
            if name.startswith("changes-"):
                continue
            empty = now[""].split(b"BEGIN:VEVENT")[0] + b"END:VCALENDAR\r\n"
            assert differences(content, now.get(name, empty)) == [], name
        before = now
