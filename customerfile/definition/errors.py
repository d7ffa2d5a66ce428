"""What can be wrong with a definition, told so that its writer can mend it: file, line, reason, remedy."""

from collections.abc import Sequence
from dataclasses import dataclass

from customerfile.base.errors import CustomerfileError


@dataclass(frozen=True, slots=True, order=True)
class DefinitionFault:
    file: str
    line: int  # 1-based; 0 where the fault is in no line (the file cannot be read)
    reason: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.reason} {self.remedy}".strip()


class DefinitionError(CustomerfileError):
    """Every error of this room."""


class UnknownPack(DefinitionError):
    """A pack of this name is not shipped."""


class UnknownField(DefinitionError):
    """Neither a field nor a group of fields is called so."""


class WrongDefinition(DefinitionError):
    """The definition is refused; `faults` lists everything that is wrong with it, by line."""

    def __init__(self, faults: Sequence[DefinitionFault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class LossyChange(DefinitionError):
    """Applying would lose stored data; `losses` says which, one sentence each. Nothing was changed."""

    def __init__(self, losses: Sequence[str]) -> None:
        self.losses = tuple(losses)
        super().__init__("\n".join(self.losses), "Accept the loss explicitly, or change the definition.")
