"""Helping processes: started, talked to, and never left behind.

They are plain interpreters that talk through their pipes: nothing of the calling programme is run
again in them, whatever it is, and a pipe that closes tells each side that the other is gone, in
whatever way it went. A Ctrl-C in the terminal is not for them: the search tells them to stop.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import IO

from imsgen.solver.islands import Outset, Report, Stretch
from imsgen.solver.worker import STOP

_CODE = "import sys; sys.path[:] = {path!r}; from imsgen.solver.worker import serve; serve()"

Inbox = queue.Queue[tuple["Helper", list[Report] | None]]
"""Where reports arrive; None: the process is gone."""


class Helper:
    """A process with some of the islands.

    Raises
    ------
    OSError, RuntimeError, MemoryError
        If the system gives no process, thread or memory; nothing is left behind then.
    """

    def __init__(self, outset: Outset, numbers: Sequence[int], inbox: Inbox) -> None:
        self.numbers = tuple(numbers)
        self._inbox = inbox
        self._outbox: queue.Queue[object] = queue.Queue()
        self._threads: list[threading.Thread] = []
        self._process = subprocess.Popen(  # noqa: S603 - this very interpreter
            [sys.executable, "-c", _CODE.format(path=[str(one) for one in sys.path])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=os.name != "nt",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._outbox.put((outset, self.numbers))
        sink, source = self._process.stdin, self._process.stdout
        try:
            if sink is not None and source is not None:
                self._begin(threading.Thread(target=self._write, args=(sink,), daemon=True))
                self._begin(threading.Thread(target=self._read, args=(source,), daemon=True))
        except BaseException:
            self.close()
            raise

    def begin(self, stretch: Stretch) -> None:
        """Let it do a stretch; the reports come to the inbox."""
        self._outbox.put(stretch.of(self.numbers))

    def stop(self) -> None:
        """Let it end the stretch and report."""
        self._outbox.put(STOP)

    def close(self) -> None:
        """End the process, whatever it does, and leave nothing of it."""
        self._process.kill()
        self._outbox.put(None)
        self._process.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close(pipe)

    def _begin(self, thread: threading.Thread) -> None:
        thread.start()
        self._threads.append(thread)

    def _write(self, sink: IO[bytes]) -> None:
        """Send what is in the outbox; where that fails, the process sees the end and goes."""
        try:
            while (message := self._outbox.get()) is not None:
                pickle.dump(message, sink, pickle.HIGHEST_PROTOCOL)
                sink.flush()
        except (OSError, MemoryError):
            self._process.kill()

    def _read(self, source: IO[bytes]) -> None:
        """Pass reports on, and at last that there will be no more."""
        try:
            while True:
                self._inbox.put((self, pickle.load(source)))  # noqa: S301 - from our own process
        except (EOFError, OSError, MemoryError, pickle.UnpicklingError):
            self._process.kill()
            self._inbox.put((self, None))


def can_help() -> bool:
    """Whether this interpreter can be started again to help."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def _close(pipe: IO[bytes]) -> None:
    """Close a pipe; what was not written goes nowhere."""
    with contextlib.suppress(OSError):
        pipe.close()
