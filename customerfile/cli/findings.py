"""What an examination found: one line per thing looked at, as a table for people and as JSON for programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich.markup import escape
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. What is not ok says what to do."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def as_table(findings: Sequence[Finding]) -> Table:
    """For the terminal: the remedies stand under what they cure."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for finding in findings:
        mark = "[green]ok[/]" if finding.ok else "[bold red]wrong[/]"
        remedy = "" if finding.ok or not finding.remedy else f"\n[bold]{escape(finding.remedy)}[/]"
        table.add_row(mark, escape(finding.name), escape(finding.detail) + remedy)
    return table


def as_json(findings: Sequence[Finding]) -> str:
    """For programs: `ok` is true when every finding is."""
    ok = all(finding.ok for finding in findings)
    return json.dumps({"ok": ok, "findings": [asdict(finding) for finding in findings]}, indent=2)
