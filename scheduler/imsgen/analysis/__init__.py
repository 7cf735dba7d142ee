"""What follows from a schedule once it stands: the way back from each gate."""

from __future__ import annotations

from imsgen.analysis.gates import with_rollbacks
from imsgen.analysis.solving import found_with_rollbacks, solve

__all__ = ["found_with_rollbacks", "solve", "with_rollbacks"]
