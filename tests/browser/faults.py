"""What is wrong with a page as it is open in the browser."""

from pathlib import Path
from typing import Any

_AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()


def faults_of(page: Any, *, width: int) -> list[tuple[str, str]]:
    """What axe finds in names, roles, contrast and structure, each with where; and whether it is too wide."""
    page.evaluate(_AXE)
    violations = page.evaluate("axe.run().then(found => found.violations)")
    found = [(each["id"], each["nodes"][0]["html"][:200]) for each in violations]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*found, ("wider than the screen", str(wide))] if wide > width else found
