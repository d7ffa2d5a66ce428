"""Lays the figures of a measurement out as the page shows them: tiles, rows worst first, fields nobody fills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext, gettext_noop

from customerfile.definition.schema import FieldDefinition, MatchRole
from customerfile.quality.measures import WHOLE, Measure, badness
from customerfile.quality.queries import KeptFigure, Trends
from customerfile.quality.trend import Series, bounds, points
from customerfile.web.quality_words import affected_text, margin_text, share_text, tile_text, value_text
from customerfile.web.words import day_text

COLUMNS = (Measure.COMPLETENESS, Measure.VALIDITY, Measure.DUPLICATION, Measure.AGE)
_BAD, _POOR = 0.5, 0.9  # shares of what is good
_TILES = (
    (Measure.COMPLETENESS, gettext_noop("Completeness")),
    (Measure.VALIDITY, gettext_noop("Valid")),
    (Measure.DUPLICATION, gettext_noop("Duplicates")),
    (Measure.UNCONFIRMED, gettext_noop("Not confirmed for 6 months")),
)
_SPARK, _TILE = (88.0, 18.0), (220.0, 36.0)  # width and height of the lines


@dataclass(frozen=True, slots=True)
class Line:
    """A line over time, as points of an SVG polyline, and in words. `points` is "" before the second day."""

    points: str
    words: str
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as it is shown. `leads_to`: its number, where customers are behind it."""

    text: str
    margin: str
    note: str
    leads_to: int | None
    level: str  # "bad", "poor" or ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure of the whole file. `number` has no note: `note` says it in full."""

    label: str
    number: Number
    note: str
    line: Line


@dataclass(frozen=True, slots=True)
class Row:
    """A field or a source. `cells` are in the order of COLUMNS."""

    key: str
    label: str
    count: int
    cells: tuple[Number | None, ...]
    line: Line


@dataclass(slots=True)
class Figures:
    """The figures of a measurement by what they are of."""

    kept: Iterable[KeptFigure]
    trends: Trends
    _by_row: dict[tuple[str, str], dict[Measure, KeptFigure]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for each in self.kept:
            row = self._by_row.setdefault((each.figure.source, each.figure.field), {})
            row[each.figure.measure] = each

    def of(self, source: str, field: str) -> Mapping[Measure, KeptFigure]:
        """What is known of a field in a source."""
        return self._by_row.get((source, field), {})

    def fields_of(self, source: str) -> list[str]:
        """The fields of which something is known in a source."""
        return [key for of, key in self._by_row if of == source and key != WHOLE]

    def is_filled(self, source: str, field: str) -> bool:
        """Whether anybody holds the field, or was refused a value of it."""
        found = self.of(source, field)
        complete = found.get(Measure.COMPLETENESS)
        return Measure.VALIDITY in found or (
            complete is not None and complete.figure.affected < complete.figure.measured
        )


def tiles(figures: Figures) -> list[Tile]:
    """What the whole file is like."""
    found = figures.of(WHOLE, WHOLE)
    return [
        Tile(
            gettext(label),
            replace(_number(found[measure]), note=""),
            tile_text(found[measure].figure),
            _line(figures.trends, WHOLE, WHOLE, measure, _TILE),
        )
        for measure, label in _TILES
        if measure in found
    ]


def field_rows(figures: Figures, labels: Mapping[str, str], *, source: str, order: str) -> list[Row]:
    """The fields that anybody fills, the worst first."""
    keys = [key for key in figures.fields_of(source) if key in labels and figures.is_filled(source, key)]
    return [
        _row(figures, source, key, key, labels[key])
        for key in _ordered(figures, [(source, key) for key in keys], order, 1)
    ]


def source_rows(figures: Figures, labels: Mapping[str, str], *, order: str) -> list[Row]:
    """The sources, the worst first."""
    keys = [(key, WHOLE) for key in labels if figures.of(key, WHOLE)]
    return [_row(figures, key, WHOLE, key, labels[key]) for key in _ordered(figures, keys, order, 0)]


def unfilled(figures: Figures, fields: Sequence[FieldDefinition], *, source: str) -> list[FieldDefinition]:
    """The fields that nobody fills there."""
    known = set(figures.fields_of(source))
    return [each for each in fields if each.key in known and not figures.is_filled(source, each.key)]


def unused(figures: Figures, fields: Sequence[FieldDefinition]) -> list[FieldDefinition]:
    """Personal fields that are filled although nothing asks for them: not matched, not searched, not required."""
    return [
        each
        for each in fields
        if each.match is MatchRole.NONE
        and each.search == "none"
        and not each.required
        and each.privacy != "public"
        and figures.is_filled(WHOLE, each.key)
    ]


def _ordered(figures: Figures, keys: Sequence[tuple[str, str]], order: str, part: int) -> list[str]:
    def worst_first(key: tuple[str, str]) -> tuple[float, tuple[str, str]]:
        found = figures.of(*key)
        chosen = [each for measure, each in found.items() if measure.value == order]
        if order == Measure.AGE.value:
            return (-chosen[0].figure.value if chosen else 1.0, key)
        counted = chosen if order in {each.value for each in COLUMNS} else list(found.values())
        return (-badness(each.figure for each in counted) if counted else 1.0, key)

    return [key[part] for key in sorted(keys, key=worst_first)]


def _row(figures: Figures, source: str, field_: str, key: str, label: str) -> Row:
    found = figures.of(source, field_)
    cells = tuple(_number(found[measure]) if measure in found else None for measure in COLUMNS)
    whole = found.get(Measure.AGE if field_ == WHOLE else Measure.COMPLETENESS)
    count = whole.figure.population if whole else 0
    return Row(key, label, count, cells, _line(figures.trends, source, field_, Measure.COMPLETENESS, _SPARK))


def _number(kept: KeptFigure) -> Number:
    figure = kept.figure
    return Number(
        value_text(figure),
        margin_text(figure),
        affected_text(figure),
        kept.id if figure.affected and not _is_of_nobody(kept) else None,
        _level(kept),
    )


def _is_of_nobody(kept: KeptFigure) -> bool:
    """Whether nobody at all holds a field: then it is no use to list who lacks it."""
    figure = kept.figure
    return figure.measure is Measure.COMPLETENESS and figure.affected == figure.measured


def _level(kept: KeptFigure) -> str:
    if kept.figure.measure is Measure.AGE:
        return ""
    good = 1 - badness([kept.figure])
    return "bad" if good < _BAD else "poor" if good < _POOR else ""


def _line(trends: Trends, source: str, field_: str, measure: Measure, size: tuple[float, float]) -> Line:
    series: Series = trends.get((source, field_, measure), ())
    if len(series) < 2:
        return Line("", "")
    low, high = bounds(series)
    (first, start), (last, end) = series[0], series[-1]
    told = gettext("{start} on {first}, {end} on {last}")
    words = told.format(
        start=share_text(start), first=day_text(first.date()), end=share_text(end), last=day_text(last.date())
    )
    return Line(
        points(series, width=size[0], height=size[1], low=low, high=high),
        words,
        day_text(first.date()),
        day_text(last.date()),
    )
