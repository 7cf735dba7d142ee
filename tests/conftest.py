"""How tests run, by two variables of the environment.

``HYPOTHESIS_PROFILE``: ``ci`` is repeatable and brief, ``nightly`` tries ten times as much; a test
says how many examples it wants in ``ci`` by ``examples(n)``.

``IMSGEN_INTEROP=required``: the programs that open our files are there, so a test that is skipped
for want of one fails.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=100,
    print_blob=True,
    suppress_health_check=_QUIET,
)
settings.register_profile(
    "nightly", deadline=None, max_examples=1000, print_blob=True, suppress_health_check=_QUIET
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

_INTEROP = Path(__file__).parent / "interop"
_OPTIONAL = "the independent checker is not beside us"
"""The one thing under tests/interop that no package brings."""
_Report = TypeVar("_Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a test fail that misses a required program."""
    return _required(item.path, (yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Let a module fail that misses a required program."""
    return _required(collector.path, (yield))


def _required(path: Path, report: _Report) -> _Report:
    """Return a report as it is, or as failed where it says that something required is missing."""
    if os.environ.get("IMSGEN_INTEROP") != "required" or not path.is_relative_to(_INTEROP):
        return report
    why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if report.skipped and not hasattr(report, "wasxfail") and _OPTIONAL not in why:
        report.outcome = "failed"
        report.longrepr = f"{why}, and IMSGEN_INTEROP=required"
    return report
