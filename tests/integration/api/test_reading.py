"""Reading customers and the definition by the interface: whole pages, and a note of whom somebody saw."""

import pytest

from customerfile.audit.models import ReadEntry
from customerfile.definition.queries import current_definition
from tests.integration.conftest import Import

ROWS = "id,name,email\n" + "".join(f"{i},Ada Berg{chr(96 + i)},a{i}@example.org\n" for i in range(1, 6))


def test_the_list_is_read_page_by_page(bring: Import, call):
    bring(ROWS)
    seen, after = [], ""
    while True:
        page = call("GET", f"/customers?limit=2&after={after}").json()
        seen += [each["display_name"] for each in page["customers"]]
        after = page["next"]
        if not after:
            break
    assert seen == sorted(seen)
    assert len(seen) == 5
    assert [len(each.customer_ids) for each in ReadEntry.objects.order_by("pk")] == [2, 2, 1]
    assert set(ReadEntry.objects.values_list("page", "by")) == {("api customers", "olive")}


@pytest.mark.parametrize("asked", ["berga", "a1@example.org"])
def test_search_finds_and_is_noted_without_what_was_typed(bring: Import, call, asked):
    bring(ROWS)
    first, *_ = call("POST", "/customers/search", {"q": asked}).json()
    assert first["customer"]["display_name"] == "Ada Berga"
    assert first["matched"]
    (noted,) = ReadEntry.objects.all()
    assert noted.page == "api search"
    assert first["customer"]["id"] in noted.customer_ids


def test_the_definition_is_the_running_one(call):
    found = call("GET", "/definition").json()
    assert [each["key"] for each in found["fields"]] == [each.key for each in current_definition().fields]
