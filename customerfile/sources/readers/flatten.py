"""Nested values as flat columns: {"address": {"city": "Rome"}} -> "address.city"; lists joined or numbered."""

from collections.abc import Iterator

JOINT = " ::: "  # as Google writes several values in one cell; mappings split by it

type Nested = str | bool | list["Nested"] | dict[str, "Nested"] | None


def flatten(value: dict[str, Nested]) -> dict[str, str | None]:
    """Column name -> text. Numbers must already be text, so that no digit is lost."""
    return dict(_flat(value, "", 1))


def _flat(value: Nested, path: str, group: int) -> Iterator[tuple[str, str | None]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else key, group)
    elif isinstance(value, list):
        yield from _flat_list(value, path, group)
    else:
        yield (f"{path} ({group})" if group > 1 else path), _text(value)


def _flat_list(values: list[Nested], path: str, group: int) -> Iterator[tuple[str, str | None]]:
    """Plain values joined; objects side by side, numbered from the second that repeats a key."""
    plain = [
        text for value in values if not isinstance(value, dict | list) and (text := _text(value)) is not None
    ]
    if plain:
        yield (f"{path} ({group})" if group > 1 else path), JOINT.join(plain)
    seen: dict[str, int] = {}
    for value in values:
        inner: dict[str, Nested] = {"item": value} if isinstance(value, list) else {}
        inner = value if isinstance(value, dict) else inner
        number = 1 + max((seen.get(key, 0) for key in inner), default=0)
        for key in inner:
            seen[key] = number
        yield from _flat(inner, path, max(number, group))


def _text(value: str | bool | None) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value or None
