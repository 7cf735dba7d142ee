"""What follows from a schedule once it stands: the way back from each gate."""

from __future__ import annotations

from imsgen.analysis.gates import with_rollbacks

__all__ = ["with_rollbacks"]
