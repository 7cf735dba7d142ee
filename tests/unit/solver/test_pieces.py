"""Maps between working axes, against counting minute by minute."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from imsgen.calendars import WorkCalendar, of_intervals
from imsgen.solver.cpsat.pieces import composed, finish_pieces, start_pieces

HORIZON = 400


@st.composite
def hours(draw: st.DrawFn) -> WorkCalendar:
    """Return a calendar of short intervals before minute 400."""
    spans = []
    at = 0
    while at < 350:
        at += draw(st.integers(1, 15))
        end = at + draw(st.integers(1, 25))
        spans.append((at, end))
        at = end
    return of_intervals(spans, 0, HORIZON)


@st.composite
def ranges(draw: st.DrawFn, calendar: WorkCalendar) -> tuple[int, int]:
    """Return a range of working minutes of a calendar."""
    total = calendar.work_at(HORIZON)
    low = draw(st.integers(1, total - 1))
    return low, draw(st.integers(low, total - 1))


@given(st.data())
def test_maps_count_the_other_calendars_minutes(data: st.DataObject) -> None:
    """C_B(sigma_A(w)) and C_B(phi_A(w)) for every w of a range."""
    one, two = data.draw(hours()), data.draw(hours())
    low, high = data.draw(ranges(one))
    starts, finishes = start_pieces(one, two, low, high), finish_pieces(one, two, low, high)
    for w in range(low, high + 1):
        assert starts.at(w) == two.work_at(one.start_of(w))
        assert finishes.at(w) == two.work_at(one.finish_of(w))
    assert (starts[0].first, starts[-1].last) == (low, high)


@given(st.data())
def test_composition_is_one_map_after_the_other(data: st.DataObject) -> None:
    """C_C(phi_B(C_B(phi_A(w)) + 5)): a lag on a third calendar."""
    one, lag_on, two = (data.draw(hours()) for _ in range(3))
    low, high = data.draw(ranges(one))
    inner = finish_pieces(one, lag_on, low, high)
    if inner.high + 5 >= lag_on.work_at(HORIZON):
        return
    outer = finish_pieces(lag_on, two, inner.low + 5, inner.high + 5)
    whole = composed(inner, 5, outer)
    for w in range(low, high + 1):
        done = lag_on.work_at(one.finish_of(w)) + 5
        assert whole.at(w) == two.work_at(lag_on.finish_of(done))


@given(hours())
def test_a_calendar_maps_to_itself_without_a_literal(calendar: WorkCalendar) -> None:
    """One piece of slope 1: the same axis needs no gadget."""
    total = calendar.work_at(HORIZON)
    assert len(start_pieces(calendar, calendar, 0, total - 1)) == 1
    assert len(finish_pieces(calendar, calendar, 1, total)) == 1
