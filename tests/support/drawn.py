"""Examples of a strategy as a list: for judges that are slow to start and take many at once."""

from __future__ import annotations

from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

_Example = TypeVar("_Example")


def drawn(strategy: st.SearchStrategy[_Example], count: int) -> list[_Example]:
    """Return the same ``count`` examples every time."""
    found: list[_Example] = []

    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: _Example) -> None:
        found.append(example)

    collect()
    return found
