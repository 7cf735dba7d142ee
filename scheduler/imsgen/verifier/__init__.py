"""A second opinion on a schedule: true to its plan, rule by rule, in wall-clock time.

Written from docs/concepts/rules.md, apart from the solver; the two share the model and the hours
of calendars, no rule.
"""

from __future__ import annotations

from imsgen.verifier.check import verify, verify_schedule
from imsgen.verifier.violation import Rule, Violation

__all__ = ["Rule", "Violation", "verify", "verify_schedule"]
