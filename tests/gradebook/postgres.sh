#!/bin/sh
# Runs the command given against a throw-away PostgreSQL server, which listens on a socket in a folder of its own.
#
#   tests/gradebook/postgres.sh .venv/bin/python -m pytest tests/gradebook
#
# GRADEBOOK_TEST_URL tells the command where the server is. Debian: apt-get install postgresql
set -eu

find_bin() {
	for folder in "${PG_BIN:-}" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr) "$(dirname "$(command -v initdb || echo /nowhere/initdb)")"; do
		if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then echo "$folder"; return; fi
	done
	echo "error: no initdb and pg_ctl of PostgreSQL were found." >&2
	echo "help: apt-get install postgresql, or name their folder in PG_BIN" >&2
	exit 2
}

bin=$(find_bin)
folder=$(mktemp -d "${TMPDIR:-/tmp}/softmark-postgres.XXXXXX")
chmod 755 "$folder"
# The server refuses to run as root.
as=""
if [ "$(id -u)" = 0 ]; then
	chown nobody "$folder"
	as="setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME=$folder"
fi

stop() {
	(cd / && $as "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1) || true
	rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

(cd / && $as "$bin/initdb" -D "$folder/data" -U softmark -A trust -E UTF8 --no-sync >"$folder/../$(basename "$folder").log" 2>&1) || {
	cat "$folder/../$(basename "$folder").log" >&2; exit 1; }
rm -f "$folder/../$(basename "$folder").log"
(cd / && $as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/data/server.log" \
	-o "-c listen_addresses= -c unix_socket_directories=$folder -c fsync=off" start >/dev/null)

GRADEBOOK_TEST_URL="postgresql+psycopg://softmark@/postgres?host=$folder" "$@"
