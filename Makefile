# The index of tasks. `make` alone prints it. Why things are built as they are: Docs/Decisions.md.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# One build at a time: SwiftPM locks the build folder, and uses every core by itself.
.NOTPARALLEL:

# The folder of shared test material, outside the repository; tests that need it are skipped without it.
COGNATE_SHARED ?=
SWIFT ?= swift
export COGNATE_SHARED SWIFT

# Tests are built in release mode too, so that `demo` and `test` share one build.
CONFIGURATION := release
# Without @testable, tests are built with the very flags of the product and share its objects.
TEST_FLAGS := --disable-testable-imports --disable-xctest
COGNATE := .build/$(CONFIGURATION)/cognate
DEMO ?= demo
# What `make test FILTER=regex` runs; everything when empty.
FILTER ?=
# Bytes of each corpus of `make bench`; 500 MB when empty.
SIZE ?=
SOURCES := Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources
# Which tables `make linkage` links; all when empty.
SETS ?=
# The parts that meet hostile bytes, tested under sanitizers.
HOSTILE := ^(ColumnsTests|IdentifiersTests|PlatformExportsTests|LinkageTests|RecordLinkageTests|StylometryTests)\.

# How often `make torture` kills a program that writes to a case.
KILLS ?= 200

.PHONY: help setup build demo test bench linkage interop format lint check fuzz torture docs clean

help: ## print this list
	@echo "Cognate. Tasks:"
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' Makefile | awk -F '\t' '{ printf "  make %-8s %s\n", $$1, $$2 }'

setup: ## install what is missing of the system's libraries (apt); check the Swift toolchain
	@.ci/setup

build: setup ## build the command line, .build/release/cognate
	@$(SWIFT) build -c $(CONFIGURATION) --product cognate

demo: build ## link the demonstration case in ./demo and show what was found
	@rm -rf "$(DEMO)/demo.cognate" "$(DEMO)/exports" "$(DEMO)/truth.csv" "$(DEMO)/traps.json"
	@$(COGNATE) demo "$(DEMO)"
	@echo
	@echo "The command is $(COGNATE); '$(COGNATE) --help' lists what it does."

test: setup ## run all tests, in release mode; FILTER=regex for some of them
	@$(SWIFT) test -c $(CONFIGURATION) $(TEST_FLAGS) $(if $(FILTER),--filter '$(FILTER)')

bench: setup ## import 500 MB of SMS and of posts, beside peers, and print a table; SIZE=bytes for another size
	@Benchmarks/run $(if $(SIZE),--size $(SIZE))

linkage: build ## link tables with resolve and with its peers, and print ratios; SETS=names for some of them
	@Benchmarks/run-linkage $(SETS)

interop: build ## have exports read by the tools of their formats, and figures of the report computed twice
	@Tests/Interoperability/run "$(COGNATE)"

format: ## format the Swift sources in place
	@$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

lint: ## check format and house rules
	@$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)
	@.ci/lint

check: setup lint ## all that must hold before a merge: lint, no warnings, tests
	@.ci/check-warnings
	@$(MAKE) --no-print-directory test

fuzz: setup ## fuzz readers, identifiers, JSON, archives and the log; test the engine under sanitizers; FUZZ_RUNS=n
	@.ci/fuzz
	@echo "== a million forged proofs, every bit of an exported log"
	@COGNATE_THOROUGH=1 $(SWIFT) test -c $(CONFIGURATION) $(TEST_FLAGS) \
	  --filter '^(TransparencyLogTests\.ProofMutationTests|CaseFileTests\.ExportedLogTests)'
	@for sanitizer in address thread; do \
	  echo "== $$sanitizer sanitizer"; \
	  COGNATE_CORE=1 SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 \
	    TSAN_OPTIONS=suppressions='$(CURDIR)/Tests/Fuzz/thread.supp' \
	    $(SWIFT) test -c $(CONFIGURATION) $(TEST_FLAGS) --sanitize=$$sanitizer \
	      --scratch-path .build-$$sanitizer --filter '$(HOSTILE)'; \
	done

torture: build ## kill a program that writes to a case, KILLS times; make each of its writes and syncs fail in turn
	@COGNATE_TORTURE=1 $(SWIFT) build -c $(CONFIGURATION) --product cognate-torture
	@Tests/Torture/run --kills $(KILLS)

docs: setup ## write the reference of the library's modules to .build/docs
	@.ci/docs

clean: ## remove everything that was built, and ./demo
	@rm -rf .build .build-address .build-thread .build-fuzz .build-core Benchmarks/.build demo
