#!/bin/sh
# Re-resolves both lock files. Hashes are kept, registry addresses are not: they belong to the machine, not to the project.
set -eu
cd "$(dirname "$0")/.."
options="--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet $*"
# shellcheck disable=SC2086  # the options are words
uv pip compile $options --extra build pyproject.toml --output-file requirements.lock
# shellcheck disable=SC2086
uv pip compile $options --extra build --extra test --constraint requirements.lock pyproject.toml --output-file requirements-test.lock
