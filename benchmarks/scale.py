"""What large plans cost from text to files: seconds, memory, sizes.

Run ``python benchmarks/scale.py [DIRECTORY] --activities 1000 10000 50000 --seconds S``. The
command line solves each plan, without effort unless ``--seconds`` are given, and writes all its
files.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from cases import Case, add_arguments, cases
from generate import plan_text
from report import header, table

COLUMNS = ("plan", "plan MB", "formats", "seconds", "peak MB", "exit", "files, MB")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of the command line took."""

    plan: str
    plan_bytes: int
    formats: str
    seconds: float
    peak_megabytes: int
    code: int
    files: dict[str, int]
    """Bytes by name."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    parser.add_argument("--formats", default="", help="as `imsgen solve --format` takes them")
    parser.set_defaults(seconds=0.0)
    chosen = parser.parse_args()
    header(f"text to files, {chosen.seconds:g} s of search, {chosen.cores} core(s)")
    found = []
    for case in cases(chosen):
        found.append(run(case, chosen))
        print(*_row(found[-1]), flush=True)
    print()
    table(COLUMNS, [_row(one) for one in found])
    if chosen.json:
        content = {"seconds": chosen.seconds, "runs": [asdict(one) for one in found]}
        chosen.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return max((one.code for one in found), default=2)


def run(case: Case, chosen: argparse.Namespace) -> Cost:
    """Solve the text of a plan and write its files in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        plan = case.path
        if plan is None:
            plan = Path(folder) / "plan.yaml"
            plan.write_text(plan_text(case.project()), encoding="utf-8")
        out = Path(folder) / "out"
        command = [sys.executable, "-m", "imsgen", "solve", str(plan), "-o", str(out), "-q"]
        command += ["--workers", str(chosen.cores), "--seed", str(chosen.seed)]
        if chosen.seconds:
            command += ["--effort", "1000000000", "--time-limit", f"{chosen.seconds:g}s"]
        else:
            command += ["--effort", "0"]
        if chosen.formats:
            command += ["--format", chosen.formats]
        begin = time.monotonic()
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            errors = process.stderr.read() if process.stderr is not None else ""
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            print(errors[-2000:])
        written = sorted(out.iterdir()) if out.exists() else []
        return Cost(
            plan=case.name,
            plan_bytes=plan.stat().st_size,
            formats=chosen.formats or "all",
            seconds=round(time.monotonic() - begin, 1),
            peak_megabytes=usage.ru_maxrss // 1024,
            code=process.returncode,
            files={one.name: one.stat().st_size for one in written},
        )


def _row(one: Cost) -> Sequence[object]:
    sizes = ", ".join(
        f"{Path(name).suffix[1:]} {size / 1e6:.1f}" for name, size in one.files.items()
    )
    return (
        one.plan,
        f"{one.plan_bytes / 1e6:.1f}",
        one.formats,
        f"{one.seconds:.1f}",
        one.peak_megabytes,
        one.code,
        sizes,
    )


if __name__ == "__main__":
    sys.exit(main())
