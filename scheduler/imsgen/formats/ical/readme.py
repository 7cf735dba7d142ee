"""One page on importing the calendars, for who gets them."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.formats.ical.audiences import Calendar
from imsgen.model import Schedule
from imsgen.schedule.diary.text import category, one_line

_STEPS = """\
Best: somebody puts the files in a web folder and everybody subscribes to an https:// address.
Updates then arrive by themselves, hours late: Google reads again every 8 to 24 hours, Outlook on
the web every 3 to 24, classic Outlook as its send/receive settings say, Apple and Thunderbird as
often as you set. Nobody should rely on that during a cutover night: then look at the bridge.

Classic Outlook (Windows)
  File > Open & Export > Import/Export > "Import an iCalendar (.ics) or vCalendar file" > the file
  > "Open as New": it becomes a calendar of its own, named after the plan and its revision.
  A later revision: open it as new too, then delete the calendar of the old one.
  "Import" merges into your own calendar and does NOT recognise events it has: every later import
  makes doubles. If that happened: View > Change View > List, sort by category, delete all of
  {category}, import once more.
  Subscribe: File > Account Settings > Account Settings > Internet Calendars > New.

New Outlook and Outlook on the web
  Calendar > Add calendar > Upload from file > the file, into a calendar made for it
  ("Create blank calendar"). A later revision: delete that calendar, make it again.
  Subscribe: Calendar > Add calendar > Subscribe from web > the https:// address.

Google Calendar
  Settings > Import & export > Import > the file, into a calendar made for it. Events are
  recognised: a later revision, or the file of changes, updates them and makes no doubles.
  Subscribe: Other calendars > + > From URL.

Apple Calendar
  File > Import > the file > New Calendar. A later revision updates the events it knows.
  Subscribe: File > New Calendar Subscription.

Thunderbird
  Events and Tasks > Import > the file > a calendar made for it. Events are recognised.
  Subscribe: New Calendar > On the Network > the https:// address.
"""


def readme(schedule: Schedule, name: str, calendars: Sequence[Calendar], changes: str) -> str:
    """Return the page.

    Parameters
    ----------
    name
        Of everybody's calendar.
    changes
        Stem of the files of changes; empty when there are none.
    """
    project = schedule.project
    title = f"{one_line(project.name) or project.id}, revision {schedule.revision}: the calendars"
    lines = [title, "=" * len(title), ""]
    lines.append(f"../{name}: gates, checkpoints, milestones, messages and windows, for everybody")
    width = max((len(one.path) for one in calendars), default=0)
    lines.extend(f"{one.path:<{width}}  {one.whose}" for one in calendars)
    if changes:
        lines.append(f"{changes}.ics: only what changed since the last revision")
        lines.append(f"{changes}.txt: the same for people, and who must be told what")
    lines += [
        "",
        "An event is the same in every file, so a program that knows it from one file does not",
        "double it from another. Who needs their own steps and the gates takes their file in",
        "by-owner; everybody else takes the file above. Importing invites nobody and sends no mail.",
        "A cancelled event stays for three revisions, marked CANCELLED, so that every calendar",
        "learns of it. All times are right in your own time zone; the text of each event has the",
        f"local time of the plan ({project.timezone}) and UTC.",
        "",
    ]
    lines.append(_STEPS.format(category=category(f"IMS-{project.id}")))
    return "\n".join(lines)
