"""What rules find: errors, with which there is no label, and warnings."""

from __future__ import annotations


class Verdict:
    """Sentences about the data of one parcel, in the order in which they were found."""

    __slots__ = ("errors", "warnings")

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def error(self, sentence: str) -> Verdict:
        """Add an error; gives the verdict back."""
        self.errors.append(sentence)
        return self

    def warning(self, sentence: str) -> Verdict:
        """Add a warning; gives the verdict back."""
        self.warnings.append(sentence)
        return self

    def add(self, other: Verdict) -> None:
        """Take over what another rule found."""
        self.errors += other.errors
        self.warnings += other.warnings
