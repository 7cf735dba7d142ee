"""Solves one instance with PyJobShop: run by peers.py with a Python that has it.

Reads the instance as JSON from standard input (durations, demands, capacities, successors,
seconds, workers) and writes starts, makespan, bound, status and seconds as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version


def main() -> None:
    from pyjobshop import Model

    given = json.load(sys.stdin)
    begin = time.monotonic()
    model = Model()
    resources = [model.add_renewable(capacity) for capacity in given["capacities"]]
    tasks = [model.add_task() for _ in given["durations"]]
    for task, duration, demands in zip(tasks, given["durations"], given["demands"], strict=True):
        model.add_mode(task, resources, duration, demands)
    for task, followers in zip(tasks, given["successors"], strict=True):
        for follower in followers:
            model.add_end_before_start(task, tasks[follower])
    result = model.solve(time_limit=given["seconds"], num_workers=given["workers"], display=False)
    found = {
        "version": version("pyjobshop"),
        "status": result.status.value,
        "bound": result.lower_bound,
        "seconds": time.monotonic() - begin,
        "makespan": None,
    }
    if result.best.tasks:
        found["makespan"] = result.best.makespan
        found["starts"] = [task.start for task in result.best.tasks]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
