"""Every `customerfile` command that a page shows is run, in the order of the page, in a home of its own."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from customerfile.embedded import home, stop
from tests.factories.many_people import as_csv

ROOT = Path(__file__).resolve().parents[3]
PAGES = (
    "docs/tutorial/first-file.md",
    "docs/how-to/import.md",
    "docs/how-to/run.md",
    "docs/how-to/evaluate.md",
    "docs/how-to/explain.md",
    "docs/how-to/judge.md",
    "docs/how-to/api.md",
    "docs/how-to/people.md",
    "docs/how-to/sign-in.md",
    "docs/how-to/audit.md",
    "docs/how-to/webhooks.md",
    "docs/how-to/train.md",
    "docs/how-to/relationships.md",
    "docs/how-to/watch-lists.md",
    "docs/how-to/events.md",
    "docs/how-to/holdings.md",
    "docs/how-to/quality.md",
    "docs/how-to/match-on-a-cluster.md",
    "README.md",
)
NEED_JAVA = ("docs/how-to/match-on-a-cluster.md",)
NEEDS_A_TERMINAL = ("serve", "demo")  # the browser journeys and the demonstration's own test run these
FILES = {
    "clients.csv": "client_id,birth_number,phones\n7,706213,+420601123456 ::: +420601123457\n",
    "FILE": "id,first name,last name\n1,Anna,Meyer\n",
    "customers.csv": "id,first name,last name,phone\n1,Anna,Meyer,020 7946 4321\n",
    "members.csv": as_csv(1500),
    "contacts.xlsx": "",
}


def blocks(page: str) -> list[str]:
    """The fenced blocks of a page that hold commands."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", (ROOT / page).read_text(), flags=re.MULTILINE | re.DOTALL)
    return [block for language, block in found if not language]


def commands(page: str) -> list[str]:
    """Shell text of each command block, without what needs a terminal or another installation."""
    kept = []
    for block in blocks(page):
        lines = [
            line
            for line in block.splitlines()
            if not re.search(r"make |DATABASE_URL|\b(?:serve|demo)\b|FILE --source", line)
        ]
        kept.append("\n".join(lines))
    return [block for block in kept if "customerfile" in block or "cat >" in block]


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_work(page: str, tmp_path: Path) -> None:
    if page in NEED_JAVA and shutil.which("java") is None:
        pytest.skip("there is no Java on this machine")
    tmp_path.chmod(0o711)
    place = home(tmp_path / "home")
    _write_files(tmp_path)
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("CUSTOMERFILE_", "DJANGO_"))
    }
    environment |= {"CUSTOMERFILE_HOME": str(place.path), "PYTHONPATH": str(ROOT)}
    product = f'customerfile() {{ {shlex.quote(sys.executable)} -m customerfile "$@"; }}\nset -e\n'

    for block in commands(page):
        text = product + block.replace(".venv/bin/customerfile", "customerfile")
        done = subprocess.run(
            ["bash", "-c", text], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
    stop(place)


def test_the_command_reference_is_up_to_date() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from tools.generate_commands import page; print(page(), end='')"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    assert told == (ROOT / "docs/reference/commands.md").read_text()


def _write_files(folder: Path) -> None:
    for name, text in FILES.items():
        if text:
            (folder / name).write_text(text)
    _write_workbook(folder / "contacts.xlsx")


def _write_workbook(path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "first name", "last name"])
        sheet.write_row(1, 0, ["7", "Ben", "Okafor"])
