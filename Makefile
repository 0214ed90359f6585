# Two commands do everything: `make run` plays the main job, `make test` proves it.
# Everything they need beyond Python 3.11, make, git and apt they install themselves.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# uv trusts whom the machine trusts: beyond some gateways the certificate is the gateway's own.
export UV_SYSTEM_CERTS := 1
# Dozens of processes begin while tests run: each would translate every module anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: docs screenshots release-contracts help run stop erase backup restore test test-compose bench bench-scale packages-run packages-test venv lint format lock

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: packages-run venv ## Start the whole system and play the main job
	@$(BIN)/python -m deploy.local run

stop: venv ## End every process that run started; data stay
	@$(BIN)/python -m deploy.local stop

erase: venv ## Stop, and remove the data: the next run begins anew
	@$(BIN)/python -m deploy.local erase

backup: venv ## Keep all data in one file (FILE=…), while it runs or not
	@$(BIN)/python -m deploy.local backup $(if $(FILE),"$(FILE)")

restore: packages-run venv ## Bring a stopped or fresh stack back from FILE=… and start it
	@$(BIN)/python -m deploy.local restore "$(or $(FILE),$(error FILE=… is missing))"

# Tests wait as much as they compute: three processes keep two cores busy.
test: packages-test venv lint ## Prove everything (pytest takes more: .venv/bin/pytest tests/unit)
	$(BIN)/pytest --numprocesses=3 --dist=loadgroup --no-loadscope-reorder

test-compose: packages-test venv ## Prove docker-compose.yml on a Docker engine; skips where none answers
	$(BIN)/python -m tests.compose

bench: packages-run $(VENV)-bench/.done ## Measure the product beside its yardsticks (BENCH_RUNS=1 BENCH_SECONDS=3: a look)
	@$(BIN)/python -m tests.bench

bench-scale: packages-run $(VENV)-bench/.done ## Measure 100,000 answers over 300 schools
	@$(BIN)/python -m tests.bench.scale

packages-run packages-test: packages-%:
	@deploy/local/packages $* "$(PYTHON)"

venv: $(VENV)/.done ## Make .venv from the locks

$(VENV)/.done: requirements/all.txt requirements/uv.txt $(wildcard services/*/pyproject.toml)
	@deploy/local/make-venv "$(PYTHON)" "$(VENV)"

# The yardsticks' own: a faster event loop of theirs must not come into the product by accident.
$(VENV)-bench/.done: requirements/bench.txt | venv
	@echo "· making $(VENV)-bench, the yardsticks' own Python"
	@$(BIN)/uv venv --quiet --clear --python "$(BIN)/python" "$(VENV)-bench"
	@$(BIN)/uv pip install --quiet --python "$(VENV)-bench/bin/python" --require-hashes -r requirements/bench.txt
	@touch $@

lint: venv ## Check style, types, imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --num-workers=auto
	$(BIN)/lint-imports

format: venv ## Format the code
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: venv ## Generate the schemas and docs/{events.md,asyncapi.json,openapi.json}; says what breaks a release
	$(BIN)/python -m contracts.schemas services/contracts/schemas
	$(BIN)/python -m contracts.handbook services/contracts/examples > docs/events.md
	$(BIN)/python -m contracts.asyncapi services/contracts/examples > docs/asyncapi.json
	$(BIN)/python -m gateway.openapi > docs/openapi.json
	$(BIN)/python -m contracts.releases check services/contracts docs/openapi.json

screenshots: packages-test venv ## Take the pictures of docs/surveys.md anew
	$(BIN)/python -m tests.dashboard.screenshots

release-contracts: docs ## Freeze the schemas that docs generated, as services/contracts/released/N
	$(BIN)/python -m contracts.releases release services/contracts docs/openapi.json

lock: venv ## Resolve the versions of all members anew, into requirements/
	deploy/local/lock "$(BIN)/uv"
