"""Whether it is clear which window a gate protects."""

from __future__ import annotations

from imsgen.network import build_graph
from imsgen.network.protected import goes_back, protected_windows
from imsgen.plan.resolve.project import Built


def windows_of_gates(built: Built) -> None:
    """Report gates that may protect several windows, where a No-Go leads to something."""
    project = built.project
    gates = [id_ for id_ in project.gates if project.activities[id_].scheduled]
    if not gates or not goes_back(project):
        return
    graph = build_graph(project)
    for id_ in gates:
        windows = protected_windows(graph, id_)
        if len(windows) < 2:
            continue
        named = " and ".join(f"`{window}`" for window in windows)
        built.context.report.add(
            "IMS236",
            f"the gate `{id_}` may protect the windows {named}",
            project.sources.get(f"gate:{id_}"),
            label="what follows it lies in all of these",
            help=f"say before the end of which one a No-Go must be over, `window: {windows[0]}`",
        )
