"""Codes of files and of their YAML."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code
from imsgen.diagnostics.model import Severity

TEXT: tuple[Code, ...] = (
    Code(
        "IMS101",
        "not YAML",
        "The line is neither `key: value` nor a list item. The rest of the file is still read, so"
        " that other errors show in the same run.",
        bad="name: Go-live\nstart 2026-11-02",
        good="name: Go-live\nstart: 2026-11-02",
    ),
    Code(
        "IMS103",
        "a text, list or map where another is needed",
        "Every key takes a text, a list or a map, and some take several of them; this one has"
        " been given a shape it does not take.",
        bad="activities:\n  - load\n  - test",
        good="activities:\n  load: {duration: 1d}\n  test: {duration: 1d, after: load}",
    ),
    Code(
        "IMS104",
        "a key written twice",
        "YAML readers silently keep the last of two equal keys; a plan says each thing once. Both"
        " places are shown. A hyphen in a key is read as an underscore.",
        bad="resources:\n  dba: {capacity: 1}\n  dba: {capacity: 2}",
        good="resources:\n  dba: {capacity: 2}",
    ),
    Code(
        "IMS105",
        "a key without a value",
        "Nothing stands behind the key. Inside braces this is usually a comma that was meant"
        " otherwise: as part of a text, which then needs quotes, or between the items of a list,"
        " which then needs brackets. Days are joined by `+`.",
        bad="calendars:\n  office: {work: {mon-fri: 08:00-12:00, 13:00-17:00}}",
        good="calendars:\n  office: {work: {mon-fri: [08:00-12:00, 13:00-17:00]}}",
    ),
    Code(
        "IMS106",
        "an anchor, alias or merge key",
        "YAML can name a value and repeat it elsewhere. A plan does not have this: what holds for"
        " several activities is written on their group. A name that starts with `&` or `*` needs"
        " quotes.",
        bad="activities:\n  a: &usual {duration: 1d}\n  b: *usual",
        good="activities:\n  a: {duration: 1d}\n  b: {duration: 1d}",
    ),
    Code(
        "IMS107",
        "a tag",
        "YAML can give a value a type of its own, `!type value`. A plan does not have this: the"
        " key says what its value is. A text that starts with `!` needs quotes.",
        bad="name: !important Go-live",
        good='name: "!important Go-live"',
    ),
    Code(
        "IMS108",
        "a second document",
        "A plan file holds one document; `---` starts another one. What follows it is not read.",
        bad="name: Go-live\n---\nname: Rehearsal",
        good="name: Go-live\ninclude: [pool.yaml]",
    ),
    Code(
        "IMS109",
        "indented with tabs",
        "YAML forbids tabs in indentation, because editors show them differently. Reading stops"
        " at the first one: what belongs to what cannot be told.",
        bad="activities:\n\tload: {duration: 1d}",
        good="activities:\n  load: {duration: 1d}",
    ),
    Code(
        "IMS110",
        "no plan to read",
        "The file is empty, holds comments only, is a directory, or cannot be opened.",
        bad="# nothing yet",
        good="imsgen: 1\nname: Go-live",
    ),
    Code(
        "IMS111",
        "not UTF-8",
        "Plan files are UTF-8, with or without a byte order mark. The place is that of the first"
        " byte that means nothing in UTF-8; files saved as Windows-1252 or Latin-1 have one at"
        " their first accented letter or curly quote. Save the file as UTF-8.",
        bad="name: Café  # saved as Latin-1: the last letter is the byte E9",
        good="name: Café  # saved as UTF-8: the last letter is the bytes C3 A9",
    ),
    Code(
        "IMS112",
        "too large",
        "At most 10 MB of one file are read. A larger file is refused by its size, unread. A plan"
        " of 5,000 activities takes about 1 MB; larger ones are split with `include:`.",
        bad="activities:\n  finance: {activities: {…}}  # 100,000 of them in one file",
        good="activities:\n  finance: {include: teams/finance.yaml}",
    ),
    Code(
        "IMS113",
        "nested too deep",
        "Maps and lists may be nested 20 levels deep. A group takes two levels, so groups may be"
        " nested about nine deep; further ones can be moved to an included file.",
        bad="expect: {critical: " + "[" * 19 + "load" + "]" * 19 + "}",
        good="expect: {critical: [load]}",
    ),
    Code(
        "IMS114",
        "a text cut short by a comment",
        "In YAML a `#` after a space starts a comment: `load #1` is only `load`. A comment is"
        " written with a space behind the `#`; a text with ` #` needs quotes.",
        bad="name: Load #1",
        good='name: "Load #1"',
        severity=Severity.WARNING,
    ),
    Code(
        "IMS115",
        "a control character",
        "Characters such as U+0007 or U+001B cannot stand in a plan. They are usually left over"
        " from copying. Delete them.",
        bad="name: Go-live\x07",
        good="name: Go-live",
    ),
    Code(
        "IMS116",
        "a text that needs quotes",
        "Some characters mean something to YAML: `: `, ` #`, and inside braces `, [ ] { }`; at the"
        " start of a text also `& * ! | > @ % -` and quotes. A text with one of them is put in"
        " double quotes.",
        bad="name: Phase 1: design",
        good='name: "Phase 1: design"',
    ),
    Code(
        "IMS117",
        "a bracket or quote never closed",
        "A `{`, `[` or quote is opened here and never closed. Sometimes its end is hidden in a"
        " comment, behind ` #`.",
        bad="activities:\n  load: {duration: 1d\n  test: {duration: 1d}",
        good="activities:\n  load: {duration: 1d}\n  test: {duration: 1d}",
    ),
    Code(
        "IMS118",
        "indentation that fits nothing",
        "The line is indented differently from every line it could belong to, or stands deeper"
        " than a line that has its value already. Lines that belong together start in the same"
        " column, two spaces deeper than what they belong to.",
        bad="activities:\n    load: {duration: 1d}\n  test: {duration: 1d}",
        good="activities:\n  load: {duration: 1d}\n  test: {duration: 1d}",
    ),
    Code(
        "IMS138",
        "quotes around a list or map",
        'In quotes everything is text: `"[2d, 3d, 5d]"` is not a list.',
        bad='activities:\n  load: {duration: "[2d, 3d, 5d]"}',
        good="activities:\n  load: {duration: [2d, 3d, 5d]}",
    ),
)
