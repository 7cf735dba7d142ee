"""Room in the address space, where a limit is set on it.

The solver library fails in ways of its own where it does not fit: it ends the process, or waits
for a thread that never starts. So the room is looked at before it is loaded.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from imsgen.errors import NoRoomError

MEGABYTE = 2**20
NEEDED = 400 * MEGABYTE
"""Bytes of address space that loading the library and a small search take, with a margin: about
190 MB for the libraries, up to 140 MB for the stack and the heap of the searching thread."""
_SIZES = Path("/proc/self/statm")
_LIBRARY = "ortools"


def prepare_library() -> None:
    """Make ready for loading the solver library.

    Its linear algebra is not what we call; one thread instead of one for each core spares the
    address space of the others and part of the time to load. Who chose a number keeps it.

    Raises
    ------
    NoRoomError
        If a limit on the address space leaves less than ``NEEDED``; says how much there is.
    """
    if _LIBRARY in sys.modules:
        return
    left = room_left()
    if left is not None and left < NEEDED:
        raise NoRoomError(
            f"the solver library takes {NEEDED // MEGABYTE} MB of address space, and the limit"
            f" leaves {left // MEGABYTE} MB"
        )
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def room_left() -> int | None:
    """Return the bytes of address space that a limit leaves, at least 0; None: no limit known."""
    try:
        import resource
    except ImportError:
        return None
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY:
        return None
    try:
        pages = int(_SIZES.read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return max(0, most - pages * resource.getpagesize())
