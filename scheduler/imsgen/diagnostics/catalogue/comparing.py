"""Comparing schedules."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code
from imsgen.diagnostics.model import Severity

CODES: tuple[Code, ...] = (
    Code(
        "IMS670",
        "schedules of different plans",
        "`imsgen diff` compares two states of one plan. These two have different ids and not one "
        "activity in common, so everything would be gone and everything new. Nothing is "
        "compared; the exit code is 2.",
        bad="imsgen diff cutover.schedule.json shutdown.schedule.json",
        good="imsgen diff approved cutover.yaml",
    ),
    Code(
        "IMS671",
        "plans with different ids are compared",
        "The plans have activities in common, but another `id:`; without one it is the name of "
        "the file. They are compared by the ids of their activities. Calendar events belong to "
        "the id of their plan, so `--calendar` needs it to be the same.",
        bad="imsgen diff draft-3.yaml go-live.yaml      # neither has an `id:`",
        good="id: go-live      # at the top of both",
        severity=Severity.WARNING,
    ),
)
