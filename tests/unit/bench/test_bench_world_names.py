"""The made-up people of many cultures: the same for the same seed, and every culture can be written."""

import pytest

from bench.kit.world_people import people, records
from bench.kit.world_words import world_words
from bench.world_names import canonical


@pytest.mark.parametrize("culture", list(world_words()))
def test_every_culture_gives_people_with_names(culture: str) -> None:
    found = records(people(culture, count=12, seed=3), seed=3)
    assert found == records(people(culture, count=12, seed=3), seed=3)
    assert all({"given_name", "family_name"} & canonical(row).keys() for row in found)
    assert all(not row.email or row.email.endswith("@example.org") for row in found)


def test_names_written_alike_keep_the_gaps_of_the_records() -> None:
    persons = people("russian", count=12, seed=3)
    free, alike = records(persons, seed=3), records(persons, seed=3, written_alike=True)
    assert [(row.birth, row.email, row.phone) for row in free] == [
        (row.birth, row.email, row.phone) for row in alike
    ]
