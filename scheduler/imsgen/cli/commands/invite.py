"""`imsgen invite`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsgen.cli.console import Console
from imsgen.cli.options import FOLDER, PLAN, common_options

if TYPE_CHECKING:
    from imsgen.formats.ical.events import Entry
    from imsgen.formats.ical.invitations import Invitation, Invited, Person
    from imsgen.schedule.diary.wording import Wording


@click.command("invite", short_help="Write meeting requests for events of a schedule")
@common_options
@click.option(
    "--organizer",
    metavar="ADDRESS",
    help="Who sends them, such as 'Ana Diaz <ana@example.org>'. [default: who sent them before]",
)
@click.option("-o", "--output", type=FOLDER, help="Folder. [default: NAME.ical/invite]")
@click.argument("schedule", type=PLAN)
@click.argument("events", nargs=-1)
@click.pass_obj
def command(
    console: Console,
    /,
    *,
    schedule: Path,
    events: tuple[str, ...],
    organizer: str | None,
    output: Path | None,
) -> int:
    """Write meeting requests for events of a schedule, a file each, to send by mail.

    EVENTS are ids of gates, checkpoints and milestones. Asked are those who decide, take part, own
    it or stand in, as far as the plan has their `email:`. imsgen sends nothing: open a file in
    Outlook and send it, as the organizer.

    Without EVENTS the requests in the folder are written again: updates of what moved,
    cancellations of what is off and of who is no longer asked. SCHEDULE may be the plan.

    \b
    imsgen invite go-live.yaml go-live standup --organizer 'PMO <pmo@agency.example>'
    imsgen invite go-live.yaml
    """
    from imsgen.cli.outputs import CALENDARS, check_folder, find_schedule, stem_of
    from imsgen.errors import UsageError
    from imsgen.formats.ical.invitations import invitable, invitations, person
    from imsgen.schedule import read_schedule
    from imsgen.schedule.diary.wording import Wording
    from imsgen.schedule.files import write_file
    from imsgen.verifier import verify_schedule

    path = find_schedule(schedule)
    published = read_schedule(path)
    violations = verify_schedule(published)
    if violations:
        raise UsageError(
            f"`{path}` was changed by hand and breaks its plan, solve the plan again: "
            f"{violations[0].message}"
        )
    folder = output or path.parent / f"{stem_of(path)}{CALENDARS}" / "invite"
    check_folder(folder)
    words = Wording.of(published)
    sender = person(organizer) if organizer is not None else None
    written: list[dict[str, object]] = []
    for entry in _chosen(events, words, invitable(published, words), folder):
        before = _before(folder, entry, words)
        made = invitations(entry, words, _organizer(sender, before), before)
        _say_unknown(console, entry, words, asked=bool(made))
        for one in made:
            target = folder / one.file
            same = target.exists() and target.read_bytes() == one.content
            if not same:
                write_file(target, one.content)
            _say(console, target, one, same=same, again=before is not None)
            written.append(_record(target, one, same=same))
    console.document("ok", revision=published.revision, files=written)
    return 0


def _chosen(
    events: Sequence[str], words: Wording, known: Mapping[str, Sequence[Entry]], folder: Path
) -> Iterator[Entry]:
    """Yield the events asked for, or those that were asked for before.

    Raises
    ------
    UsageError
        If there is no such event, or none was asked for before.
    """
    from imsgen.errors import UsageError

    if not events:
        before = [
            one for several in known.values() for one in several if _before(folder, one, words)
        ]
        if not before:
            ids = ", ".join(f"`{id_}`" for id_ in known)
            raise UsageError(
                f"there are no requests in `{folder}` yet: name the events, "
                f"of {ids or 'which this plan has none'}"
            )
        yield from before
        return
    for id_ in dict.fromkeys(events):
        if id_ not in known:
            close = get_close_matches(id_, known, 1)
            ids = ", ".join(f"`{one}`" for one in known)
            hint = f"did you mean `{close[0]}`?" if close else f"choose from {ids or 'none'}"
            raise UsageError(
                f"`{id_}` is no gate, checkpoint or milestone people meet for: {hint}"
            )
        yield from known[id_]


def _before(folder: Path, entry: Entry, words: Wording) -> Invited | None:
    """Return what the file of an event in the folder asked, if there is one."""
    from imsgen.formats.ical.invitations import file_stem, invited

    path = folder / f"{file_stem(entry, words)}.ics"
    return invited(path.read_bytes()) if path.is_file() else None


def _organizer(sender: Person | None, before: Invited | None) -> Person:
    from imsgen.errors import UsageError

    if sender is not None:
        return sender
    if before is not None:
        return before.organizer
    raise UsageError(
        "a meeting request needs its sender: add `--organizer 'Ana Diaz <ana@example.org>'`"
    )


def _say_unknown(console: Console, entry: Entry, words: Wording, *, asked: bool) -> None:
    from imsgen.formats.ical.invitations import wanted

    first = entry.first
    unknown = wanted(first, words)[1]
    if unknown and not first.cancelled:
        names = ", ".join(unknown)
        console.note(
            f"note: `{first.id}` does not ask {names}: the plan has no `email:` of theirs"
        )
    if not asked:
        console.note(f"note: `{first.id}` asks nobody, so there is no request")


def _say(console: Console, path: Path, one: Invitation, *, same: bool, again: bool) -> None:
    from imsgen.schedule.views import counted

    what = {"REQUEST": "update" if again else "request", "CANCEL": "cancellation"}[one.method]
    verb = "as before" if same else f"{what} to send"
    amount = counted(len(one.attendees), "person").replace("persons", "people")
    console.summary(f"{path}  {verb}: {amount}, SEQUENCE {one.sequence}")


def _record(path: Path, one: Invitation, *, same: bool) -> dict[str, object]:
    return {
        "file": str(path),
        "event": one.event,
        "method": one.method.value,
        "sequence": one.sequence,
        "attendees": [person.address for person in one.attendees],
        "changed": not same,
    }
