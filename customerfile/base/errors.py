"""The one base of errors meant for people: what is wrong and what to do. Surfaces turn it into a page or exit code."""

from customerfile.base.told import told


class CustomerfileError(Exception):
    """Something a person can act on. `reason` is a full sentence; `remedy` says what to do next (may be empty).

    Both are told in the language of who reads: pass the English text, or `told(...)` where values stand in it.
    """

    def __init__(self, reason: str, remedy: str = "") -> None:
        self.reason = told(reason)
        self.remedy = told(remedy)
        super().__init__(f"{self.reason} {self.remedy}".strip())
