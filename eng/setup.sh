#!/usr/bin/env bash
# Brings what is missing and nothing else: Debian packages, BLAS choice, native binding, npm packages.
# usage: eng/setup.sh [--tests]        exit codes: 0 all there, 4 something is missing (stderr says how to get it)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/setup/common.sh"

roles=(run)
[[ ${1-} == --tests ]] && roles+=(test)

need_command flock util-linux
need_dotnet
mkdir -p "$cache" || missing "the cache folder $cache cannot be made: choose another with ACTORFED_CACHE=FOLDER"
# Two runs at once: the second waits here, then finds everything in place.
exec 9>"$cache/setup.lock"
flock 9

"$here/setup/debian.sh" "${roles[@]}" 9>&-
"$here/setup/blas.sh" 9>&-
"$here/setup/native.sh" 9>&-
"$here/setup/npm.sh" 9>&-
