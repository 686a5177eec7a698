# `make` lists what there is. `make demo` and `make test` need nothing before them: they set this machine up themselves.

.DEFAULT_GOAL := help
export PATH := $(CURDIR)/.venv/bin:$(PATH):/usr/local/sbin:/usr/sbin:/sbin
# Where a machine's Python keeps no bytecode, each process of the tests would compile all that it imports.
export PYTHONDONTWRITEBYTECODE :=
SET_UP := @infra/setup/setup.sh
# The suites that share a stack or a browser in one process each, and the rest by files wherever there is time (tests/conftest.py).
BESIDE_EACH_OTHER := -n auto --maxprocesses 6 --dist loadscope --no-loadscope-reorder
# What a command is given besides, for example: make demo ARGS="--exit --json", make test ARGS="-k leaderboard"
ARGS :=

.PHONY: help setup demo up down test test-fast lint lint-security hooks bench pictures lock deploy destroy artefact package wheel runner-image document release clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

setup: ## everything that demo and test need: .venv, the Docker engine, the default image, Chromium, the console
	$(SET_UP) python engine console image browser

demo: ## a whole competition on this machine: stack, runner, two submissions, leaderboard
	$(SET_UP) python engine console image
	@agon demo $(ARGS)

up: ## the local stack, its console and a runner, until Ctrl-C
	$(SET_UP) python engine console image
	@agon up $(ARGS)

down: ## stop what `up` and `demo` left running; ARGS=--wipe forgets its state too
	$(SET_UP) python
	@agon down $(ARGS)

test: ## every suite, on the real parts
	$(SET_UP) python engine console image browser
	@infra/setup/tests.sh $(BESIDE_EACH_OTHER) $(ARGS)

test-fast: ## the suites that need neither Docker nor a browser
	$(SET_UP) python
	@python -m pytest $(BESIDE_EACH_OTHER) tests/unit tests/api tests/house $(ARGS)

lint: ## ruff and mypy over the code, eslint and prettier over the console, cfn-lint over the packaged template
	$(SET_UP) python console
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target lint-console lint-code lint-template

lint-security: ## checkov over the templates, in an environment of its own; apart from lint, since it takes a minute
	$(SET_UP) python
	@infra/setup/security.sh

# Each alone keeps one core busy.
.PHONY: lint-console lint-code lint-template
lint-console:
	@npm --silent --prefix console run lint </dev/null

lint-code:
	@ruff check .
	@ruff format --check --quiet .
	@mypy

lint-template:
	@infra/setup/package.sh build/stack
	@cfn-lint build/stack/sam.yaml
	@cfn-lint --regions us-east-1 -- infra/console.yaml

hooks: ## looks at each commit before it is made, by the linters that are here
	$(SET_UP) python
	@pre-commit install

bench: ## the speed and cost figures, each beside its baseline
	$(SET_UP) python engine console image browser
	@for name in coldstart startup budget verbs cost demo crowd latency leaderboard search console runner rush throttled import mailing others suite; do python -m benchmarks.$$name $(ARGS) || exit; done
	@python -m benchmarks.rush --joins $(ARGS)

pictures: ## those of the README, of the example competition in the console
	$(SET_UP) python engine console image browser
	@python -m tests.console.pictures

lock: ## locks/ anew, after a range in pyproject.toml changed; ARGS=--upgrade takes the newest versions
	$(SET_UP) python
	@infra/setup/lock.sh $(ARGS)

# Of infra/stages, for the next two.
STAGE :=

deploy: ## a site onto AWS, STAGE=prod as infra/stages/prod.toml says; ARGS=--plan only shows what would change
	$(SET_UP) python console
	@python -m infra.deploy up "$(STAGE)" $(ARGS)

destroy: ## a site away again, STAGE=prod; not while anything would be lost with it
	$(SET_UP) python
	@python -m infra.deploy destroy "$(STAGE)" $(ARGS)

artefact: ## a release, deployed without this checkout: template, function, console, wheel, checksums, in build/artefact
	$(SET_UP) python console
	@python -m infra.deploy artefact $(ARGS)

package: ## the CloudFormation template and the function's zip, in build/stack
	$(SET_UP) python
	@infra/setup/package.sh build/stack

wheel: ## what people and runners install, in build/wheel; ARGS=https://… is where you will serve that folder
	$(SET_UP) python
	@infra/setup/wheel.sh $(ARGS)

runner-image: ## a runner in a container, the image agon.internal/runner; ARGS="TAG BASE" for another tag, on another image of Python
	@infra/setup/runner_image.sh $(ARGS)

document: ## the OpenAPI document, the client's types and docs/format.md, after what they are made of changed
	$(SET_UP) python
	@PYTHONPATH=. python infra/setup/document.py

release: ## a new version, ARGS=1.2.3: dates its section of CHANGELOG.md, commits and tags
	$(SET_UP) python
	@infra/setup/release.sh $(ARGS)

clean: ## remove what was built; .agon, the local stack's state, stays (`make down ARGS=--wipe`)
	rm -rf .venv .cache .pytest_cache .ruff_cache .hypothesis build dist *.egg-info console/dist console/node_modules console/src/api/schema.d.ts
