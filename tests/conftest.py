"""Hypothesis profiles: ``ci`` is repeatable and brief, ``nightly`` tries ten times as much.

Choose with ``HYPOTHESIS_PROFILE=nightly``; a test says how many examples it wants in ``ci`` by
``scaled(n)``.
"""

from __future__ import annotations

import os

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
