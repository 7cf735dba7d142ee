"""A methodology in another language, with other fields and phases, is a file of rules away."""

from __future__ import annotations

from pathlib import Path

from tests.support.key_tasks import written

from imsgen.diagnostics import Report
from imsgen.formats.playbook.context import Choices
from imsgen.formats.playbook.convert import read_plan
from imsgen.model import Kind
from imsgen.plan import load_text
from imsgen.solver import solve
from imsgen.solver.settings import Settings
from imsgen.verifier import verify_schedule

RULES = r"""
name: Hausumbau
plan: {start: 2027-03-01, timezone: Europe/Berlin, hours: {mon-fri: [07:00-12:00, 13:00-16:00]}}
fields:
  phase: [abschnitt, teil]
  task: schritt
  name: titel
  objective: ziel
  party: wer
  activities: arbeiten
  sections: bereiche
  section: bereich
  text: was
  inputs: braucht
  outputs: ergibt
  stakeholders: beteiligte
  practices: hinweise
  criteria: fertig_wenn
ignored: [farbe]
file_name: '^(?P<phase>[a-zäöü]+)-(?P<task>\d+)'
phases: {planung: Planung, bau: Rohbau, übergabe: Übergabe}
parties: {bauherr: Bauherr, firma: Baufirma}
shared: {alle: [bauherr, firma]}
wording:
  skipped: [der, die, das, und, für]
  endings: {en: "", e: ""}
words:
  phase: "Abschnitt {}"
  task: "Schritt {}"
  review: "{}: Abnahme"
  started: Beginn
  complete: Ende
  documents: Zu beschaffen
  received: "{} liegt vor"
  practice: "Hinweis: {}"
  informed: "Zur Kenntnis: {}"
  needed: "Bei Bedarf: {}"
  decision: Umschalten ja oder nein
  decided: Entschieden
  contingency: Rückbau
kinds:
  prüfen: {patterns: ['prüfen$'], S: [1h, 2h, 4h], M: [2h, 4h, 1d], L: [4h, 1d, 2d]}
  begleiten: {patterns: ['begleiten$'], alongside: true, S: [1d, 1d, 2d], M: [1d, 2d, 3d], L: [2d, 3d, 5d]}
  sonst: {S: [1d, 2d, 3d], M: [2d, 3d, 5d], L: [3d, 5d, 8d]}
roles: [{match: bauleiter, units: 50%}, {match: behörde, units: 0%}, {units: 100%, capacity: 2}]
conditional: [bei bedarf]
conditions: ['^falls ']
registers: [Bautagebuch]
monitoring: [Baustelle überwachen]
aliases: {Grundriss: [Plan des Hauses]}
gates: {style: hard, duration: 1h, decides: [Bauleiter]}
decision:
  go: ['bei ja[,: ]+']
  no_go: ['bei nein[,: ]+']
  before: ['vorbereiten$']
  after: ['nachsorge']
checkpoints: [{name: Baubesprechung, match: wöchentlich, every: "mon 08:00", duration: 30m}]
"""

FILES = {
    "planung-1.md": """---
teil: planung
titel: Haus vermessen
wer: Bauherr
arbeiten: [Räume messen, Maße prüfen]
braucht: [Grundbuchauszug]
ergibt: [Grundriss]
beteiligte: [{was: Bauleiter, wer: firma}, Behörde]
---
""",
    "b.md": """---
abschnitt: bau
schritt: 2
titel: Heizung umstellen
wer: alle
farbe: rot
arbeiten:
  - {was: Umstellung vorbereiten, wer: firma}
  - Bei ja, Heizung umstellen
  - Bei nein, alte Heizung anheizen
  - Falls nötig Kamin prüfen
braucht: [Plan des Hauses, Bautagebuch]
ergibt: [Abnahmeprotokolle]
beteiligte: [Bauleiter, Monteure, Schornsteinfeger bei Bedarf]
hinweise: [Wöchentlich mit allen sprechen]
---
""",
    "c.md": """---
abschnitt: bau
schritt: 1
titel: Baustelle überwachen
arbeiten: [Alles begleiten]
---
""",
    "d.md": """---
abschnitt: übergabe
schritt: 1
titel: Haus übergeben
arbeiten: [Schlüssel übergeben]
braucht: [Abnahmeprotokoll]
beteiligte: [Bauleiter]
---
""",
    "seite.md": "---\nabschnitt: bau\ntitel: Bau im Winter\nfertig_wenn: [Heizung warm]\n---\n",
}


def _text(folder: Path, rules: str = RULES) -> tuple[str, Report]:
    (folder / "haus.rules").write_text(rules, encoding="utf-8")
    report = Report()
    source = written(folder / "haus", FILES)
    found = read_plan(source, Choices(size="S"), folder / "haus.rules", report)
    assert found is not None, report.diagnostics
    return found.text, report


def test_every_word_of_the_plan_is_its_own(tmp_path: Path) -> None:
    """Names of phases, gates, milestones and notes come from the rules and the files."""
    text, report = _text(tmp_path)
    for said in (
        "name: Beginn",
        "name: Ende",
        "name: Zu beschaffen",
        "name: Grundbuchauszug liegt vor",
        'name: "Planung: Abnahme"',
        'name: "Bau im Winter: Abnahme"',
        "criteria: [Heizung warm]",
        'notes: "Zur Kenntnis: Behörde"',
        "Bei Bedarf: Schornsteinfeger bei Bedarf",
        "name: Umschalten ja oder nein",
        "name: Rückbau",
        'name: "Baubesprechung: Heizung umstellen"',
    ):
        assert said in text
    assert {one.code for one in report.diagnostics} == {"IMS615", "IMS656", "IMS657"}


def test_its_network_is_a_plan(tmp_path: Path) -> None:
    """Phases in their order, plurals and aliases of the language, a decision, a hammock."""
    text, _ = _text(tmp_path)
    assert text.index("phase-planung:") < text.index("phase-bau:") < text.index("gates:")
    assert "{id: planung-1-haus-vermessen, reason: Plan des Hauses}" in text
    assert "{id: bau-2-heizung-umstellen, reason: Abnahmeprotokoll}" in text
    assert "else: contingency" in text
    project = load_text(text.encode(), "haus.yaml").project
    kinds = {id_.rpartition(".")[2]: one.kind for id_, one in project.activities.items()}
    assert kinds["bau-1-baustelle-uberwachen"] is Kind.HAMMOCK
    assert kinds["go-no-go"] is Kind.GATE
    assert sorted(project.parties) == ["bauherr", "firma"]
    checking = project.activities["phase-planung.planung-1-haus-vermessen.masse-prufen"]
    assert checking.modes[0].duration == 120
    assert verify_schedule(solve(project, Settings(effort=0.1, workers=1))) == []
