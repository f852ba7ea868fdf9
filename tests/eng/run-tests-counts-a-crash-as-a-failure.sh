source "$(dirname "$0")/lib/common.sh"
# Each assembly's name tells how its test host ends.
fake dotnet <<'END'
for argument in "$@"; do [[ $argument == trx\;LogFileName=* ]] && trx=${argument#trx;LogFileName=}; done
counters() { printf '<ResultSummary><Counters total="%s" executed="%s" passed="%s" failed="%s" error="0" /></ResultSummary>\n' "$@" > "$trx"; }
case $2 in
    *Good*) counters 7 5 5 0 ;;
    *Bad*) counters 4 4 3 1; exit 1 ;;
    *Crash*) counters 3 3 3 0; exit 1 ;;
    *Messy*) touch "$TMPDIR/forgotten" "$TMPDIR/dotnet-diagnostic-1-2-socket"; counters 2 2 2 0 ;;
    *Vanished*) exit 134 ;;
    *Empty*) exit 0 ;;
esac
END

run "$root/eng/run-tests.sh" '' Good.dll
expect_code 0
expect_printed '5 passed, 0 failed, 2 skipped'
run "$root/eng/run-tests.sh" '' Good.dll Empty.dll Bad.dll
expect_code 1
expect_printed '8 passed, 1 failed, 2 skipped'
run "$root/eng/run-tests.sh" '' Crash.dll Good.dll # fault: the host dies after its last test
expect_code 1
expect_said 'Crash ended with exit code 1'
expect_printed '8 passed, 1 failed, 2 skipped'
run "$root/eng/run-tests.sh" '' Vanished.dll Good.dll # fault: the host dies before it can write results
expect_code 1
expect_said 'Vanished left no results (exit code 134)'
expect_printed '5 passed, 1 failed, 2 skipped'
run "$root/eng/run-tests.sh" '' Empty.dll # fault: nothing was tested at all
expect_code 1
expect_printed '0 passed, 0 failed, 0 skipped'
run "$root/eng/run-tests.sh" '' Messy.dll Good.dll # fault: a test leaves a file behind
expect_code 1
expect_said 'Messy left in its temporary folder: forgotten'
expect_printed '7 passed, 1 failed, 2 skipped'
