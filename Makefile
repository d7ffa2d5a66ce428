# What a person types here. Each target does the set-up that it needs, and again only when the pins have changed.
#   make          checks and fast tests          make demo    the whole thing on invented customers
#   make setup    .venv/bin/customerfile         make test    every test
#   make screenshots  every page as a picture
PYTHON ?=
UV ?= uv
BIN := .venv/bin
SOURCES := customerfile tests tools bench
PINS := pyproject.toml requirements/build.in tools/bootstrap
COMPILE := $(UV) pip compile --quiet --generate-hashes --no-header --no-emit-index-url --universal -p 3.12
# The checks read the settings but have no installation: they use a signing key of no worth, and touch no home.
CHECKING := CUSTOMERFILE_SECRET_KEY=only-for-checks
SELF_CONTAINED := $(wildcard tests/unit tests/spec)
WITH_SERVER := $(wildcard tests/integration tests/browser)

.DEFAULT_GOAL := all
.PHONY: all setup check fast test screenshots demo bench pins clean

all: check fast

setup: .venv/installed-runtime
	@echo "==> Set up. Next: make demo, or $(BIN)/customerfile --help"

.venv/installed-runtime: requirements/runtime.txt $(PINS)
	@PYTHON="$(PYTHON)" tools/bootstrap runtime

.venv/installed-dev: requirements/dev.txt $(PINS)
	@PYTHON="$(PYTHON)" tools/bootstrap dev

check: .venv/installed-dev
	@echo "==> Lint (ruff)"
	@$(BIN)/ruff check $(SOURCES)
	@echo "==> Format (ruff format)"
	@$(BIN)/ruff format --check --quiet $(SOURCES)
	@echo "==> Types (mypy)"
	@$(CHECKING) $(BIN)/mypy
	@echo "==> The line of rooms (import-linter)"
	@$(CHECKING) $(BIN)/lint-imports --no-logo
	@for rule in $(sort $(wildcard tools/lint_*.py)); do \
		echo "==> House rule ($$rule)"; $(BIN)/python $$rule || exit 1; done

fast: .venv/installed-dev
	@echo "==> Fast tests"
	@$(BIN)/python -m pytest -n 2 -m "not slow" $(SELF_CONTAINED)

test: .venv/installed-dev
	@tools/bootstrap browser
	@echo "==> Tests that need no server"
	@$(BIN)/python -m pytest -n 2 $(SELF_CONTAINED)
	@echo "==> Tests with a database and a browser"
	@$(BIN)/python -m pytest -rs $(WITH_SERVER)

screenshots: .venv/installed-dev
	@tools/bootstrap browser
	@mkdir -p screenshots
	@SCREENSHOTS="$(CURDIR)/screenshots" $(BIN)/python -m pytest -rs tests/browser
	@echo "==> Every page, and how every journey ended, as pictures in screenshots/"

demo: .venv/installed-runtime
	@echo "==> The demonstration: makes its own home, loads invented customers, and serves them"
	@$(BIN)/customerfile demo

bench: .venv/installed-dev
	@failed=; for bench in $(filter-out bench/make_% bench/fill_% bench/public_%,$(sort $(wildcard bench/*.py))); do \
		echo "==> Measuring ($$bench)"; $(BIN)/python $$bench || failed="$$failed $$bench"; done; \
		test -z "$$failed" || { echo "==> Beyond its limit:$$failed" >&2; exit 1; }

pins:
	@echo "==> Pinning every package and its hash (needs uv)"
	@$(UV) --version >/dev/null || { echo "Install uv, or name it: make pins UV=/path/to/uv" >&2; exit 1; }
	@$(COMPILE) pyproject.toml requirements/build.in -o requirements/runtime.txt
	@$(COMPILE) pyproject.toml requirements/build.in --extra dev -c requirements/runtime.txt -o requirements/dev.txt

clean:
	@echo "==> Removing .venv and what tools left; your homes stay"
	@rm -rf .venv build screenshots *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .test-home
	@find customerfile tests tools bench -name __pycache__ -prune -exec rm -rf {} +
