"""The exception tree; each class carries the exit code of the command line.

ImsgenError                   5  our bug, unless a subclass says otherwise
  PlanError                   1  the plan has errors; carries the diagnostics
  UsageError                  2  wrong call, unreadable file
  Infeasible                  3  proved: no schedule exists; carries the explanation
  NoSolution                  4  the limit ran out before a first schedule
  VerificationError           5  our schedule breaks the plan: our bug
  Interrupted               130  stopped before a first schedule

MemoryError                   4  not of ours, but an end like any other
  NoRoomError                 4  seen beforehand; says how much is needed
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from imsgen.diagnostics import Diagnostic


class ImsgenError(Exception):
    """The program cannot go on."""

    exit_code: ClassVar[int] = 5


class PlanError(ImsgenError):
    """The plan has errors."""

    exit_code = 1

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(f"{len(self.diagnostics)} problems in the plan")


class UsageError(ImsgenError):
    """A wrong call or a file that cannot be read or written."""

    exit_code = 2


class Infeasible(ImsgenError):  # noqa: N818 - the answer's name, as the field says it
    """Proved: no schedule exists."""

    exit_code = 3

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("no schedule meets the plan")


class NoSolution(ImsgenError):  # noqa: N818
    """The limit ran out before a first schedule."""

    exit_code = 4


class VerificationError(ImsgenError):
    """Our own schedule breaks the plan: a bug of ours, nothing is exported."""

    exit_code = 5

    def __init__(self, violations: Sequence[str]) -> None:
        self.violations = tuple(violations)
        super().__init__("\n".join(self.violations))


class Interrupted(ImsgenError):  # noqa: N818
    """Stopped by the user before a first schedule."""

    exit_code = 130


class NoRoomError(MemoryError):
    """What is to be loaded or built will not fit; the text says what takes how much."""


def out_of_memory(error: BaseException) -> bool:
    """Whether memory ran out.

    A library that could not be loaded for it says so in words, a thread without room for its
    stack in others, and an extension that lost its exception on the way in others again.
    """
    if isinstance(error, MemoryError):
        return True
    signs: dict[type[BaseException], tuple[str, ...]] = {
        OSError: ("failed to map segment", "annot allocate memory"),
        ImportError: ("failed to map segment", "annot allocate memory"),
        RuntimeError: ("can't start new thread",),
        SystemError: ("without exception set", "without setting an exception"),
    }
    return any(
        isinstance(error, kind) and any(sign in str(error) for sign in words)
        for kind, words in signs.items()
    )
