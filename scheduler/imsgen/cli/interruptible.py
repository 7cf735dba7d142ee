"""Ctrl-C during a search: once keeps the best schedule, twice stops at once.

A signal reaches Python code only between two of its own instructions, never inside the solver's,
so the search runs in a thread of its own while the main thread waits. This works on Windows too.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Generic, TypeVar

T = TypeVar("T")

STOPPED = 130
_TICK = 0.2


class _Search(Generic[T]):
    """A call in a thread, with its outcome."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self.done = threading.Event()
        self.result: list[T] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.result.append(self._call())
        except BaseException as error:
            self.error = error
        finally:
            self.done.set()


def interruptible(
    call: Callable[[], T], interrupt: Callable[[], None], say: Callable[[str], None]
) -> T:
    """Return what ``call`` returns; the first Ctrl-C calls ``interrupt``, the second exits.

    Parameters
    ----------
    call
        The search; it runs in another thread.
    interrupt
        Asks the search to end soon with what it has.
    say
        Tells the user, on stderr.
    """
    if threading.current_thread() is not threading.main_thread():
        return call()
    search = _Search(call)
    presses = 0

    def pressed(_signal: int, _frame: FrameType | None) -> None:
        nonlocal presses
        presses += 1
        if presses > 1:
            say("interrupted: nothing was written")
            sys.stdout.flush()
            sys.stderr.flush()
            # The solver's threads cannot be waited for; no file is open at this point.
            os._exit(STOPPED)
        say("stopping with the best schedule so far; Ctrl-C again stops at once")
        interrupt()

    before = signal.signal(signal.SIGINT, pressed)
    try:
        threading.Thread(target=search.run, name="search", daemon=True).start()
        while not search.done.wait(_TICK):
            pass
    finally:
        signal.signal(signal.SIGINT, before)
    if search.error is not None:
        raise search.error
    return search.result[0]
