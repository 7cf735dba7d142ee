"""The forward pass, judged by the verifier."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, reject
from hypothesis import strategies as st
from tests.support.profiles import examples
from tests.support.strategies import LOGIC, Feature, projects

from imsgen.calendars import CalendarBook
from imsgen.model import Project
from imsgen.network.early import UnplaceableError, early_dates
from imsgen.network.graph import build_graph
from imsgen.verifier import verify

# How late a group lets others follow depends on which of its activities moves: not early dates'
# business, so maximal lags and groups are drawn apart. Early dates are those of one mode.
PLANS = st.one_of(
    projects(LOGIC - {Feature.MODES, Feature.MAX_LAGS}),
    projects(LOGIC - {Feature.MODES, Feature.GROUPS, Feature.TOGETHER}),
)


@examples(200)
@given(PLANS)
def test_early_dates_obey_all_but_capacity(project: Project) -> None:
    """With resources in plenty, early dates are a schedule without a fault."""
    try:
        dates = early_dates(build_graph(project), CalendarBook(project))
    except UnplaceableError:
        reject()
    assert verify(project, dates) == []


@examples(100)
@given(PLANS)
def test_nothing_fits_a_minute_earlier(project: Project) -> None:
    """Brought forward by one working minute, no activity stays within the rules."""
    try:
        dates = early_dates(build_graph(project), CalendarBook(project))
    except UnplaceableError:
        reject()
    book = CalendarBook(project)
    for id_, place in dates.items():
        activity = project.activities[id_]
        calendar = book.effective(activity)
        if activity.progress is not None:
            continue
        work = calendar.work_at(place.start) - 1
        if activity.modes[0].duration == 0 or work < 0:
            continue
        sooner = replace(
            place,
            start=calendar.start_of(work),
            finish=calendar.finish_of(work + activity.modes[0].duration),
        )
        broken = verify(project, {**dates, id_: sooner})
        assert broken, f"{id_} could stand earlier"
