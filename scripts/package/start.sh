#!/bin/sh
# Starts Tandem CADx on this computer. Uses the file "node" beside it, else the installed Node.js.
cd "$(dirname "$0")" || exit 1
node=./node
[ -x "$node" ] || node=node
leave() {
  printf 'Press Enter to close. '
  read -r _
  exit 1
}
if ! command -v "$node" >/dev/null 2>&1; then
  echo "Node.js is not on this computer. README.txt says what to do."
  leave
fi
"$node" server/node-version.cjs || leave
exec "$node" server/package-start.mjs "$@"
