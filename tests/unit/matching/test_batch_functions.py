"""DuckDB's string functions say what rapidfuzz says, to the last pair."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import gettempdir

import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, JaroWinkler

from customerfile.matching.batch.duck import private_duckdb
from customerfile.matching.compare_contacts import SIMILAR_CITY, SIMILAR_STREET
from customerfile.matching.compare_names import CLOSE, SIMILAR, SLIP_FLOOR
from customerfile.matching.organisation_names import organisation_level
from tests.factories.matching_batches import LIMITS

LEAST = (SLIP_FLOOR, SIMILAR, SIMILAR_STREET, SIMILAR_CITY, CLOSE)
FEW = settings(deadline=None, max_examples=20)

type Texts = list[tuple[str, str]]


def _asked(functions: Sequence[str], texts: Texts) -> list[list[object]]:
    """What a new database answers to each function of the texts a and b."""
    columns = {"a": [a for a, _ in texts], "b": [b for _, b in texts]}
    with private_duckdb(LIMITS, Path(gettempdir())) as database:
        database.register("texts", pa.table({"place": range(len(texts)), **columns}))
        rows = database.sql(f"SELECT {', '.join(functions)} FROM texts ORDER BY place").fetchall()
    return [list(column) for column in zip(*rows, strict=True)]


def _alike(texts: Texts) -> None:
    found = _asked([f"alike(a, b, {least})" for least in LEAST], texts)
    similarity = [JaroWinkler.normalized_similarity(a, b) for a, b in texts]
    assert found == [[value >= least for value in similarity] for least in LEAST]


words = st.text("abcdeé国 ", min_size=1, max_size=12)
pairs_of_words = st.lists(st.tuples(words, words), min_size=20, max_size=200)


@given(pairs_of_words)
@example([("maria", "marai"), ("國", "国"), ("müller", "muller"), ("abcde", "abcdé")])
@FEW
def test_alike_and_one_slip_are_those_of_the_online_scorer(texts: Texts) -> None:
    _alike(texts)
    assert _asked(["one_slip(a, b)"], texts) == [[OSA.distance(a, b) <= 1 for a, b in texts]]


def test_alike_holds_where_the_similarity_is_exactly_the_limit() -> None:
    near = [
        (a, b)
        for a, b in _slipped(Random(3), 60_000)
        if any(abs(JaroWinkler.normalized_similarity(a, b) - least) < 1e-9 for least in LEAST)
    ]
    assert len(near) > 200
    _alike(near)


dates = st.integers(19_000_101, 20_261_231).map(str)


@given(st.lists(st.tuples(dates, dates).filter(lambda pair: pair[0] != pair[1]), min_size=20, max_size=100))
@example(
    [("19781211", "19781121"), ("19781211", "19781212"), ("19781211", "19871211"), ("12341234", "21341243")]
)
@FEW
def test_a_date_slip_is_one_digit_or_two_neighbours(texts: Texts) -> None:
    assert _asked(["date_slip(a, b)"], texts) == [[OSA.distance(a, b) == 1 for a, b in texts]]


def test_organisation_names_are_compared_by_the_scorers_own_function() -> None:
    texts = [("acme", "acme export"), ("fund i", "fund ii"), ("north\nsouth", "south")]
    assert _asked(["organisation_level(a, b)"], texts) == [[organisation_level(a, b) for a, b in texts]]


def test_an_unknown_text_is_like_nothing() -> None:
    asked = ["alike(NULL, b, 0.9)", "one_slip(a, NULL)", "organisation_level(a, NULL)"]
    assert _asked(asked, [("a", "b")]) == [[None]] * 3


def _slipped(random: Random, count: int) -> Iterator[tuple[str, str]]:
    letters = "abcdef"
    for _ in range(count):
        word = random.choices(letters, k=random.randint(2, 12))
        other = list(word)
        for _ in range(random.randint(1, 3)):
            place = random.randrange(len(other))
            other[place : place + random.randint(0, 1)] = random.choice(letters)
        yield "".join(word), "".join(other)
