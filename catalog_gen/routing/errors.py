# What is wrong with an event pattern, as an exception: whoever hands over a pattern decides whether that is a finding.

from __future__ import annotations


class InvalidPattern(ValueError):  # noqa: N818 - the public name, as the service calls it (InvalidEventPatternException)
    """An event pattern that EventBridge would not take.

    ``message`` is one sentence, ``pointer`` the JSON Pointer of the place in the pattern (empty for the whole of it), and
    ``hint`` says what to do, where there is something to say.
    """

    def __init__(self, message: str, pointer: str = "", hint: str = "") -> None:
        """The text of the exception is the sentence, the place and the hint."""
        self.message = message
        self.pointer = pointer
        self.hint = hint
        super().__init__(" ".join(part for part in (message, f"(at {pointer})" if pointer else "", hint) if part))

    def __reduce__(self) -> tuple[type[InvalidPattern], tuple[str, str, str]]:
        """Copies and other processes get the same three parts."""
        return type(self), (self.message, self.pointer, self.hint)
