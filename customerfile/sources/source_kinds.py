"""What a source's records are: customers, or entries of a list that customers are held against. Pure."""

from enum import StrEnum

from customerfile.base.told import noted_text


class SourceKind(StrEnum):
    """Records of a reference source or watch list never become customers: they flag those they look like."""

    CUSTOMERS = "customers"
    REFERENCE = "reference"
    WATCH_LIST = "watch_list"

    @property
    def is_list(self) -> bool:
        """Whether its records flag customers instead of becoming some."""
        return self is not SourceKind.CUSTOMERS

    @property
    def words(self) -> str:
        """As in "it is a watch list"."""
        return _WORDS[self]


_WORDS = {
    SourceKind.CUSTOMERS: noted_text("a source of customers"),
    SourceKind.REFERENCE: noted_text("reference data"),
    SourceKind.WATCH_LIST: noted_text("a watch list"),
}
