# Verbs of the project; `make` alone prints them. Every verb does the set-up it needs.
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

# One configuration for the demo and the tests, so that neither builds what the other has built.
# The index store stays on: without it SwiftPM finds no tests.
BUILD := swift build
# All tests are Swift Testing's; an XCTest run would only close with "Executed 0 tests".
# Tests that talk to real programs share two cores: more than a few at once only wait for each other.
TEST := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=3 swift test --skip-build --disable-xctest
THANOSCTL := .build/debug/thanosctl
export MAKE_STARTED := $(or $(MAKE_STARTED),$(shell date +%s))

.PHONY: help setup setup-tests build demo test check lint format docs goldens lab bench fuzz \
	new-check hooks clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-34s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '  make %-34s %s\n' 'new-check ID=COMPONENT/ID' 'create the folder of a new check'

setup: ## install what the build needs and is missing (apt-get, as root)
	@scripts/setup

setup-tests: setup
	@scripts/setup-test-tools

build: setup ## build thanosctl into .build/debug
	@$(BUILD) --product thanosctl

demo: build ## stage every incident on loopback and watch doctor name its root cause
	@scripts/demo

test: setup-tests ## build, check the lab's incidents, run all tests
	@$(BUILD) --build-tests
	@$(THANOSCTL) lab check --all
	@echo "built, and the lab checked, $$(($$(date +%s) - $$MAKE_STARTED)) s after make began"
	@$(TEST)

check: build ## format, imports, sizes, and stale pages or goldens
	@failed=0; for rule in format imports sizes goldens docs; do \
	    scripts/check-$$rule || failed=1; done; exit $$failed

lint: ## report what swift-format would write differently
	@scripts/check-format

format: ## let swift-format rewrite the Swift files
	@swift format format --in-place --parallel --recursive --configuration .swift-format \
	    Package.swift Sources checks Tests Plugins

docs: build ## write the pages of the checks anew
	@$(THANOSCTL) checks docs --write .

goldens: setup-tests ## record the goldens anew and show what changed
	@$(BUILD) --build-tests
	@UPDATE_GOLDENS=1 $(TEST) || true
	@git diff --stat -- '*Goldens*'

lab: build ## diagnose every incident and its repaired twin, and compare with the truth
	@$(THANOSCTL) lab check --all

bench: setup ## print one JSON line a figure (release build)
	@scripts/bench

fuzz: setup ## feed broken input to every reader for an hour, or SECONDS=n
	@scripts/fuzz $(SECONDS)

new-check:
	@scripts/new-check $(ID)

hooks: ## install the pre-commit hook
	@ln -sf ../../scripts/pre-commit "$$(git rev-parse --git-dir)/hooks/pre-commit"
	@echo "hooks: pre-commit installed"

clean: ## delete what was built and fetched
	@rm -rf .build .build-tools
