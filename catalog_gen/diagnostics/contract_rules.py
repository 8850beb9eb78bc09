# The rules about contracts and the traffic that should keep to them; rules.py puts them among the others.

from __future__ import annotations

from catalog_gen.diagnostics.model import Level
from catalog_gen.diagnostics.rule import make_row

CONTRACT_ROWS = (
    make_row(
        "contract-violation",
        Level.WARN,
        "Traffic shows another type or value than an event's contract allows, so consumers that believe it may fail.",
        "Mend the producer, or the contract if the traffic is right.",
    ),
    make_row(
        "contract-null",
        Level.WARN,
        "Traffic shows null where an event's contract does not allow it.",
        "Leave the field out or give it a value, or let the contract allow null.",
    ),
    make_row(
        "contract-missing",
        Level.WARN,
        "An event's contract requires a field that traffic goes without.",
        "Send the field always, or let the contract call it optional.",
    ),
    make_row(
        "contract-undeclared",
        Level.WARN,
        "Traffic has a field that the event's contract does not name, so nobody may rely on it.",
        "Add the field to the contract, or send it no more.",
    ),
    make_row(
        "contract-unseen",
        Level.WARN,
        "An event's contract has a field that traffic never had.",
        "Ask the producer whether the field is still sent, and drop it from the contract if not.",
    ),
    make_row(
        "contract-silent",
        Level.INFO,
        "A contract declares an event that was never discovered.",
        "Ask its producer whether it is sent, and see whether its bus has a discoverer.",
    ),
    make_row(
        "contract-shadow",
        Level.INFO,
        "An event was discovered that no contract declares, though other events have one.",
        "Declare it in the producer's specification, or name its schema with `schemaPath` on its page.",
    ),
)
"""One row a rule."""
