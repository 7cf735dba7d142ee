"""The reference of every key and value, in Markdown, made from the tables of keys."""

from __future__ import annotations

from imsgen.plan.syntax.keys.plan import PLAN
from imsgen.plan.syntax.keys.table import Entity, Key
from imsgen.plan.syntax.schema import ENTITIES

FORMS = {
    "addresses": "`[https://…]`, or `{Label: https://…}`",
    "alternatives": "a list of maps, see [alternative](#alternative)",
    "amount": "a number, the plan's currency an hour",
    "boolean": "`true` or `false`",
    "capacity": "units, or a map from dates to units that hold from then on",
    "constraint": "`ASAP`, `ALAP`, or one of `MSO MFO SNET SNLT FNET FNLT` and an instant",
    "count": "a whole number from 1",
    "currency": "a code of three letters, `USD`",
    "duration": "numbers with units, `45m 4h 3d 2w 1mo`, elapsed `em eh ed ew`, combined `1h30m`;"
    " `?` behind it marks an assumption",
    "email": "an e-mail address",
    "estimate": "a duration, or `[least, likely, most]`",
    "event": "an id and an end: `load.finish`, `project.start`, `go-live.go`, `go-live.no-go`",
    "every": "`weekday 09:00`, `mon+thu 14:00`, `4h`; of windows `fri+sat 22:00-04:00` or"
    " `sat 22:00 - mon 04:00`",
    "exceptions": "a map from dates or ranges to hours, or a list of maps, see"
    " [calendar exception](#calendar-exception)",
    "expectations": "a map: `status`, `finish`, `critical`, `ID.start`, `ID.finish`,"
    " `ID.total_float`",
    "hours": "`08:00-12:00`, a list of such intervals, `none` or `24x7`",
    "id": "letters, digits, `-` and `_`, at most 64",
    "instant": "`2026-11-02`, `2026-11-02 08:00`, with a zone `Z`, `-04:00` or `Europe/London`;"
    " a date alone is the whole day",
    "lag": "a duration or percentage with a sign: `+2d`, `-1eh`, `50%`",
    "lag_calendar": "`successor`, `predecessor`, `project` or `24x7`",
    "links": "one link or a list; a link is `ID [TYPE] [±LAG]`, `load SS+2d`, or a map, see"
    " [link](#link)",
    "needs": "an id, a list, a map from ids to units, or"
    " [`{any: [ids], count, units}`](#choice-of-resources)",
    "number": "a whole number from 0 to 9",
    "options": "see [options](#options)",
    "percentage": "`40%` or `40`",
    "priority": "a whole number from 0 to 1000",
    "range": "`A..B` between instants, dates included; or one date",
    "ref": "the id of something in the plan, `load` or with its groups `cutover.load`",
    "roster": "see [roster](#roster)",
    "rrule": "an iCalendar recurrence rule, `FREQ=MONTHLY;BYDAY=1MO`",
    "spans": "a group, or two events `[first.start, last.finish]`",
    "text": "text; quotes when it holds `: # , [ ] { }`",
    "type": "`FS`, `SS`, `FF` or `SF`",
    "undo": "a duration, or a map, see [undo](#undo)",
    "units": "`2`, `0.5` or `50%`",
    "version": "`1`",
    "week": "a map from days (`mon`, `mon-fri`, `mon+wed`, `weekday`, `day`) to hours, or hours of"
    " every day",
    "when": "an instant, or an event with an offset: `load.finish + 15m`",
    "within": "a window, a list of them, or a map, see [window choice](#window-choice)",
    "word": "one of the words in the description",
    "zone": "an IANA name, `America/New_York`",
}
"""What each form of value looks like."""


def describe_keys() -> str:
    """Return the page of keys: the plan first, then what stands in it, then the values."""
    parts = [
        "# Keys of a plan\n",
        "A hyphen in a key is read as `_`. Every other key is an error; your own: `fields:`.\n",
    ]
    for entity in (PLAN, *sorted(ENTITIES, key=lambda one: one.noun)):
        parts += _entity(entity)
    parts += ["## Values\n", "| value | form |", "|---|---|"]
    parts += [f"| {form} | {text} |" for form, text in FORMS.items()]
    return "\n".join(parts) + "\n"


def _entity(entity: Entity) -> list[str]:
    parts = [f"## {entity.noun.capitalize()}\n", f"{entity.text}.\n"]
    parts += ["| key | value | meaning | example |", "|---|---|---|---|"]
    parts += [_row(key, required=key.name in entity.required) for key in entity.keys]
    return [*parts, ""]


def _row(key: Key, *, required: bool) -> str:
    example = f"`{key.kind.example}`" if key.kind.example else ""
    meaning = key.text + (" (required)" if required else "")
    also = "".join(f" (also `{alias}`)" for alias in key.aliases)
    cells = (f"`{key.name}`{also}", key.kind.form, meaning, example)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
