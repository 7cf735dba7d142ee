"""How many examples a property test tries."""

from __future__ import annotations

from hypothesis import settings


def examples(count: int) -> settings:
    """Return settings with ``count`` examples in the ``ci`` profile, ten times that nightly."""
    return settings(max_examples=count * settings().max_examples // 100)
