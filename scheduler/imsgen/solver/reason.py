"""What a plan without a schedule fails on, beside the words for it."""

from __future__ import annotations

from dataclasses import dataclass

from imsgen.diagnostics import Diagnostic
from imsgen.errors import Infeasible
from imsgen.model import Dependency


@dataclass(frozen=True, slots=True)
class Reason:
    """Where repairs are looked for."""

    activities: tuple[str, ...]
    """Those whose dates, windows or links cannot hold."""
    resources: tuple[str, ...] = ()
    """Those there is too little of."""
    links: tuple[Dependency, ...] = ()
    """Those whose maximal lag is too short."""
    chain: tuple[str, ...] = ()
    """What drives the activity that comes too late, first to last."""


class Explained(Infeasible):
    """Proved: no schedule exists; says what the plan fails on."""

    def __init__(self, diagnostic: Diagnostic, reason: Reason) -> None:
        super().__init__([diagnostic])
        self.reason = reason
