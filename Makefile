# Two commands matter: make run, make test. The others are for whoever changes the code.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PYTHONPATH := src
.PHONY: run test some check fix bench messages migrations clean soak

run: .venv/runtime ## serve the demonstration on http://127.0.0.1:$(PORT)
	@THONGSUOT_DEMO=1 $(BIN)/python -m thongsuot.cli setup --demo
	@THONGSUOT_DEMO=1 $(BIN)/python -m thongsuot.cli serve --port $(PORT)

test: .venv/dev ## every test: rules without Django, apps on SQLite and PostgreSQL, pages, journeys in a browser
	$(BIN)/python tools/test_all.py

check: .venv/dev ## style, types, import contracts, templates
	$(BIN)/ruff check src tests tools bench
	$(BIN)/ruff format --check src tests tools bench
	$(BIN)/lint-imports
	THONGSUOT_TESTING=1 $(BIN)/mypy
	$(BIN)/djlint --lint --quiet src
	THONGSUOT_TESTING=1 $(BIN)/python manage.py makemigrations --check --dry-run

some: .venv/dev ## some tests: make some T=tests/apps/trail; on PostgreSQL with DATABASE_URL=postgresql://… in front
	THONGSUOT_TESTING=1 THONGSUOT_VAR=$$(mktemp -d) $(BIN)/python -m pytest -q -p no:cacheprovider $(T)

fix: .venv/dev ## mend what tools can mend
	$(BIN)/ruff check --fix src tests tools bench
	$(BIN)/ruff format src tests tools bench

bench: .venv/dev ## measure, and print the tables of docs/performance.md
	$(BIN)/python -m bench

soak: .venv/dev ## the long fault runs: kill -9, power cuts, full disk, bit rot, planted mistakes; about an hour
	$(BIN)/python tools/soak.py

messages: .venv/dev ## collect the sentences, and compile those translated into English (needs GNU gettext)
	cd src/thongsuot && ../../$(BIN)/django-admin makemessages -l en --no-location --no-wrap --no-obsolete --ignore '*gallery*'
	msgfmt --check -o src/thongsuot/locale/en/LC_MESSAGES/django.mo src/thongsuot/locale/en/LC_MESSAGES/django.po

migrations: .venv/dev ## make named migrations: make migrations APP=handover NAME=items
	THONGSUOT_TESTING=1 $(BIN)/python manage.py makemigrations $(APP) -n $(NAME)
	THONGSUOT_TESTING=1 $(BIN)/python tools/fold_migrations.py

clean: ## remove the environment and the demonstration's data
	rm -rf .venv var

.venv/runtime: requirements/runtime.txt tools/environment.py
	@$(PYTHON) tools/environment.py runtime
.venv/dev: requirements/dev.txt requirements/runtime.txt tools/environment.py
	@$(PYTHON) tools/environment.py dev
