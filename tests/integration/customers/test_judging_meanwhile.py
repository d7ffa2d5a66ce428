"""People judge while a file comes in: the outcome is what follows from the records and judgements, as if one by one."""

import json
from pathlib import Path

import psycopg
import pytest

from customerfile.embedded import home, running_server
from customerfile.matching.cluster import Edge, partition
from customerfile.matching.model import default_model
from customerfile.matching.prepared import Prepared
from tests.integration.command import run, start

pytestmark = pytest.mark.slow

HEAD = "id,first name,last name,email,birth date\n"
FAMILY = ("Adler", "Bauer", "Conti", "Dubois", "Evans", "Fischer", "Garcia", "Haas", "Ivanov", "Jansen")
GIVEN = ("Anna", "Ben", "Cleo", "Dora", "Emil", "Frida", "Georg", "Hanna", "Ida", "Jonas")


def crowd(count: int) -> str:
    """So many people, some of them hard to tell apart."""
    rows = (
        f"{number},{GIVEN[number % 10]},{FAMILY[number // 10 % 10]}{number // 100},p{number}@example.org,"
        f"19{40 + number % 50}-0{1 + number % 9}-1{number % 10}"
        for number in range(count)
    )
    return HEAD + "\n".join(rows) + "\n"


def test_judging_while_a_file_comes_in(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    place = home(tmp_path / "home", durable=False)
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(crowd(400))
    second.write_text(crowd(6000))
    with running_server(place) as server:
        assert run(place, "import", str(first), "--source", "shop", "--json").returncode == 0
        importer = start(place, "import", str(second), "--source", "web", "--json")
        for number in range(0, 12, 2):
            said = run(place, "judge", f"shop/{number}", f"shop/{number + 1}", "match", "--json")
            assert said.returncode == 0, said.stderr
        out, told = importer.communicate(timeout=300)

        assert importer.returncode == 0, told
        assert json.loads(out)["created"] == 6000
        groups, expected = _groups(server.conninfo)
    assert groups == expected


def _groups(conninfo: str) -> tuple[list[frozenset[int]], list[frozenset[int]]]:
    """The customers as they are, and as they follow from all records and judgements in one go."""
    with psycopg.connect(conninfo) as db:
        links = db.execute("SELECT record_id, customer_id FROM link WHERE valid_to IS NULL").fetchall()
        stored = db.execute("SELECT record_id, prepared FROM comparison_input").fetchall()
        edges = db.execute("SELECT left_id, right_id, weight FROM scored_pair WHERE veto = 0").fetchall()
        judged = db.execute("SELECT left_id, right_id FROM pair_verdict WHERE verdict = 'match'").fetchall()
    assert len(judged) == 6
    groups: dict[int, set[int]] = {}
    for record, customer in links:
        groups.setdefault(customer, set()).add(record)
    prepared = {record: Prepared.from_json(text) for record, text in stored}
    expected = partition(
        sorted(prepared), prepared, [Edge(*row) for row in edges], [], judged, default_model()
    )
    return sorted(map(frozenset, groups.values()), key=min), expected
