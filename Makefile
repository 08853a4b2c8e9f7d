# vncopy: everything starts here.   make demo · make test · make conformance · make check
#
# `make demo` and `make test` need Python ≥ 3.11, make and pip's registry, nothing else.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.PHONY: help demo test test-base test-units test-wholes test-forgeries conformance conformance-long long check bench fuzz tools wheel lock clean

PYTHON ?= $(firstword $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p; done))
VENV := .venv
BIN := $(VENV)/bin
BASE_VENV := .venv/base-only
FUZZ_VENV := .venv/fuzz
FUZZ ?= all
FUZZ_INPUTS ?= 2000
FUZZ_SECONDS ?= 20
OUT ?= demo-out
BASE_TESTS := tests/architecture/test_import_budget.py tests/unit
SOURCES := $(shell find src -type f -not -name '*.pyc') pyproject.toml README.md LICENSE

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

demo: $(BIN)/.installed ## issue and verify one copy of each document into $(OUT)
	$(BIN)/vncopy demo --out $(OUT)

test: $(BIN)/.installed test-base ## all tests against the built and installed wheel, with coverage gates
	rm -f .coverage .coverage.*
	$(MAKE) --no-print-directory -j2 --output-sync=target test-forgeries test-wholes test-units
	$(BIN)/python -m coverage combine -q
	$(BIN)/python tools/coverage_gate.py

# Side by side, since most machines have two cores. Forged files by the hundred go through the
# process that reads files as it is in use: sealed off, and not measured. What an import costs is
# measured by test-base and by `make check`, with nothing beside it.
FORGERIES := tests/attacks/test_catalogue.py tests/attacks/test_dormant.py tests/attacks/test_bombs.py \
	tests/attacks/test_judged_again.py

test-units: $(BIN)/.installed
	VNCOPY_INSTALLED=1 $(BIN)/python -m coverage run -m pytest -m 'not long' tests/unit

test-wholes: $(BIN)/.installed
	VNCOPY_INSTALLED=1 $(BIN)/python -m coverage run -m pytest -m 'not long' --ignore=tests/unit \
		--ignore=tests/architecture/test_import_budget.py $(addprefix --ignore=,$(FORGERIES))

test-forgeries: $(BIN)/.installed
	VNCOPY_INSTALLED=1 $(BIN)/python -m pytest -m 'not long' $(FORGERIES)

test-base: $(BASE_VENV)/.installed ## the QR path where only the base packages are installed
	VNCOPY_INSTALLED=1 VNCOPY_BASE_ONLY=1 $(BASE_VENV)/bin/python -m pytest -q -m 'not long' $(BASE_TESTS)

long: $(BIN)/.installed conformance-long ## every sample before the outside judges, and the tests that take minutes
	VNCOPY_INSTALLED=1 $(BIN)/python -m pytest -m long

conformance: $(BIN)/.installed tools ## outside judges: veraPDF, EU DSS, qpdf, pdfsig, Node readers; one sample per type and key
	$(BIN)/python tests/interop/conformance.py
	$(BIN)/python tools/attacks_page.py --judges few

conformance-long: $(BIN)/.installed tools ## the same over every sample
	$(BIN)/python tests/interop/conformance.py --all
	$(BIN)/python tools/attacks_page.py --judges all

check: $(BIN)/.installed ## lint, types, layers, sizes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src scripts tests/typing
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/architecture

bench: $(BIN)/.installed ## time verify and issue beside bare pyHanko and a bare P-256 verify; sizes of the samples
	$(BIN)/python -m benchmarks --profile
	$(BIN)/python -m benchmarks.samples

fuzz: $(FUZZ_VENV)/.packages ## fuzz every harness for some minutes, seeded and led by coverage (Linux); state in .fuzz
	PYTHONWARNINGS=ignore PYTHONPATH=src:tests $(FUZZ_VENV)/bin/python -m fuzz.run \
		--state .fuzz --commit "$$(git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)" \
		--more $(FUZZ_INPUTS) --seconds $(FUZZ_SECONDS) $(FUZZ)

tools: $(BIN)/.packages ## fetch the outside judges into .tools (needs the apt packages qpdf and poppler-utils, a JDK, Maven)
	tools/install-judges

lock: ## write requirements/*.txt anew from pyproject.toml and requirements/*.in
	tools/lock

wheel: dist/.built

# --- environments --------------------------------------------------------------------------------

$(BIN)/.packages: requirements/dev.txt
	@test -n '$(PYTHON)' || { echo 'vncopy needs Python 3.11 or later' >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

dist/.built: $(BIN)/.packages $(SOURCES)
	rm -rf dist
	$(BIN)/python -m pip wheel -q --disable-pip-version-check --no-deps --no-build-isolation -w dist .
	touch $@

$(BIN)/.installed: dist/.built
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-index --force-reinstall dist/*.whl
	touch $@

$(BASE_VENV)/.packages: requirements/base-test.txt | $(BIN)/.packages
	test -x $(BASE_VENV)/bin/python || $(PYTHON) -m venv $(BASE_VENV)
	$(BASE_VENV)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/base-test.txt
	touch $@

$(BASE_VENV)/.installed: dist/.built $(BASE_VENV)/.packages
	$(BASE_VENV)/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-index --force-reinstall dist/*.whl
	touch $@

$(FUZZ_VENV)/.packages: requirements/fuzz.txt 
	@test -n '$(PYTHON)' || { echo 'vncopy needs Python 3.11 or later' >&2; exit 1; }
	test -x $(FUZZ_VENV)/bin/python || $(PYTHON) -m venv $(FUZZ_VENV)
	$(FUZZ_VENV)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/fuzz.txt
	touch $@

clean: ## remove what make made, the environments included
	rm -rf $(VENV) .tools .fuzz dist build $(OUT) .coverage .coverage.*
