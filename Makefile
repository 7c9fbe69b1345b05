# Plumbline: `make demo` shows it, `make test` checks it. Only make and a Python are needed.
.DEFAULT_GOAL := help
SHELL := /bin/sh
.DELETE_ON_ERROR:

VENV := .venv
PY := $(VENV)/bin/python
JOBS ?= auto
PORT ?= 8090
MINUTES ?= 30
ROUNDS ?= 1000
ROLLING ?= 20
COLD ?= 50
CRASHFLAGS ?=
CASES ?= 100000
FUZZFLAGS ?=
# Where this says that Python keeps no compiled code, each process that a test starts would compile everything anew.
export PYTHONDONTWRITEBYTECODE :=
NEEDS := Plumbline needs Python 3.11, 3.12 or 3.13, with its venv module

# The first Python that answers with a version from 3.11 to 3.13 and can make an environment; PYTHON=... names another.
CANDIDATES := python3 python3.13 python3.12 python3.11 python /usr/bin/python3 $(wildcard $(HOME)/.pyenv/versions/3.1[123].*/bin/python3)
RIGHT := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))
PIP := $(PY) -m pip --disable-pip-version-check --no-input --quiet

.PHONY: help demo run quick quick-style quick-types quick-architecture quick-unit test check crash fuzz soak postgres instances bench pictures migration lock clean

help:
	@echo "make demo    the bot on a pretend server, in your browser (PORT=$(PORT))"
	@echo "make run     the bot on Discord, with the token in .env"
	@echo "make test    make check, then every test with its coverage (JOBS=$(JOBS))"
	@echo "make quick   ruff, mypy, and the tests that need no pretend server: under a minute"
	@echo "make check   ruff, mypy, import-linter and the tests of the architecture"
	@echo "make crash   kill the bot ROUNDS=$(ROUNDS) times, COLD=$(COLD) of them cold, at every failpoint, and restore backups"
	@echo "make fuzz    send CASES=$(CASES) interactions that no honest client sends"
	@echo "make postgres  the tests about rows, on a PostgreSQL server that they start themselves"
	@echo "make instances  two processes that are one bot, killed and restarted while friends use them"
	@echo "make bench   all benchmarks, and bench.json"
	@echo "make soak    the whole program in use while its gateway breaks: nothing may grow (MINUTES=$(MINUTES))"
	@echo "make pictures  the pictures in docs/, from the demo (needs Chromium)"
	@echo "make migration NAME=add_x   the next revision of the database, from what the tables declare"
	@echo "make lock    pin the requirements again, from pyproject.toml (LOCKFLAGS=--upgrade for newer ones)"
	@echo "make clean   everything that was made here, except state/"

demo: $(VENV)/.demo
	$(VENV)/bin/plumbline demo --port $(PORT)

run: $(VENV)/.run
	$(VENV)/bin/plumbline run

check: $(VENV)/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy bot cogs data tests
	$(VENV)/bin/lint-imports
	$(PY) -m pytest tests/architecture -q

# What is run all day: no pretend server, no property that needs minutes. Its four parts run side by side, and each
# prints what it has to say when it ends. The tests of the architecture share what they have read of the code, so one
# process runs them all.
quick: $(VENV)/.dev
	@$(MAKE) --no-print-directory -j 4 $(if $(filter output-sync,$(.FEATURES)),-Otarget) quick-style quick-types quick-architecture quick-unit

quick-style:
	$(PY) -m ruff check .

quick-types:
	$(PY) -m mypy bot cogs data tests

quick-architecture:
	$(PY) -m pytest -q tests/architecture

quick-unit:
	$(PY) -m pytest -n $(JOBS) -q --dist worksteal tests/unit -m "not uncounted and not slow"

# --no-loadscope-reorder: pytest-xdist would begin with the files of many tests, and end with the longest ones.
# --ignore: `check` has just run the tests of the architecture.
test: check
	$(PY) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder --ignore=tests/architecture --cov --cov-report=term

