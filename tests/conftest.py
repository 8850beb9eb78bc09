# The sample catalog, pulled over HTTP and built once for all tests that look at it.

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# The short form repeats its examples from run to run, so that main is never red by chance; `make fuzz` goes looking.
settings.register_profile("short", deadline=None, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=5_000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))

ROOT = Path(__file__).resolve().parents[1]
SAMPLE_EPOCH = "1733184000"


def run_cli(
    folder: Path, *arguments: str, registry: bool = False, registry_url: str = ""
) -> subprocess.CompletedProcess[str]:
    """Runs catalog-gen in a folder as a person would, beside the sample registry or with a local one where asked for."""
    command = [sys.executable, "-m", "catalog_gen", *arguments]
    if registry:
        command = [sys.executable, "-m", "tools.sample_registry", "--run", *command]
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("AWS_", "GITHUB_", "CATALOG_GEN_"))
        },
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "error",
        "SOURCE_DATE_EPOCH": SAMPLE_EPOCH,
        "NO_COLOR": "1",
    }
    if registry_url:
        keys = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local-secret"}
        environment |= {"AWS_ENDPOINT_URL": registry_url, "AWS_EC2_METADATA_DISABLED": "true", **keys}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample catalog after `pull` and `build`."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copy(ROOT / "catalog.yaml", folder)
    shutil.copytree(ROOT / "content", folder / "content")
    for arguments, registry in ((("pull",), True), (("build",), False)):
        done = run_cli(folder, *arguments, registry=registry)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def sample_site(sample: Path) -> Path:
    """The built site of the sample catalog."""
    return sample / "site"
