# `make` lists the targets. All that is needed is Go, git and make; a target that needs more installs it through
# Debian's packages where it may, and says so where it may not.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := help

GO ?= go
PREFIX ?= /usr/local
PLATFORMS ?= linux/amd64 linux/arm64 darwin/arm64
FUZZTIME ?= 10s
BENCH ?= .
BENCHTIME ?= 1s
# 1: `make bench` fails where a ratio misses its target. Not the default: a busy machine is no broken program.
STRICT ?=

# The version that a commit stands for: its tag, or the next release with the commit; empty where there is no commit.
NEXT := 0.1.0-dev
RELEASE ?= $(shell git describe --tags --match 'v[0-9]*' --dirty 2>/dev/null | sed 's/^v//')
ifeq ($(RELEASE),)
RELEASE := $(shell git describe --always --exclude '*' --dirty 2>/dev/null | sed 's/^/$(NEXT)+g/')
endif

# The same bytes from the same commit, whoever builds them: no paths, no state of the checkout, no local settings of Go.
BUILD := CGO_ENABLED=0 GOFLAGS= GOAMD64=v1 GOARM64=v8.0 $(GO) build -trimpath -buildvcs=false
LDFLAGS := -X main.release=$(RELEASE)

GOLANGCI_VERSION := v2.15.0
GOLANGCI := bin/tools/golangci-lint-$(GOLANGCI_VERSION)-$(shell $(GO) env GOVERSION)/golangci-lint
INTEROP := bin/tools/interop
FOLDERS := archive cmd crawler extract
SCRIPTS := .ci/run .ci/need .ci/fuzz .ci/notices .ci/release .ci/units .ci/ratios_test docs/deploy/notify

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## build bin/infocus: static, for this machine
	$(BUILD) -ldflags '$(LDFLAGS)' -o bin/infocus ./cmd/infocus

.PHONY: version
version: ## print the version that this commit builds
	@echo '$(or $(RELEASE),$(NEXT))'

.PHONY: demo
demo: build ## the whole job against the built-in replica of the site, no network
	bin/infocus demo

.PHONY: test
test: ## the tests, under two minutes
	$(GO) test -timeout 5m ./...

.PHONY: race
race: ## the tests of what runs at once, with the race detector (needs a C compiler)
	@.ci/need gcc gcc libc6-dev || { echo 'race: skipped, the race detector needs a C compiler'; exit 0; }; \
	set -x; CGO_ENABLED=1 $(GO) test -race -short ./archive ./archive/warc/... ./crawler/...

.PHONY: lint
lint: $(GOLANGCI) ## format, vet, linters, modules, scripts
	@unformatted=$$(gofmt -l $(FOLDERS)); [ -z "$$unformatted" ] || { echo "gofmt -w would change:"; echo "$$unformatted"; exit 1; }
	$(GO) vet -tags slow ./...
	GOOS=darwin GOARCH=arm64 $(BUILD) -o /dev/null ./cmd/infocus
	$(GOLANGCI) run
	$(GO) mod tidy -diff
	$(GO) mod verify
	.ci/ratios_test
	@if .ci/need shellcheck; then set -x; shellcheck $(SCRIPTS); else echo 'lint: shellcheck skipped'; fi

.PHONY: fuzz-short
fuzz-short: ## every fuzz target for FUZZTIME (10s)
	.ci/fuzz $(FUZZTIME)

.PHONY: bench
bench: ## benchmarks, and the ratios of docs/speed.tsv (BENCH=regexp, BENCHTIME=1s, STRICT=1)
	@.ci/need wget || echo 'bench: wget is missing, what is compared with it will not be measured'
	@mkdir -p bin
	$(GO) test -tags slow -run '^$$' -bench '$(value BENCH)' -benchtime $(BENCHTIME) -benchmem -timeout 30m ./... | tee bin/bench.txt | grep -vE '^(PASS|ok|[?])\b|^[?] '
	@awk -v strict='$(STRICT)' -f .ci/ratios.awk docs/speed.tsv bin/bench.txt

.PHONY: interop
interop: ## independent readers and writers of WARC, for the tests that compare with them
	@.ci/need wget || echo 'interop: wget is missing, tests with it will be skipped'
	@.ci/need node nodejs && .ci/need npm || { echo 'interop: node or npm is missing, tests with warcio will be skipped'; exit 0; }; \
	set -x; mkdir -p $(INTEROP) && cp .ci/interop/package*.json $(INTEROP) && npm ci --prefix $(INTEROP) --ignore-scripts --no-audit --no-fund </dev/null

.PHONY: units
units: build ## systemd's own check of the unit files in docs/deploy
	.ci/units bin/infocus

.PHONY: soak
soak: units interop ## the slow tests: killed crawls, full disks, other programs' WARC; under 15 minutes
	if [ -d $(INTEROP)/node_modules/warcio ]; then export INFOCUS_WARCIO='$(CURDIR)/$(INTEROP)/node_modules/warcio'; fi; \
	$(GO) test -tags slow -timeout 14m ./...

.PHONY: release
release: ## dist/: archives for PLATFORMS with SHA256SUMS, the same bytes from the same commit
	PLATFORMS='$(PLATFORMS)' RELEASE='$(or $(RELEASE),$(NEXT))' BUILD="$(BUILD) -ldflags '-s -w $(LDFLAGS)'" GO='$(GO)' .ci/release

.PHONY: install
install: build ## install the program below PREFIX (/usr/local); DESTDIR is put before it
	install -D -m 755 bin/infocus '$(DESTDIR)$(PREFIX)/bin/infocus'

.PHONY: clean
clean: ## remove what make has built; archives are left alone
	rm -rf bin dist

$(GOLANGCI):
	GOBIN='$(abspath $(@D))' GOFLAGS= $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
