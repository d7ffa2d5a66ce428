"""What a standardiser answers: an accepted value, or a refusal a shop owner understands. Nothing raises."""

from dataclasses import dataclass, field

type Json = str | int | float | bool | list["Json"] | dict[str, "Json"] | None


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about where a value comes from, to read it as its writer meant it."""

    country: str = ""  # ISO 3166-1 alpha-2, the source's home country
    date_order: str = ""  # "dmy", "mdy", "ymd", or "" when unknown
    currency: str = ""  # ISO 4217
    time_zone: str = "UTC"  # IANA name, for instants written without a zone


@dataclass(frozen=True, slots=True)
class Accepted:
    """A standard value, JSON-able, with notes on what was assumed ("day and month are ambiguous: read as ...")."""

    value: Json
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a value cannot be taken, and what to do. Neither text repeats a value that must not be shown.

    In English: what is refused is stored and remembered, and pages tell it again in the language of who reads.
    """

    reason: str
    remedy: str


type Outcome = Accepted | Refused
