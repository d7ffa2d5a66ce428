"""The files of the pages: nothing inline that the policy forbids, nothing from elsewhere, vendored files as pinned."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
WEB = ROOT / "customerfile" / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
OWN = [*TEMPLATES, *sorted((WEB / "static").glob("*.*"))]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_holds_no_inline_style_or_script(template: Path):
    text = template.read_text()
    assert re.findall(r"\sstyle=|<style|\son[a-z]+=|javascript:|hx-on|hx-vals=.js", text) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []
    assert "|safe" not in text
    assert "autoescape" not in text


@pytest.mark.parametrize("file", OWN, ids=lambda path: path.name)
def test_file_fetches_nothing_from_elsewhere(file: Path):
    addresses = set(re.findall(r"https?://[^\s\"')]+", file.read_text()))
    assert addresses <= {"http://www.w3.org/2000/svg"}


def test_vendored_files_are_those_of_their_checksums():
    done = subprocess.run([sys.executable, str(ROOT / "tools" / "vendor.py"), "--check"], check=False)
    assert done.returncode == 0


def test_every_icon_named_is_in_the_sprite_and_no_other():
    named = set(re.findall(r'{% icon "([a-z-]+)"', "".join(template.read_text() for template in TEMPLATES)))
    held = set(re.findall(r'<symbol id="([a-z-]+)"', (WEB / "static" / "vendor" / "icons.svg").read_text()))
    assert named == held
