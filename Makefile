# make grade    grade the sample cohort; the first call makes .venv and installs into it
# make check    all that has to hold before a commit
# make test-torch   the tests that need torch; the first call makes .venv-torch and installs into it
# make bench    measure what grading costs, beside other graders too, and write the tables of that
# make test-cluster   the tests of grading on a Dask cluster; the first call makes .venv-cluster; as root with
#               iproute2 each worker has a network of its own
# make fuzz     fuzz whatever reads what others wrote, SECONDS=60 for each target
# make test-postgres   the tests of the gradebook on PostgreSQL too; needs Debian's package postgresql
#
# PYTHON=python3.12 chooses the interpreter, ARGS="--workers 4" adds options to grade.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
OUT ?= reports
ARGS ?=
SECONDS ?= 60

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
INSTALL := $(BIN)/python $(PIP_INSTALL)
TORCH_VENV := .venv-torch
CLUSTER_VENV := .venv-cluster
FUZZ_VENV := .venv-fuzz

.PHONY: help grade test test-torch test-postgres bench fuzz lint check clean
.DEFAULT_GOAL := help

help: ## show what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile

grade: $(VENV)/.installed ## grade submissions/ and say where the dashboard is
	$(BIN)/grade run submissions/ --out $(OUT) $(ARGS)

test: $(VENV)/.installed-dev ## run the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

test-torch: $(TORCH_VENV)/.installed ## run the tests that need torch, and check its builds
	$(TORCH_VENV)/bin/python -m pytest tests/course/test_frameworks.py
	$(TORCH_VENV)/bin/grade build --check frameworks

test-cluster: $(CLUSTER_VENV)/.installed ## test a real Dask scheduler and workers, some of which are killed
	$(CLUSTER_VENV)/bin/python -m pytest tests/cluster

test-postgres: $(VENV)/.installed-postgres ## test the gradebook on a throw-away PostgreSQL server
	tests/gradebook/postgres.sh $(BIN)/python -m pytest tests/gradebook

bench: $(CLUSTER_VENV)/.installed ## all benchmarks of speed: half an hour on a quiet machine; ARGS=--quick to try them
	$(CLUSTER_VENV)/bin/python -m benchmarks.all $(ARGS)

fuzz: $(FUZZ_VENV)/.installed ## fuzz what reads what others wrote, guided by coverage
	$(FUZZ_VENV)/bin/python -m fuzz --seconds $(SECONDS)

lint: $(VENV)/.installed-dev ## format, lint, types, import floors, stale builds
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/grade build --check

check: lint test ## what has to hold before a commit

clean: ## remove what was made: .venv, reports, caches
	rm -rf $(VENV) $(TORCH_VENV) $(CLUSTER_VENV) $(FUZZ_VENV) $(OUT) fuzz/out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "error: no Python 3.11 or later was found."; \
		echo "help: install one, or name it: make grade PYTHON=/path/to/python3"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) --editable '.[dev]'
	@# for the copy of axe-core in it; Playwright itself, which it would bring along, is 165 MB and not used
	$(INSTALL) --no-deps axe-playwright-python
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-postgres: $(VENV)/.installed-dev
	$(INSTALL) --editable '.[dev,postgres]'
	@touch $@

$(TORCH_VENV)/.installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "error: no Python 3.11 or later was found."; exit 2; }
	$(PYTHON) -m venv $(TORCH_VENV)
	$(TORCH_VENV)/bin/python $(PIP_INSTALL) --editable '.[dev,torch]'
	@touch $@

$(CLUSTER_VENV)/.installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "error: no Python 3.11 or later was found."; exit 2; }
	$(PYTHON) -m venv $(CLUSTER_VENV)
	$(CLUSTER_VENV)/bin/python $(PIP_INSTALL) --editable '.[dev,cluster]'
	@touch $@

$(FUZZ_VENV)/.installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "error: no Python 3.11 or later was found."; exit 2; }
	$(PYTHON) -m venv $(FUZZ_VENV)
	@$(FUZZ_VENV)/bin/python $(PIP_INSTALL) --editable '.[fuzz]' || { \
		echo "error: atheris cannot be installed for $$($(PYTHON) --version)."; \
		echo "help: it is made for some versions, on Linux: make fuzz PYTHON=python3.12"; exit 2; }
	@touch $@
