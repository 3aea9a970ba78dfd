# What CI runs is what a person runs: every target works from a fresh clone, given Python >= 3.11.

VENV := .venv
BIN := $(VENV)/bin
SERVE_STAMP := $(VENV)/.serve-installed
TEST_STAMP := $(VENV)/.test-installed
PORT ?= 8080
EXAMPLES ?= 200
# Not of the environment: the shell has a SECONDS of its own.
SECONDS := 600
chaos: SECONDS := 300
IMAGE ?= carrier-simulator
CODE := $(wildcard simulator pytest_carrier_simulator.py tests tools benchmarks examples)

# Containers often forbid it; without it every process of the tests compiles everything anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test coverage fuzz fuzz-short soak chaos clients lint style types imports format bench release-check image image-check engine-check clean

help:
	@echo "make run          serve on http://127.0.0.1:$(PORT)  (PORT=9000 for another port)"
	@echo "make test         everything that CI runs: lint, types, import rules, a short soak, chaos and fuzz, tests"
	@echo "make coverage     the tests alone, and which lines they run"
	@echo "make lint         style, types and import rules alone"
	@echo "make fuzz         schemathesis against every served description  (EXAMPLES=200 an operation)"
	@echo "make soak         attack a server for ten minutes and see what holds  (SECONDS=600)"
	@echo "make chaos        kill servers that share a store for five minutes and see what holds  (SECONDS=300)"
	@echo "make clients      run clients from npm as they come against the simulator (needs Node and Chromium)"
	@echo "make format       rewrite the code in the project's format"
	@echo "make bench        measure speed against a bare application"
	@echo "make release-check  build wheel and sdist, and try them in empty environments"
	@echo "make image        build the container image $(IMAGE) with docker, podman or buildah"
	@echo "make image-check  build the image without a container engine, run it and try it"
	@echo "make engine-check  build the image with docker or podman, run it, also by Testcontainers, and try it"
	@echo "make clean        remove the virtual environment and what the tools left"

$(SERVE_STAMP): pyproject.toml constraints.txt tools/install.sh
	@echo "Installing into $(VENV) ..."
	@tools/install.sh $(VENV) $@

$(TEST_STAMP): pyproject.toml constraints.txt tools/install.sh
	@echo "Installing with the tools for tests into $(VENV) ..."
	@tools/install.sh $(VENV) $@ test

run: $(SERVE_STAMP)
	@exec $(BIN)/carrier-simulator serve --port $(PORT)

# pytest comes last, so that its closing line is the last one of the run. Fuzz measures no time, and
# fills what types leave of two cores; soak and chaos have them for themselves.
test: $(TEST_STAMP)
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target types style imports fuzz-short
	@tools/browser.sh
	@tools/npm.sh tests/clients
	@tools/npm.sh tests/typing
	@tools/optional.sh
	@tools/redis.sh
	@$(BIN)/python -m benchmarks.soak --seconds 120
	@$(BIN)/python -m benchmarks.chaos --seconds 30
	$(BIN)/pytest

# Measuring takes as long again as the tests.
coverage: $(TEST_STAMP)
	$(BIN)/pytest --cov --cov-report=term

fuzz: $(TEST_STAMP)
	$(BIN)/python -m tools.fuzz --examples $(EXAMPLES)

fuzz-short: $(TEST_STAMP)
	@$(BIN)/python -m tools.fuzz --short

soak: $(TEST_STAMP)
	$(BIN)/python -m benchmarks.soak --seconds $(SECONDS)

chaos: $(TEST_STAMP)
	@tools/redis.sh
	$(BIN)/python -m benchmarks.chaos --seconds $(SECONDS)

clients: $(TEST_STAMP)
	@tools/browser.sh
	@tools/npm.sh tests/clients required
	$(BIN)/pytest -n 0 tests/clients

# Types take one core for as long as all the rest takes another.
lint: $(TEST_STAMP)
	@$(MAKE) --no-print-directory --jobs 2 types style imports

style: $(TEST_STAMP)
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

types: $(TEST_STAMP)
	$(BIN)/mypy

imports: $(TEST_STAMP)
	$(BIN)/lint-imports --no-cache

format: $(TEST_STAMP)
	$(BIN)/ruff check --fix-only $(CODE)
	$(BIN)/ruff format $(CODE)

bench: $(TEST_STAMP)
	$(BIN)/python -m benchmarks.run

# More interpreters: make release-check PYTHONS="--python /opt/python3.13/bin/python3"
release-check: $(TEST_STAMP)
	$(BIN)/python -m tools.release_check $(PYTHONS)

image:
	@tools/image.sh $(IMAGE)

image-check: $(SERVE_STAMP)
	$(BIN)/python tools/image_check.py

engine-check: $(TEST_STAMP)
	@tools/image.sh $(IMAGE)
	$(BIN)/python -m tools.engine_check $(IMAGE):latest

clean:
	rm -rf $(VENV) tests/clients/node_modules tests/typing/node_modules dist .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
