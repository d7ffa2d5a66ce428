"""The one base of errors meant for people: what is wrong and what to do. Surfaces turn it into a page or exit code."""


class CustomerfileError(Exception):
    """Something a person can act on. `reason` is a full sentence; `remedy` says what to do next (may be empty)."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason} {remedy}".strip())
        self.reason = reason
        self.remedy = remedy
