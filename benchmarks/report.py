"""How the benchmarks print: versions, then a table."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version


def header(title: str) -> None:
    """Print what was run on what."""
    print(f"## {title}")
    print(
        f"imsgen {version('imsgen')}, ortools {version('ortools')},"
        f" Python {platform.python_version()}, {os.cpu_count()} cores"
    )


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a Markdown table."""
    print("| " + " | ".join(columns) + " |")
    print("|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(str(one) for one in row) + " |")
