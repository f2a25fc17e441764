# Two commands do everything: `make run` and `make test`. The rest are their parts.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
BOOK := demo/demo.book
KEY := --key-file demo/demo.key
SECONDSOURCE := $(BIN)/secondsource
APT := $(shell [ "$$(id -u)" = 0 ] || echo sudo) apt-get

.PHONY: run demo test check pictures bench lock clean

run: demo
	$(SECONDSOURCE) serve $(BOOK) $(KEY)

demo: $(VENV)/ready
	@rm -rf demo && mkdir -m 700 demo
	@head -c 24 /dev/urandom | base64 > demo/demo.key
	$(SECONDSOURCE) new $(BOOK) $(KEY)
	$(SECONDSOURCE) add $(BOOK) samples/reports.jsonl $(KEY)
	$(SECONDSOURCE) update $(BOOK) $(KEY)
	$(SECONDSOURCE) incidents $(BOOK) $(KEY)

test: $(VENV)/ready-dev check
	$(BIN)/pytest -n 2

check: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(SECONDSOURCE) packs

pictures: $(VENV)/ready-dev
	SECONDSOURCE_PICTURES=docs/images $(BIN)/pytest tests/web/test_browser.py -k beginning_case

bench: $(VENV)/ready-dev
	for script in bench/*.py; do $(BIN)/python $$script || exit 1; done

$(VENV)/ready: requirements/core.txt pyproject.toml
	$(PYTHON) -m venv $(VENV) || { $(APT) update && $(APT) install -y python3.11-venv && $(PYTHON) -m venv $(VENV); }
	$(BIN)/pip install --quiet --require-hashes -r requirements/core.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements/dev.txt
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	command -v chromium >/dev/null || { $(APT) update && $(APT) install -y --no-install-recommends chromium fonts-noto-cjk; }
	command -v java >/dev/null || { $(APT) update && $(APT) install -y --no-install-recommends openjdk-17-jre-headless; }
	touch $@

# Made anew only when the *.in files change: every package with its hashes. Lines that would name an address go.
lock:
	$(BIN)/pip install --quiet pip-tools
	cd requirements && for set in core dev; do \
	  ../$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --output-file=$$set.txt $$set.in; \
	  sed -i '/^--/d' $$set.txt; done

clean:
	rm -rf $(VENV) demo build src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
