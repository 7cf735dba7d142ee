"""What time it is: only for a terminal that somebody watches, never for what is written."""

from __future__ import annotations

import time

from imsgen.model import Instant


def this_minute() -> Instant:
    """Return the minute that it is now."""
    return Instant(int(time.time() // 60))
