"""What a helping process does: islands, for as long as the process that started it lives."""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
from typing import BinaryIO

from imsgen.solver.islands import Group, Stretch

STOP = "stop"
"""Ends a stretch; its report comes at once."""
_PROTOCOL = pickle.HIGHEST_PROTOCOL


class _Line:
    """What comes in, read beside the work: the wish to stop, or the end of who started us."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._asked = False
        self.stretches: queue.Queue[Stretch] = queue.Queue()

    def listen(self) -> None:
        """Read until nobody is left to work for, then end the process."""
        while True:
            try:
                message = pickle.load(self._source)  # noqa: S301 - from who started this process
            except (EOFError, OSError, MemoryError, pickle.UnpicklingError):
                # Nothing is open that would have to be closed, and the work may take a while.
                os._exit(0)
            if message == STOP:
                self._asked = True
            else:
                self._asked = False
                self.stretches.put(message)

    def over(self) -> bool:
        """Whether the stretch is to end."""
        return self._asked


def serve() -> None:
    """Run islands: what they are comes first, then stretches, each answered by its reports.

    It ends with the process, whatever happens: who waits for an answer sees its pipe close.
    """
    # A Ctrl-C is for who started this process, and may reach all processes of a terminal.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    try:
        outset, numbers = pickle.load(source)  # noqa: S301 - from who started this process
        line = _Line(source)
        threading.Thread(target=line.listen, daemon=True).start()
        group = Group(outset, numbers)
        while True:
            pickle.dump(group.advance(line.stretches.get(), line.over), sink, _PROTOCOL)
            sink.flush()
    finally:
        os._exit(0)
