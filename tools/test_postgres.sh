#!/bin/sh
# A PostgreSQL of the tests' own, in a scratch folder, on a free port; prints DATABASE_URL. Stop: test_postgres.sh stop FOLDER
# As root the server runs as the system's `postgres` user, since it refuses to run as root.
set -eu
BIN=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)" 2>/dev/null || true)
[ -x "$BIN/initdb" ] || { echo "no PostgreSQL: install Debian's package 'postgresql'" >&2; exit 2; }
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
if [ "${1:-start}" = stop ]; then as "$BIN/pg_ctl" -D "$2/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$2"; exit 0; fi
FOLDER=$(mktemp -d /tmp/xieshang-pg.XXXXXX)
[ "$(id -u)" = 0 ] && chown postgres "$FOLDER"
PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as "$BIN/initdb" -D "$FOLDER/data" -U xieshang -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
as "$BIN/pg_ctl" -D "$FOLDER/data" -w -l "$FOLDER/log" -o "-p $PORT -k $FOLDER -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200" start >/dev/null
as "$BIN/createdb" -h 127.0.0.1 -p "$PORT" -U xieshang xieshang
echo "postgresql://xieshang@127.0.0.1:$PORT/xieshang $FOLDER"
