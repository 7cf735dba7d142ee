"""Whether the plan's objective has anything to count."""

from __future__ import annotations

from imsgen.plan.resolve.project import Built

_WANTED = {
    "least_cost": ("a `rate:` of a resource that is needed", "give resources a `rate:` an hour"),
    "fewest_people": ("people that are needed", "name who does the work under `needs:`"),
    "smooth": ("a resource that is needed", "name what the work takes under `needs:`"),
}
"""By objective: what it counts, and how the plan gets it."""


def objective_without_measure(built: Built) -> None:
    """Report an objective by which all schedules are the same."""
    project = built.project
    wanted = _WANTED.get(project.options.objective)
    written = built.context.parts.root.document.options.get("objective")
    if wanted is None or written is None:
        return
    for activity in project.activities.values():
        for mode in activity.modes if activity.scheduled else ():
            for need in mode.needs:
                resource = project.resources[need.resource]
                if project.options.objective == "least_cost" and resource.rate is None:
                    continue
                if project.options.objective == "fewest_people" and resource.holds:
                    continue
                return
    what, edit = wanted
    built.context.report.add(
        "IMS413",
        f"`{project.options.objective}` counts {what}, and there is none",
        written.span,
        help=f"{edit}, or drop `objective:`",
    )
