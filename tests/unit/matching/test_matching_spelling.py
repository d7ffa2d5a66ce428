"""Spellings of one name fall together; names that are two stay two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.matching.spelling import spelling
from customerfile.values.folding import fold


def spelled(text: str) -> set[str]:
    return {spelling(fold(name).replace(" ", "")) for name in text.split()}


@pytest.mark.parametrize(
    "names",
    [
        "Meyer Maier Mayr Meier", "Schmidt Schmitt Schmit", "moonie moony", "Müller Mueller Muller",
        "Jörg Joerg", "Stevens Stephens", "Filipp Philip Phillip", "Aagaard Ågård", "Sørensen Soerensen",
        "Dmitry Dmitrii Dmitriy Dmitrij Дмитрий", "Щербаков Shcherbakov Schtscherbakow Ščerbakov",
        "Yevgeniy Evgenii Jewgenij Евгений", "Kowalski Kowalsky Kowalskij", "Tatyana Tatiana Tatjana Татьяна",
        "Petrović Petrovich Петровић", "Кузнецов Kuznetsov Kusnezow", "Жуков Zhukov Schukow Žukov",
        "Юрьев Yuryev Iurev Jurjew", "Παπαδόπουλος Papadopoulos Papadopulos", "Oikonomou Ikonomou",
        "Satō Satou Satoh", "Ōno Ohno Oono", "Yoonseo Yunseo", "Hyunwoo Hyeonu", "Youngho Yeongho",
        "Seongmin Sungmin", "Schwartz Schwarz Shvarts", "Deepak Dipak", "Krishnamurthy Krishnamoorthy",
        "Abdulaziz Abdelaziz", "Mousavi Moosavi Musavi", "Rodríguez Rodrigues", "Sara Sarah", "Clausen Klausen",
    ],
)  # fmt: skip
def test_one_name_in_several_spellings(names: str) -> None:
    assert len(spelled(names)) == 1


@pytest.mark.parametrize(
    "names",
    [
        "Jean Joan", "Jon Jan", "Anna Hanna", "Anna Anja", "Emma Jemma", "Maria Marie", "Daniel Daniela",
        "Wang Fang", "Chen Ken", "Zhang Shang", "Lee Le", "Zihao Zhihao", "Junjie Yunjie", "Yuuko Youko",
        "Soojin Sojin", "Han Khan", "Velichko Velichka", "Marina Martina", "Karl Carla",
    ],
)  # fmt: skip
def test_two_names_stay_two(names: str) -> None:
    assert len(spelled(names)) == 2


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=3))
def test_short_names_are_left_alone(name: str) -> None:
    assert spelling(name) == name


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=30))
def test_a_name_never_vanishes_or_grows_beyond_bounds(name: str) -> None:
    assert 0 < len(spelling(name)) <= 2 * len(name)
