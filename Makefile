# make alone prints the targets.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
export XIESHANG_DATA ?= $(CURDIR)/var

help: ## print the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(STAMP): requirements/base.txt requirements/dev.txt pyproject.toml
	@test -x $(PY) || python3 -m venv $(VENV)
	@if command -v uv >/dev/null 2>&1; then VIRTUAL_ENV=$(VENV) uv pip install -q --require-hashes -r requirements/$(or $(REQ),base).txt && VIRTUAL_ENV=$(VENV) uv pip install -q --no-deps -e .; \
	else $(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/$(or $(REQ),base).txt && $(PY) -m pip install -q --disable-pip-version-check --no-deps -e .; fi
	@touch $(STAMP)

$(VENV)/.dev: $(STAMP) requirements/dev.txt
	@$(MAKE) -s -B $(STAMP) REQ=dev
	@touch $(VENV)/.dev

setup: $(STAMP) ## make the environment from hashed requirements

run: setup ## serve the demo county on 127.0.0.1:8000 (PORT= changes it)
	@$(VENV)/bin/xieshang serve --demo

demo: setup ## make the demo county in an empty database
	@$(VENV)/bin/xieshang demo

check: $(VENV)/.dev ## what is quick: format, lint, types, imports, templates, migrations, messages
	@sh tools/check.sh

test: $(VENV)/.dev ## check, and every test on SQLite, PostgreSQL and Chromium
	@sh tools/test.sh

bench: $(VENV)/.dev ## speed and memory as ratios to a bare baseline, into var/bench.json (ONLY=prefix)
	@$(PY) -m bench $(if $(ONLY),--only $(ONLY))

lint: $(VENV)/.dev ## only the linters
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .

fix: $(VENV)/.dev ## repair what is easy
	@$(VENV)/bin/ruff check --fix . ; $(VENV)/bin/ruff format .

docs: $(VENV)/.dev ## draw the map, the state diagrams and the tables in docs/
	@$(PY) tools/draw.py

papers: $(VENV)/.dev ## the test that photographs each official paper writes docs/shots/documents/
	@XIESHANG_PICTURES=draw $(PY) -m pytest -q xieshang/documents/tests/test_pictures.py

shots: $(VENV)/.dev ## photograph the gallery and the main pages into docs/shots/
	@$(PY) tools/shots.py

verify: setup ## replay the ledger and compare
	@$(VENV)/bin/xieshang ledger verify

.PHONY: help setup run demo check test bench lint fix docs papers shots verify
