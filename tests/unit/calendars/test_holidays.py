"""Public holidays by code, the same on every machine."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest

from imsgen.calendars.holidays import close_matches, holiday_dates, known


def test_federal_holidays_of_the_united_states() -> None:
    """2026 has eleven federal holidays and one observed on the Friday before."""
    found = dict(holiday_dates("US", 2026, 2026))
    assert found[date(2026, 11, 26)] == "Thanksgiving Day"
    assert found[date(2026, 7, 3)] == "Independence Day (observed)"
    assert found[date(2026, 7, 4)] == "Independence Day"
    assert len(found) == 12


def test_dates_are_sorted_and_of_the_years_asked_for() -> None:
    """New Year's Day 2022 was a Saturday: observed on 31 December 2021, in that year."""
    found = holiday_dates("US", 2021, 2022)
    assert [day for day, _ in found] == sorted(day for day, _ in found)
    assert (date(2021, 12, 31), "New Year's Day (observed)") in found
    assert {day.year for day, _ in found} == {2021, 2022}
    assert holiday_dates("US", 2021, 2021) == tuple(one for one in found if one[0].year == 2021)


def test_subdivisions_have_their_own() -> None:
    """Saint Andrew's Day is a holiday in Scotland, not in the United Kingdom at large."""
    andrew = date(2026, 11, 30)
    assert dict(holiday_dates("GB-SCT", 2026, 2026))[andrew] == "Saint Andrew's Day"
    assert andrew not in dict(holiday_dates("GB", 2026, 2026))


def test_two_holidays_on_one_date_are_one_entry() -> None:
    """Names are sorted, each once: Ascension met Labour Day on 1 May 2008."""
    assert dict(holiday_dates("DE", 2008, 2008))[date(2008, 5, 1)] == "Ascension Day; Labor Day"


@pytest.mark.parametrize("language", ["C.UTF-8", "de_DE.UTF-8"])
def test_names_do_not_follow_the_environment(language: str) -> None:
    """Names are English wherever the plan is solved."""
    code = (
        "from imsgen.calendars.holidays import holiday_dates;"
        "print(holiday_dates('DE', 2026, 2026)[0][1])"
    )
    environment = {**os.environ, "LANG": language, "LANGUAGE": language}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "New Year's Day"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("US", True),
        ("US-NY", True),
        ("GB-SCT", True),
        ("us", False),
        ("USA", False),
        ("UK", False),
        ("GB-XX", False),
        ("XX", False),
        ("US-", False),
        ("", False),
    ],
)
def test_codes_are_iso(code: str, expected: bool) -> None:
    """Two capital letters and a subdivision of that country."""
    assert known(code) is expected


def test_an_unknown_code_is_refused() -> None:
    """The message names the code."""
    with pytest.raises(ValueError, match="no holidays are known for `XX`"):
        holiday_dates("XX", 2026, 2026)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("usa", "US"),
        ("us", "US"),
        ("UK", "GB"),
        ("Germany", "DE"),
        ("Scotland", "GB-SCT"),
        ("gb-sct", "GB-SCT"),
        ("GB-Scotland", "GB-SCT"),
        ("US_NY", "US-NY"),
    ],
)
def test_what_was_meant(typed: str, meant: str) -> None:
    """Names and other spellings lead to the code."""
    assert close_matches(typed)[0] == meant
    assert known(meant)


def test_nothing_close_is_nothing() -> None:
    """Nonsense gets at most three guesses, all of them known."""
    assert len(close_matches("Q1")) <= 3
    assert all(known(code) for code in close_matches("Q1"))
