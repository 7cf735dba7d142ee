"""Single values: what they mean, and the edit that mends what is nearly one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imsgen.model import ConstraintType, End, LinkType
from imsgen.plan.document import RawEvery
from imsgen.plan.syntax.values.clock import parse_days, parse_every, parse_hours, parse_interval
from imsgen.plan.syntax.values.constraints import parse_constraint
from imsgen.plan.syntax.values.durations import parse_duration, parse_lag
from imsgen.plan.syntax.values.instants import parse_instant, parse_range, parse_zone
from imsgen.plan.syntax.values.links import parse_link
from imsgen.plan.syntax.values.misread import Misread
from imsgen.plan.syntax.values.names import parse_event, parse_id, parse_reference
from imsgen.plan.syntax.values.numbers import (
    parse_boolean,
    parse_needed,
    parse_percent,
    parse_units,
)

PARSERS: tuple[Callable[[str], Any], ...] = (
    parse_boolean, parse_constraint, parse_days, parse_duration, parse_event, parse_every,
    parse_id, parse_instant, parse_interval, parse_lag, parse_link, parse_needed, parse_percent,
    parse_range, parse_reference, parse_units, parse_zone,
)  # fmt: skip


def refused(parser: Callable[[str], Any], text: str) -> Misread:
    """Return why a parser refuses a text."""
    with pytest.raises(Misread) as found:
        parser(text)
    return found.value


@pytest.mark.parametrize(
    ("text", "amounts", "assumed"),
    [
        ("45m", ((45, "m"),), False),
        ("4h", ((4, "h"),), False),
        ("1h30m", ((1, "h"), (30, "m")), False),
        ("1.5h", ((Fraction(3, 2), "h"),), False),
        ("2ed", ((2, "ed"),), False),
        ("1ed12eh", ((1, "ed"), (12, "eh")), False),
        ("3d?", ((3, "d"),), True),
        ("2w1mo", ((2, "w"), (1, "mo")), False),
        ("0.25d", ((Fraction(1, 4), "d"),), False),
        ("0", ((0, "m"),), False),
    ],
)
def test_durations(text: str, amounts: Any, assumed: bool) -> None:
    """A duration keeps its amounts as written; `?` marks an assumption."""
    found = parse_duration(text)
    assert found.amounts == amounts
    assert found.assumed is assumed
    assert found.elapsed is any(unit.startswith("e") for _, unit in amounts)
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("3 days", "3d"),
        ("3 d", "3d"),
        ("1 hour 30 minutes", "1h30m"),
        ("1 hour and 30 min", "1h30m"),
        ("2 hrs?", "2h?"),
        ("1,5h", "1.5h"),
        (".5 d", "0.5d"),
        ("PT4H", "4h"),
        ("P1DT2H30M", "1d2h30m"),
        ("P2W", "2w"),
        ("3 edays", "3ed"),
        ("6 months", "6mo"),
        ("3D", "3d"),
        ("2-days", "2d"),
    ],
)
def test_nearly_durations(text: str, edit: str) -> None:
    """What other tools and people write is answered with our spelling of it."""
    assert refused(parse_duration, text).help == f"write `{edit}`"


@pytest.mark.parametrize(
    "text", ["4", "soon", "-1d", "1y", "1d2eh", "1h1h", "0.01h", "h", "", "1 d x"]
)
def test_no_durations(text: str) -> None:
    """Numbers alone, mixed families, fractions of minutes and years are refused."""
    assert refused(parse_duration, text).code == "IMS120"


@pytest.mark.parametrize(
    ("text", "negative", "amount", "percent"),
    [
        ("2d", False, ((2, "d"),), None),
        ("+2d", False, ((2, "d"),), None),
        ("-1eh", True, ((1, "eh"),), None),
        ("- 1h", True, ((1, "h"),), None),
        ("+50%", False, None, 50),
        ("-12.5%", True, None, Fraction(25, 2)),
    ],
)
def test_lags(text: str, negative: bool, amount: Any, percent: Any) -> None:
    """A lag has a sign and a duration or a percentage."""
    lag = parse_lag(text)
    assert lag.negative is negative
    assert (lag.duration.amounts if lag.duration else None) == amount
    assert lag.percent == percent


@pytest.mark.parametrize(
    ("text", "minute", "zone", "offset"),
    [
        ("2026-11-02", None, None, None),
        ("2026-11-02 08:00", 480, None, None),
        ("2026-11-02T08:00", 480, None, None),
        ("2026-11-02 24:00", 1440, None, None),
        ("2026-11-02 08:00Z", 480, None, 0),
        ("2026-11-02 01:30-04:00", 90, None, -240),
        ("2026-11-02 01:30+05:45", 90, None, 345),
        ("2026-11-02 08:00 Europe/London", 480, "Europe/London", None),
        ("2026-11-02 America/New_York", None, "America/New_York", None),
    ],
)
def test_instants(text: str, minute: int | None, zone: str | None, offset: int | None) -> None:
    """A date, maybe a time, maybe a zone name or an offset in minutes east of UTC."""
    found = parse_instant(text)
    assert found.day == date(2026, 11, 2)
    assert (found.minute, found.zone, found.offset) == (minute, zone, offset)


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("11/02/2026", "`2026-11-02` or `2026-02-11`"),
        ("11/25/2026", "`2026-11-25`"),
        ("2.11.2026", "`2026-11-02` or `2026-02-11`"),
        ("25.11.26", "`2026-11-25`"),
        ("2026/11/02", "`2026-11-02`"),
        ("2026-11-2 8:00", "`2026-11-02 08:00`"),
        ("2026-11-02 08:00:00", "`2026-11-02 08:00`"),
        ("2026-11-02T08:00:00Z", "`2026-11-02T08:00Z`"),
        ("Nov 2, 2026", "`2026-11-02`"),
        ("2 November 2026", "`2026-11-02`"),
        ("08:00", "`2026-11-02 08:00`"),
        ("9:00", "`2026-11-02 09:00`"),
    ],
)
def test_nearly_instants(text: str, edit: str) -> None:
    """Dates of other countries and tools are answered, both readings where there are two."""
    assert refused(parse_instant, text).help == f"write {edit}"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-02-30", (0, 10)),
        ("2026-11-02 25:00", (11, 16)),
        ("2026-11-02 24:01", (11, 16)),
        ("1983-12-31", (0, 4)),
        ("2150-01-01", (0, 4)),
        ("2026-11-02 08:00+15:00", (16, 22)),
        ("2026-11-02 08:00 Europe/Lodon", (17, 29)),
    ],
)
def test_what_does_not_exist_is_pointed_at(text: str, at: tuple[int, int]) -> None:
    """The piece of a date that is wrong is the piece underlined."""
    assert refused(parse_instant, text).at == at


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("EDT", "America/New_York"),
        ("Eastern Standard Time", "America/New_York"),
        ("europe/london", "Europe/London"),
        ("Lisbon", "Europe/Lisbon"),
        ("New York", "America/New_York"),
        ("Europe/Lodon", "Europe/London"),
    ],
)
def test_nearly_zones(text: str, edit: str) -> None:
    """Abbreviations, Windows names, cities and typing errors lead to the IANA name."""
    assert refused(parse_zone, text).help == f"write `{edit}`"


def test_ranges() -> None:
    """`A..B` keeps both ends; a date alone is the range of that day."""
    found = parse_range("2026-12-24..2027-01-02 12:00")
    assert (found.first.day, found.last.day) == (date(2026, 12, 24), date(2027, 1, 2))
    assert (found.first.minute, found.last.minute) == (None, 720)
    day = parse_range("2026-12-24")
    assert day.first == day.last
    assert refused(parse_range, "2027-01-02..2026-12-24").help == "write `2026-12-24..2027-01-02`"
    assert (
        refused(parse_range, "2026-12-24 to 2026-12-26").help == "write `2026-12-24..2026-12-26`"
    )
    assert refused(parse_range, "2026-12-24..2026-12-32").at == (12, 22)


@pytest.mark.parametrize(
    ("text", "id_", "kind", "lag"),
    [
        ("load", "load", "FS", None),
        ("cutover.load", "cutover.load", "FS", None),
        ("load SS", "load", "SS", None),
        ("load ss", "load", "SS", None),
        ("load SS+2d", "load", "SS", "+2d"),
        ("load SS + 2d", "load", "SS", "+ 2d"),
        ("load +2eh", "load", "FS", "+2eh"),
        ("load -1h", "load", "FS", "-1h"),
        ("load FF-25%", "load", "FF", "-25%"),
        ("FS FS+1d", "FS", "FS", "+1d"),
        ("12 FS+2d", "12", "FS", "+2d"),
        ("load-1h", "load-1h", "FS", None),
    ],
)
def test_links(text: str, id_: str, kind: str, lag: str | None) -> None:
    """The first word is the id; type and lag may follow."""
    link = parse_link(text)
    assert (link.id, link.type) == (id_, LinkType(kind))
    assert (link.lag.text if link.lag else None) == lag


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("12FS+2d;5SS", "after: [12 FS+2d, 5 SS]"),
        ("11SS+2h,12", "after: [11 SS+2h, 12]"),
        ("load, test", "after: [load, test]"),
        ("load and test", "after: [load, test]"),
        ("load+2h", "load FS+2h"),
        ("loadSS+2d", "load SS+2d"),
        ("!load", "load"),
        ("load FS+2 days", "2d"),
    ],
)
def test_nearly_links(text: str, edit: str) -> None:
    """Links of MS Project, TaskJuggler and plain words are answered with ours."""
    assert refused(parse_link, text).help == f"write `{edit}`"


def test_a_wrong_lag_is_pointed_at() -> None:
    """Only the lag is underlined when the rest of the link is right."""
    assert refused(parse_link, "load SS+2x").at == (8, 10)
    assert refused(parse_link, "load XY").at == (5, 7)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("weekday", (0, 1, 2, 3, 4)),
        ("day", (0, 1, 2, 3, 4, 5, 6)),
        ("mon", (0,)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("sun-thu", (0, 1, 2, 3, 6)),
        ("sat+sun", (5, 6)),
        ("wed+mon", (0, 2)),
    ],
)
def test_days(text: str, days: tuple[int, ...]) -> None:
    """Monday is 0; a range may run over Sunday."""
    assert parse_days(text) == days


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("Monday", "mon"),
        ("Mon - Fri", "mon-fri"),
        ("mon, wed", "mon+wed"),
        ("monday and tuesday", "mon+tue"),
        ("weekend", "sat+sun"),
        ("daily", "day"),
        ("mon-wed+fri", "mon+tue+wed+fri"),
    ],
)
def test_nearly_days(text: str, edit: str) -> None:
    """Long names and other joins are answered with ours."""
    assert refused(parse_days, text).help == f"write `{edit}`"


def test_hours() -> None:
    """Intervals are minutes after midnight; past midnight they end above 1440."""
    assert parse_interval("08:00-12:00") == (480, 720)
    assert parse_interval("22:00-06:00") == (1320, 1800)
    assert parse_interval("00:00-24:00") == (0, 1440)
    assert parse_hours(["none"])[0].intervals == ()
    assert parse_hours(["24x7"])[0].intervals == ((0, 1440),)
    hours, merged = parse_hours(["13:00-17:00", "08:00-12:00"])
    assert (hours.intervals, merged) == (((480, 720), (780, 1020)), False)
    hours, merged = parse_hours(["08:00-12:00", "12:00-17:00"])
    assert (hours.intervals, merged) == (((480, 1020),), True)


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("8:00-12:00", "08:00-12:00"),
        ("8-17", "08:00-17:00"),
        ("8am-5pm", "08:00-17:00"),
        ("12am - 12pm", "00:00-12:00"),
        ("08.00–12.00", "08:00-12:00"),
        ("08:00 to 12:00", "08:00-12:00"),
        ("08:00-12:00, 13:00-17:00", "[08:00-12:00, 13:00-17:00]"),
        ("closed", "none"),
        ("24/7", "24x7"),
    ],
)
def test_nearly_hours(text: str, edit: str) -> None:
    """Hours of shop windows are answered with ours."""
    assert refused(parse_interval, text).help == f"write `{edit}`"


@pytest.mark.parametrize("text", ["08:00-08:00", "24:00-06:00", "08:60-09:00", "25:00-26:00"])
def test_no_hours(text: str) -> None:
    """Equal times, a start at 24:00 and times that do not exist are refused."""
    assert refused(parse_interval, text).code == "IMS129"


def test_repetitions() -> None:
    """Days and a time, with an end for windows; or an interval."""
    assert parse_every("weekday 09:00") == RawEvery((0, 1, 2, 3, 4), 540)
    assert parse_every("fri+sat 22:00-04:00") == RawEvery((4, 5), 1320, 360)
    assert parse_every("sat 22:00 - mon 04:00") == RawEvery((5,), 1320, 30 * 60)
    assert parse_every("mon 08:00 - mon 08:00").length == 7 * 1440
    interval = parse_every("4h").interval
    assert interval is not None
    assert interval.amounts == ((Fraction(4), "h"),)


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("weekday 9am", "weekday 09:00"),
        ("weekdays at 9:00", "weekday 09:00"),
        ("Monday 14:00", "mon 14:00"),
        ("weekday", "weekday 09:00"),
        ("4 hours", "4h"),
    ],
)
def test_nearly_repetitions(text: str, edit: str) -> None:
    """What is nearly a repetition is answered with ours."""
    assert refused(parse_every, text).help == f"write `{edit}`"


def test_numbers() -> None:
    """Units are percent of one; percentages are whole."""
    assert [parse_units(text) for text in ("2", "0.5", "50%", "5000%", "0")] == [
        200, 50, 50, 5000, 0,
    ]  # fmt: skip
    assert refused(parse_needed, "0").code == "IMS131"
    assert refused(parse_units, "0.333").help == "write `33%`"
    assert refused(parse_units, "0,5").help == "write `0.5`"
    assert [parse_percent(text) for text in ("40%", "40", "0", "100%")] == [40, 40, 0, 100]
    assert refused(parse_percent, "0.4").help == "write `40%`"
    assert refused(parse_percent, "101").help == "write `100%`"
    assert (parse_boolean("true"), parse_boolean("false")) == (True, False)
    assert [refused(parse_boolean, text).help for text in ("yes", "off", "True", "maybe")] == [
        "write `true`", "write `false`", "write `true`", "write `true` or `false`",
    ]  # fmt: skip


def test_constraints() -> None:
    """Six types have a date, two have none."""
    found = parse_constraint("SNET 2026-11-05 08:00")
    assert found.type is ConstraintType.SNET
    assert found.date is not None
    assert found.date.minute == 480
    assert parse_constraint("ALAP").date is None
    assert refused(parse_constraint, "ALAP 2026-11-05").at == (5, 15)
    assert refused(parse_constraint, "SNET").help == "write `SNET 2026-11-05 08:00`"
    assert refused(parse_constraint, "SNET 2026-13-05").at == (5, 15)
    assert (
        refused(parse_constraint, "Finish no later than 2026-11-05").help
        == "write `FNLT 2026-11-05`"
    )


def test_events() -> None:
    """The last part of an event is the end; the rest is the id."""
    assert parse_event("cutover.load.finish") == ("cutover.load", End.FINISH)
    assert parse_event("go-live.no-go") == ("go-live", End.NO_GO)
    assert parse_event("project.start") == ("project", End.START)
    assert refused(parse_event, "load").help == "write `load.start` or `load.finish`"
    assert refused(parse_event, "load.end").help == "write `load.finish`"
    assert refused(parse_event, "project.go").code == "IMS127"


def test_ids() -> None:
    """Letters, digits, hyphen and underscore, up to 64; a dot is the path."""
    for text in ("load", "007", "_x", "node-1", "A" * 64):
        assert parse_id(text) == text
    assert refused(parse_id, "1.2.3").help == "write `1-2-3`"
    assert refused(parse_id, "Load data").help == "write `Load-data: {name: Load data, …}`"
    for text in ("A" * 65, "-x", "é", "", "a/b"):
        assert refused(parse_id, text).code == "IMS135"
    assert parse_reference("cutover.load") == "cutover.load"
    assert refused(parse_reference, "ana, ben").help == "write `[ana, ben]`"


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.__name__)
def test_any_text_is_read_or_refused(parser: Callable[[str], Any]) -> None:
    """No text makes a parser fail in any other way, and what is pointed at lies in the text."""
    alphabet = st.sampled_from([*"0129.:+-%?,;!/ []{}", "d", "h", "mo", "FS", "SS", "2026-11-02",
                                "mon", "weekday", "load", "T", "Z", "é", "P", " to ", "SNET "])  # fmt: skip

    @given(st.lists(alphabet, max_size=8).map("".join))
    def check(text: str) -> None:
        misread = None
        try:
            parser(text)
        except Misread as found:
            misread = found
        if misread is not None:
            start, end = misread.at or (0, 0)
            assert misread.message
            assert 0 <= start <= end <= len(text)

    check()
