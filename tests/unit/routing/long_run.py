# The long way of test_soundness.py: random situations until enough pairs of a pattern and a valid event were asked.
#   python -m tests.unit.routing.long_run [PAIRS] [SEED]

from __future__ import annotations

import sys
from collections import Counter
from itertools import count

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.unit.routing.test_soundness import Situation, check_situation, situations

_BATCH = settings(
    max_examples=100,
    database=None,
    deadline=None,
    derandomize=False,
    print_blob=True,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


def main(arguments: list[str]) -> None:
    """Prints what was counted; the first violation ends the run with its shortest form."""
    wanted, first = (int(text) for text in (arguments + ["100000", "0"][len(arguments) :])[:2])
    counted: Counter[str] = Counter()
    for number in count(first):
        run_batch(number, counted)
        if counted["pairs"] >= wanted:
            break
    print(f"{counted['pairs']} pairs of a pattern and a valid event, no violation")
    print("  " + ", ".join(f"{name} {counted[name]}" for name in sorted(counted) if name != "pairs"))


def run_batch(number: int, counted: Counter[str]) -> None:
    """A hundred situations that depend on nothing but the number."""

    @_BATCH
    @seed(number)
    @given(situations())
    def check(situation: Situation) -> None:
        check_situation(situation, counted)

    check()


if __name__ == "__main__":
    main(sys.argv[1:])
