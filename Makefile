# Two commands matter: `make demo` and `make test`. Nothing here asks for root.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

TOOLS := .tools
UV_VERSION := 0.13.9
UV := $(shell command -v uv 2>/dev/null || echo $(CURDIR)/$(TOOLS)/bin/uv)
RASA := nlu/server
PEERS := tests/peers

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

demo: setup ## the bot with a demo university on http://127.0.0.1:8765
	@exec $(UV) run --no-sync spindel demo

test: setup peers ## everything: style, types, imports, unit, PostgreSQL, Slack peer, browser
	@UV=$(UV) bash tests/run

setup: $(UV) ## the environments and the language model
	@echo "The bot's environment …"
	@$(UV) sync --frozen --quiet || { echo "Could not install. Is there a network, and room on the disk?" >&2; exit 3; }
	@echo "Rasa's environment (about 1.5 GB the first time) …"
	@$(UV) sync --frozen --quiet --project $(RASA) || { echo "Could not install Rasa. Is there a network, and room on the disk?" >&2; exit 3; }
	@$(RASA)/.venv/bin/python $(RASA)/train.py >/dev/null

faults: setup ## what may go wrong, done on purpose: make faults [SEED=1] [ONLY=name,…] [DB=sqlite|postgres|both]
	@$(UV) run --no-sync python -m tests.faults SEED=$(or $(SEED),1) ONLY=$(ONLY) DB=$(or $(DB),both)

check: setup ## style, types and import rules only
	@UV=$(UV) bash tests/run check

peers: ## the peers of Slack and Teams, and Teams' schema, that the tests use (needs npm)
	@if ! command -v npm >/dev/null; then echo "npm is missing: the tests that need the peers are skipped"; \
	elif [ $(PEERS)/node_modules/.package-lock.json -nt $(PEERS)/package-lock.json ]; then :; \
	else cd $(PEERS) && npm ci --ignore-scripts --silent --no-audit --no-fund; fi

words: setup ## take new messages into the Swedish catalogue
	@$(UV) run --no-sync python -m bot.locale.update

pictures: setup peers ## a picture of every action on every surface, into build/pictures: make pictures [OF="sv find_mentor"]
	@$(UV) run --no-sync python -m tests.pictures $(OF)

docs: setup ## write the tables that are generated from the code
	@$(UV) run --no-sync spindel settings --write docs/settings.md

$(TOOLS)/bin/uv $(CURDIR)/$(TOOLS)/bin/uv:
	@echo "Getting uv …"
	@python3 -m venv $(TOOLS) || { echo "Python's venv is missing. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 3; }
	@$(TOOLS)/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) || { echo "Could not get uv. Is there a network?" >&2; exit 3; }

.PHONY: help demo test setup faults check peers words pictures docs
