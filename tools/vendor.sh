#!/bin/sh
# Copy the browser libraries, with their licences, from the npm package into static/vendor.
# Run by hand when a version changes; nothing here is needed at run time. Uses the npm client's own settings.
set -eu

HTMX=2.0.11  # htmx 2 only: 4.x is another thing

here=$(cd "$(dirname "$0")/.." && pwd)
to="$here/xieshang/web/static/vendor/htmx"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
npm pack --silent "htmx.org@$HTMX" >/dev/null
tar xzf "htmx.org-$HTMX.tgz"
mkdir -p "$to"
cp package/dist/htmx.min.js package/LICENSE "$to/"
printf 'htmx %s, from the npm package htmx.org, unchanged. Copied by tools/vendor.sh.\nsha256 %s\n' \
  "$HTMX" "$(sha256sum "$to/htmx.min.js" | cut -d' ' -f1)" >"$to/VERSION"
echo "htmx $HTMX copied to $to"
