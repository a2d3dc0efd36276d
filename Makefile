# Two commands do all the set-up: `make run` and `make test`.
.DEFAULT_GOAL := help
VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin

.PHONY: help install run lab test crash notebooks lock clean

help:
	@echo "make run        check both regions, run the series, write runs/"
	@echo "make lab        work in the notebooks, in the browser"
	@echo "make test       every check"
	@echo "make crash      kill the ballot page's server again and again (N=1000); is all there?"
	@echo "make notebooks  rebuild notebooks/nl and notebooks/en from notebooks/src"
	@echo "make lock       refresh requirements.lock from pyproject.toml (needs uv)"

# The stamp holds the environment against both files that define it.
$(VENV)/.installed: requirements.lock pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python $(PYTHON) $(VENV) && \
	  uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  $(PYTHON) -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $@

install: $(VENV)/.installed

# What the methods are compared with, and the cluster; only tests and benchmarks need it.
$(VENV)/.compared: requirements-compare.lock $(VENV)/.installed
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-compare.lock ; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-compare.lock ; \
	fi
	@touch $@

run: install
	$(BIN)/werkboek run --all

lab: install
	$(BIN)/werkboek lab

test: $(VENV)/.compared
	$(BIN)/python scripts/check.py

# Kill the ballot page's server N times under load. STORE=json tries it on a store that must fail.
N ?= 25
STORE ?=
crash: install
	PYTHONPATH=. $(BIN)/python scripts/crash_session.py --times $(N) \
	  $(if $(STORE),--store $(patsubst json,tests.faults.naive_store:NaiveBox,$(STORE)))

notebooks: install
	$(BIN)/python scripts/build_notebooks.py

lock:
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --universal --generate-hashes \
	  --extra dev --no-annotate --python-version 3.11 pyproject.toml -o requirements.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --universal --generate-hashes \
	  --extra cluster --group crosscheck --group bench --no-annotate --python-version 3.11 \
	  -c requirements.lock pyproject.toml -o requirements-compare.lock

clean:
	rm -rf $(VENV) runs
