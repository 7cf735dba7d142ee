# For developers; users `pip install` the package. On a machine with Python 3.11+, git and make:
#
#   make demo    set everything up and solve a sample to files
#   make test    set everything up and run the tests

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SAMPLE ?= samples/cutover.yaml
OUT    ?= out
PYTEST_ARGS ?=
# What is compiled into the package: an edit needs a new install, or the old one runs on.
KERNEL := $(wildcard scheduler/imsgen/solver/_[a-z]*.py scheduler/imsgen/solver/_[a-z]*.pxd)

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types imports format docs build clean pictures

help:           ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 18

# A file of the virtual environment stands for "this much is installed".
$(VENV)/pip.txt:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "imsgen needs Python 3.11 or newer; set PYTHON=python3.11 or newer"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "no virtual environments here: on Debian install python3-venv"; rm -rf $(VENV); exit 1; }
	@echo "Setting up $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@touch $@

$(VENV)/package.txt: $(VENV)/pip.txt pyproject.toml setup.py $(KERNEL)
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/dev.txt: $(VENV)/package.txt
	@$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(VENV)/interop.txt: $(VENV)/dev.txt
	@$(BIN)/python -m pip install --quiet --group interop
	@touch $@

.PHONY: interop
interop: $(VENV)/interop.txt  ## install what the interop tests need from PyPI

demo: $(VENV)/package.txt  ## solve a sample to files
	$(BIN)/imsgen solve $(SAMPLE) -o $(OUT)

test: $(VENV)/dev.txt  ## run the tests
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: lint types imports  ## ruff, mypy --strict and the import contracts

lint: $(VENV)/dev.txt  ## ruff
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/dev.txt  ## mypy --strict
	$(BIN)/mypy

imports: $(VENV)/dev.txt  ## the import contracts
	$(BIN)/lint-imports --no-cache

format: $(VENV)/dev.txt  ## lay the code out
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pictures: $(VENV)/dev.txt  ## the pictures of docs/pictures; needs LibreOffice and poppler
	$(BIN)/python docs/pictures.py

docs: $(VENV)/dev.txt  ## write the generated pages of docs/reference
	$(BIN)/python docs/generate.py

build: $(VENV)/dev.txt  ## wheel and source archive into dist/
	$(BIN)/python -m build

clean:          ## remove what was made
	rm -rf $(VENV) $(OUT) build dist .coverage .*_cache scheduler/*.egg-info
