# Sourced by every script test: a scratch folder, commands that are faked by PATH, and three expectations.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/fake"
export PATH=$work/fake:$PATH
export ACTORFED_CACHE=$work/cache
mkdir -p "$ACTORFED_CACHE/npm"

fake() { # name; the body of the command comes on stdin
    { echo '#!/usr/bin/env bash'; cat; } > "$work/fake/$1"
    chmod +x "$work/fake/$1"
}

fail() {
    echo "FAILED: $*" >&2
    [[ ! -f $work/out ]] || sed 's/^/  stdout: /' "$work/out" >&2
    [[ ! -f $work/err ]] || sed 's/^/  stderr: /' "$work/err" >&2
    exit 1
}

run() { "$@" > "$work/out" 2> "$work/err" < /dev/null; code=$?; }
expect_code() { [[ $code == "$1" ]] || fail "exit code $code, expected $1"; }
expect_said() { grep -qF -- "$1" "$work/err" || fail "stderr does not say: $1"; }
expect_printed() { grep -qxF -- "$1" "$work/out" || fail "stdout has no line: $1"; }
expect_silent_stdout() { [[ ! -s $work/out ]] || fail "stdout is not empty"; }
