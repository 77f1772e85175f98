# One line per habit. `make` alone lists them.

PYTHON ?= python3
PORT ?= 8000
RUN = .venv/bin/python -m
export OMP_NUM_THREADS ?= 1

SOURCES = $(shell find solutions autograder unrolled -name '*.py') nbgrader_config.py pyproject.toml

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

course: setup  ## everything once: book, exercises, a graded demonstration class
	@$(MAKE) --no-print-directory exercises book
	@$(RUN) autograder demo
	@$(MAKE) --no-print-directory grade
	@$(RUN) autograder where

book: setup  ## execute the chapters and build the web book into _build/html
	@$(RUN) autograder book

exercises: setup _build/exercises.stamp  ## make the students' notebooks from solutions/

_build/exercises.stamp: $(SOURCES)
	@$(RUN) autograder exercises
	@mkdir -p _build && touch $@

grade: setup exercises  ## grade what lies in gradebook/submitted (ASSIGNMENT="rnn" for one assignment)
	@$(RUN) autograder grade $(ASSIGNMENT)

check: lint  ## between edits: lint, types and the tests that the change can break
	@$(RUN) pytest -q -n 2 --dist loadgroup --affected

test: setup  ## run all tests; of what was proved before and has not changed, a tenth is proved again
	@$(RUN) pytest -n 2 --dist loadgroup

proof: setup  ## prove everything that the ledger holds again, and write it anew
	@$(RUN) pytest -n 2 --dist loadgroup --prove

lint: setup  ## ruff, mypy, and which room may import which
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports --no-logo --no-cache

serve: book  ## serve the book at http://localhost:8000 (PORT=...)
	@$(RUN) http.server $(PORT) --bind 127.0.0.1 --directory _build/html

lab: setup  ## open the exercises in JupyterLab, with the book beside them if it is built
	@UNROLLED_BOOK=$${UNROLLED_BOOK-http://localhost:$(PORT)} $(RUN) autograder.lab $(PORT)

quality: setup  ## measure how good the checks are, for the book's table (some minutes)
	@$(RUN) autograder quality

hostile: setup  ## grade the bank of hostile submissions, here and by nbgrader alone, for the book's table
	@UNROLLED_GRADEBOOK=$$(mktemp -d) $(RUN) autograder hostile --stock

bench: setup  ## run the side-by-side measurements of benchmarks/
	@for file in benchmarks/*.py; do .venv/bin/python $$file || exit 1; done

setup:  ## make .venv from requirements.lock
	@command -v $(PYTHON) >/dev/null || { echo "Unrolled needs Python 3.11 or later: install python3 and run make again."; exit 1; }
	@$(PYTHON) bootstrap.py

.PHONY: help course book exercises grade check test proof lint serve lab quality hostile bench setup
