# Pictures do not depend on the hash seed of the interpreter, which decides the order of sets.

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
from catalog_gen.graph.pictures import make_pictures
from tests.unit.graph.test_pictures import SHOP
print(make_pictures(SHOP))
"""


def print_pictures(seed: int) -> str:
    command = [sys.executable, "-c", PROGRAM]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def test_pictures_are_the_same_for_every_hash_seed() -> None:
    first, *others = [print_pictures(seed) for seed in range(3)]
    assert others == [first, first]
