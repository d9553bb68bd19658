# `make atlas` builds the maps and reports, `make test` runs every check; each sets itself up.
# Paths stay relative, so that a folder with a space in its name is no obstacle.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
SOURCES := pyproject.toml constraints.txt hatch_build.py
WEB := $(shell find maps/web -path '*/node_modules' -prune -o -type f -print 2>/dev/null)

.PHONY: atlas test lint types layers tests shapes clean

atlas: $(VENV)/.installed maps/static/hashes.json
	$(RUN) corridors.cli atlas -o build/atlas

test: $(VENV)/.installed-dev maps/static/hashes.json
	sh scripts/ensure_chromium.sh
	$(MAKE) --no-print-directory lint types layers tests

lint: ; $(RUN) ruff check .
types: ; $(RUN) mypy
layers: ; $(VENV)/bin/lint-imports
tests: ; $(RUN) pytest

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Set PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || sh scripts/ensure_venv.sh $(PYTHON) $(VENV)

$(VENV)/.installed: $(SOURCES) | $(VENV)/bin/python
	$(RUN) pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.installed-dev: $(SOURCES) | $(VENV)/bin/python
	$(RUN) pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@ $(VENV)/.installed

# The editable install has built the bundle; this builds it again after a change of maps/web.
maps/static/hashes.json: $(WEB)
	$(RUN) maps.bundle

# Tell whether the drawn lines are what their sources give; needs the 300 MB of scgraph_data.
shapes: $(VENV)/.installed-dev
	$(RUN) pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[shapes]'
	$(RUN) scripts.build_shapes --check

clean:
	rm -rf build maps/static .mypy_cache .ruff_cache .hypothesis
