# `make help` explains every target. Two of them do all the set-up: `make site` and `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The sample is pulled at one fixed moment, so that building it twice gives the same bytes.
SAMPLE_ENV := SOURCE_DATE_EPOCH=1733184000

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: site
site: $(VENV)/.site tools-graphviz ## set up, pull the sample registry over HTTP, build the sample catalog into site/
	rm -rf snapshot/eventbridge snapshot/routing  # the committed one; the pull brings everything again, and git shows no difference
	$(SAMPLE_ENV) $(BIN)/python -m tools.sample_registry --run $(BIN)/catalog-gen pull
	$(BIN)/catalog-gen build
	@echo "Open it: file://$(CURDIR)/site/index.html  (or run: $(BIN)/catalog-gen serve)"

.PHONY: test
test: $(VENV)/.test tools-graphviz tools-chromium lint types unit ## set up, then everything that CI runs

.PHONY: lint
lint: $(VENV)/.test ## style, and the arrows between the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

.PHONY: types
types: $(VENV)/.test ## mypy, strict
	$(BIN)/mypy

.PHONY: unit
unit: $(VENV)/.test ## all tests
	$(BIN)/python -m pytest -n auto

.PHONY: fuzz
fuzz: $(VENV)/.test ## the property tests with many new examples (minutes)
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest -n auto tests/unit

.PHONY: soundness
soundness: $(VENV)/.test ## what is said of rules without an event, against 100,000 random pairs with one (minutes)
	$(BIN)/python -m tests.unit.routing.long_run 100000

.PHONY: chaos
chaos: $(VENV)/.test ## kill the writer at every operation and a pull at every request; pull 9,000 rules
	CATALOG_GEN_KILL_POINTS=100 CATALOG_GEN_ESTATE=30x300 $(BIN)/python -m pytest -n auto tests/unit/output \
		tests/aws/test_routing_kill.py tests/aws/test_routing_pull.py

.PHONY: bench
bench: $(VENV)/.site ## how long a build takes beside reading and writing alone
	$(BIN)/python -m benchmarks.build 1000 5

.PHONY: bench-routing
bench-routing: $(VENV)/.site ## how long it takes to tell which of 300 rules receive which of 10,000 events
	$(BIN)/python -m benchmarks.routing 10000 300

.PHONY: golden
golden: $(VENV)/.test ## write all expected results anew; read the diff before you commit it
	UPDATE_GOLDENS=1 $(BIN)/python -m pytest -n auto
	$(BIN)/catalog-gen schema > catalog.schema.json

.PHONY: lock
lock: ## resolve the lock files anew (needs uv)
	tools/lock.sh --upgrade

.PHONY: clean
clean: ## remove what can be made again
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=/path/to/python3 make …)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || tools/install_debian.sh python3-venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: $(BIN)/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.site requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

.PHONY: tools-graphviz
tools-graphviz:
	@command -v dot >/dev/null || tools/install_debian.sh graphviz || echo "Graphviz could not be installed: pages will carry tables instead of drawings."

.PHONY: tools-chromium
tools-chromium:
	@command -v chromium >/dev/null || tools/install_debian.sh chromium || echo "Chromium could not be installed: browser tests will be skipped."
