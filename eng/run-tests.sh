#!/usr/bin/env bash
# Runs every built test project, one after another, and closes with one line: "N passed, N failed, N skipped".
# A test host that crashes, hangs or leaves no results counts as a failed test. usage: eng/run-tests.sh [FILTER] [ASSEMBLY...]
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
filter=${1-}
shift || true
assemblies=("$@")
if [[ ${#assemblies[@]} == 0 ]]; then
    for project in "$root"/tests/*/*.csproj; do
        name=$(basename "$project" .csproj)
        assemblies+=("$(dirname "$project")/bin/embedded/Release/net10.0/$name.dll")
    done
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0
# A folder for temporary files that nothing else uses: what a project leaves there is a fault of its tests.
export TMPDIR=$results/tmp
mkdir "$TMPDIR"

runtime='^(\.dotnet|clr-debug-pipe-.*|dotnet-diagnostic-.*|MSBuildTemp.*|NuGetScratch.*|VSTest.*|vstest.*)$' # of .NET itself, not of a test

count() { sed -n "s/.*<Counters[^>]* $2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n1; } # trx attribute

for assembly in "${assemblies[@]}"; do
    name=$(basename "$assembly" .dll)
    trx=$results/$name.trx
    # Ten minutes without a test ending is a hang: the host is ended and the run goes on with the next project.
    dotnet test "$assembly" ${filter:+--filter "$filter"} --nologo \
        --logger "trx;LogFileName=$trx" --logger "console;verbosity=minimal" \
        --blame-hang --blame-hang-timeout 10min --blame-hang-dump-type none --results-directory "$results"
    code=$?
    if [[ ! -f $trx ]]; then
        [[ $code == 0 ]] || { echo "test: $name left no results (exit code $code)" >&2; failed=$((failed + 1)); }
        continue
    fi
    left=$(ls -A "$TMPDIR" | grep -Ev "$runtime" | tr '\n' ' ')
    [[ -z $left ]] || { echo "test: $name left in its temporary folder: $left" >&2; failed=$((failed + 1)); rm -rf "${TMPDIR:?}"/*; }
    total=$(count "$trx" total) good=$(count "$trx" passed) executed=$(count "$trx" executed)
    bad=$((${executed:-0} - ${good:-0}))
    # The host can end without naming a failed test: a crash, a hang, a fixture that threw at the end.
    [[ $code == 0 || $bad -gt 0 ]] || { echo "test: $name ended with exit code $code" >&2; bad=1; }
    passed=$((passed + ${good:-0})) failed=$((failed + bad)) skipped=$((skipped + ${total:-0} - ${executed:-0}))
done

[[ -z ${ACTORFED_TEST_NOTE-} ]] || echo "test: $ACTORFED_TEST_NOTE" >&2
echo "$passed passed, $failed failed, $skipped skipped"
[[ $failed == 0 && $passed -gt 0 ]]
