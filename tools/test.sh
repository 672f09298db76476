#!/bin/sh
# check, then every test: on SQLite (with the browser and LibreOffice), then on PostgreSQL. Under CI=1 anything missing is a failure.
set -eu
cd "$(dirname "$0")/.."
BIN=.venv/bin
missing=""
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
if [ -n "$missing" ]; then
  echo "Left out: what needs$missing. Get it: apt install$missing fonts-noto-cjk"
  [ "${CI:-}" = 1 ] && exit 1
fi
sh tools/check.sh
export XIESHANG_DATA="${TMPDIR:-/tmp}/xieshang-test.$$" XIESHANG_SECRET_KEY=only-for-tests
mkdir -p "$XIESHANG_DATA"
PG=""
clean() { [ -n "$PG" ] && tools/test_postgres.sh stop "$PG"; rm -rf "$XIESHANG_DATA"; }
trap clean EXIT INT TERM
report="$XIESHANG_DATA/report"
unset DATABASE_URL || true
echo "· tests on SQLite"
$BIN/python -m pytest -n 2 --dist loadgroup -rs -p tools.count --count-file "$report-sqlite" xieshang tests
if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  set -- $(tools/test_postgres.sh); DATABASE_URL=$1; PG=$2; export DATABASE_URL
  echo "· tests on PostgreSQL"
  $BIN/python -m pytest -n 2 --dist loadgroup -rs -p tools.count --count-file "$report-postgresql" -m "not browser and not office" xieshang/base xieshang/work xieshang/measure xieshang/web tests/test_faults.py
fi
$BIN/python -m tools.count "$report-sqlite" "$report-postgresql"
