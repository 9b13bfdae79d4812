# Needs Python 3.11 or newer and a network connection the first time; everything else it gets itself.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
ifndef PYTHON
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$p && break; done)
endif
OURS := .venv/bin/python
# Some machines ask Python to keep nothing of what it compiles; the portal is many processes of fifteen hundred files.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test reset bench assets lock messages venv

run: PURPOSE := run
run: venv ## start the portal with demonstration data: http://localhost:8000, or PORT=...
	@exec $(OURS) -m wbw_portal.launch

test: venv ## every check and every test
	@exec $(OURS) -m tests.checks

reset: ## delete the data of `make run`
	@exec $(PYTHON) -m wbw_portal.embedded

bench: venv assets ## measure the pages against a bare yardstick
	@exec $(OURS) -m benchmarks

assets: venv ## build the style sheet and scripts
	@exec $(OURS) -m wbw_portal.assets

messages: venv ## bring the translation file up to date with the sources
	@exec $(OURS) -m tests.messages

lock: venv ## resolve the dependencies anew: all.txt for development, production.txt for the image
	@.venv/bin/uv pip compile -q --upgrade --universal -p 3.11 --generate-hashes --no-header --all-extras \
		pyproject.toml -o requirements/all.txt
	@.venv/bin/uv pip compile -q --universal -p 3.11 --generate-hashes --no-header -c requirements/all.txt \
		pyproject.toml -o requirements/production.txt

venv:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found. Install it, or say where it is: make PYTHON=..."; exit 1; }
	@$(PYTHON) -m wbw_portal.bootstrap $(PURPOSE)
