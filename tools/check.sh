#!/bin/sh
# What is quick: format, lint, types, imports, templates, migrations, messages, sizes. The same command here and in CI.
set -eu
cd "$(dirname "$0")/.."
BIN=.venv/bin
export XIESHANG_DATA="${TMPDIR:-/tmp}/xieshang-check" DJANGO_SETTINGS_MODULE=xieshang.web.settings_test
say() { printf '%s\n' "· $1"; }
say format;     $BIN/ruff format --check -q .
say lint;       $BIN/ruff check -q .
say types;      $BIN/mypy --no-error-summary xieshang
say imports;    $BIN/lint-imports --no-logo 2>/dev/null | grep -E "BROKEN|Contracts:" ; $BIN/lint-imports >/dev/null
say templates;  $BIN/djlint --lint --quiet xieshang
say security;   $BIN/bandit -q -r xieshang -c pyproject.toml
say migrations; $BIN/python manage.py makemigrations --check --dry-run >/dev/null
say messages;   $BIN/python tools/messages.py check
say docs;       $BIN/python tools/draw.py --check
say sizes;      $BIN/python tools/sizes.py