# CRASHFLAGS="--seed ..." makes the choices of an earlier run, "--failpoints 100" tries only so many of them, and
# "--restores 8" loses the machine so often.
crash: $(VENV)/.dev
	$(PY) -m tests.crash --rounds $(ROUNDS) --cold $(COLD) $(CRASHFLAGS)

# FUZZFLAGS="--seed ..." makes the cases of an earlier run, with "--round 3" only those of that round.
fuzz: $(VENV)/.dev
	$(PY) -m tests.forged --cases $(CASES) $(FUZZFLAGS)

# Each test makes a database of its own there, so they take several times as long as on SQLite.
ON_POSTGRES := tests/store tests/unit/storage/test_postgres.py tests/unit/scheduling tests/unit/delivery tests/unit/asks \
	tests/unit/pods tests/unit/boundaries tests/unit/pairs tests/system/test_boundary_machine.py tests/system/test_erase_machine.py
postgres: $(VENV)/.dev
	$(PY) -m pytest -q -n $(JOBS) --engine postgres $(ON_POSTGRES)

# Two processes that are one bot: ROUNDS=200 rounds in which they are killed, ROLLING=20 rolling restarts.
instances: $(VENV)/.dev
	$(PY) -m tests.crash.instances --rounds $(if $(filter file,$(origin ROUNDS)),200,$(ROUNDS)) --rolling $(ROLLING)

bench: $(VENV)/.dev
	$(PY) -m tests.bench

soak: $(VENV)/.dev
	$(PY) -m tests.soak --minutes $(MINUTES) --drop-every 15

pictures: $(VENV)/.dev
	$(PY) -m tests.pictures

migration: $(VENV)/.dev
	$(PY) -m bot.storage.migrations.generate "$(NAME)"

# --no-deps: the lock names everything. Left to resolve, pip 23 takes a newer release of what is wanted with an extra
# (coverage[toml]) than the lock does, and then refuses it for having no hash.
# --no-build-isolation: the build backend, too, comes from the lock.
$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
$(VENV)/.demo: requirements-demo.lock pyproject.toml | $(VENV)/bin/python
$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
$(VENV)/.run $(VENV)/.demo $(VENV)/.dev:
	@echo "Installing what $< names into $(VENV) ..."
	@$(PIP) install --require-hashes --no-deps -r $<
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/bin/python:
	@found=; if [ -n "$(PYTHON)" ]; then \
		"$(PYTHON)" -c '$(RIGHT)' 2>/dev/null && found="$(PYTHON)" || { \
			echo "$(NEEDS). PYTHON=$(PYTHON) is not that: `"$(PYTHON)" --version 2>&1 | head -n 1`." >&2; exit 1; }; \
	else \
		for one in $(CANDIDATES); do \
			if "$$one" -c '$(RIGHT)' 2>/dev/null; then found="$$one"; break; fi; \
		done; \
		[ -n "$$found" ] || { echo "$(NEEDS), and found none. Install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }; \
	fi; \
	"$$found" -m venv $(VENV)

# uv resolves for all three Pythons at once; it is needed here alone, in an environment of its own.
lock: pyproject.toml $(VENV)/bin/python
	@set -e; scratch=`mktemp -d`; trap 'rm -rf "$$scratch"' EXIT; \
	$(PY) -m venv "$$scratch" && "$$scratch/bin/python" -m pip --disable-pip-version-check --quiet install uv; \
	compile() { "$$scratch/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header --no-annotate pyproject.toml --group build "$$@"; }; \
	compile --extra demo --extra postgres --extra dev --output-file requirements-dev.lock $(LOCKFLAGS); \
	compile --extra demo --constraint requirements-dev.lock --output-file requirements-demo.lock $(LOCKFLAGS); \
	compile --constraint requirements-dev.lock --output-file requirements.lock $(LOCKFLAGS)

clean:
	rm -rf $(VENV) build dist htmlcov bench.json .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
