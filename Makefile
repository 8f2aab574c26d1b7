# Alur's commands; `make` alone lists them. Needs Python 3.11 or newer with its venv module, and nothing else.

PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest
CHECKED := engine forms api scripts

.DEFAULT_GOAL := help
.PHONY: help run web test check lint types imports bench bench-feel conformance screenshots soak lock clean

help:  ## list these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "make %-12s %s\n", $$1, $$2}'

run: $(VENV)/.runtime web  ## start Alur on http://127.0.0.1:8000 with the catalogue and demo people
	@ALUR_DEMO="$${ALUR_DEMO-1}" $(BIN)/alur serve

web: $(VENV)/.runtime  ## build the pages' scripts and styles, if a source changed (needs node, or gets it from PyPI)
	@$(BIN)/python -m scripts.build_web

test: $(VENV)/.dev web  ## every test, on SQLite and PostgreSQL
	@$(PYTEST) -n 2 --dist worksteal

check: lint types imports test  ## everything that must be green before a change lands

lint: $(VENV)/.dev  ## ruff
	@$(BIN)/ruff check .

types: $(VENV)/.dev  ## mypy --strict
	@$(BIN)/mypy $(CHECKED)

imports: $(VENV)/.dev  ## the arrows between the folders (setup.cfg)
	@$(BIN)/lint-imports --no-cache

bench: $(VENV)/.dev  ## measure speed and memory against naive and floor; writes docs/benchmarks.md
	@$(BIN)/python -m bench.run

bench-feel: $(VENV)/.dev  ## measure FEEL alone
	@$(BIN)/python -m bench.feel

conformance: $(VENV)/.dev  ## BPMN diagrams feature by feature, and the DMN TCK's FEEL cases if ../shared holds them
	@$(BIN)/python -m tests.bpmn.table
	@$(PYTEST) -q tests/engine/feel/test_tck.py

screenshots: $(VENV)/.dev web  ## take docs/screenshots again, from the demo installation in a headless Chromium
	@$(BIN)/python -m scripts.screenshots

soak: $(VENV)/.dev  ## the long fault drills: kill -9, cut connections, full disk, many clients
	@$(PYTEST) tests/soak -m soak -s

lock: $(VENV)/.dev  ## write requirements*.lock again from requirements*.txt
	@for name in requirements requirements-dev; do \
		env -u PIP_FIND_LINKS UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal \
			--python-version 3.11 --generate-hashes $$name.txt --output-file $$name.lock || exit 1; done

clean:  ## remove .venv and every cache; var/ (the database) stays
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path './node_modules/*' -prune -exec rm -rf {} +

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Expected Python 3.11 or newer, but found none; install it, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; fi
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Expected Python 3.11 or newer, but $(PYTHON) is older; name another: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Expected $(PYTHON) to have venv and ensurepip, but it lacks them; on Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making $(VENV) with $(PYTHON) ..."
	@"$(PYTHON)" -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml setup.cfg | $(BIN)/python
	@echo "Installing from requirements.lock ..."
	@$(INSTALL) --require-hashes --requirement requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@echo "Installing from requirements-dev.lock ..."
	@$(INSTALL) --require-hashes --requirement requirements-dev.lock
	@touch $@
