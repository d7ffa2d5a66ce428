"""An iterator whose next item can be fetched before it is asked for, while there is something to wait for."""

from collections.abc import Iterator
from itertools import islice

from customerfile.base.errors import CustomerfileError


class Ahead[T]:
    """The items of an iterator, in their order. What goes wrong while fetching is raised when the item is asked for."""

    def __init__(self, items: Iterator[T]) -> None:
        self._items = items
        self._held: list[T] = []
        self._problem: CustomerfileError | None = None

    def fetch(self) -> None:
        """Have the next item at hand."""
        if self._held or self._problem is not None:
            return
        try:
            self._held.extend(islice(self._items, 1))
        except CustomerfileError as problem:
            self._problem = problem

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        self.fetch()
        if self._held:
            return self._held.pop()
        if self._problem is not None:
            raise self._problem
        raise StopIteration
