#!/bin/sh
# Builds the web app in the folder $1 into its dist/, unless nothing there changed since the last build.
# Install scripts are off: one of form-js's dependencies leaves telemetry processes hanging.
set -eu
cd "$1"

installed=node_modules/.package-lock.json
if [ ! -f "$installed" ] || [ package-lock.json -nt "$installed" ]; then
  # npm ci wants every platform's optional packages in the lock file; a registry that lacks some leaves them out of it.
  # npm install takes the same versions from the lock file and forgives that.
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error ||
    npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error
fi

built=dist/index.html
changed=yes
if [ -f "$built" ]; then
  changed=$(find . \( -path ./node_modules -o -path ./dist \) -prune -o -type f -newer "$built" -print | head -n 1)
fi
if [ -n "$changed" ]; then
  npm run --silent build
fi
