source "$(dirname "$0")/lib/common.sh"
fake tc <<< 'exit 0'
fake ip <<< 'echo "mount --make-shared /run/netns failed: Operation not permitted" >&2; exit 1' # fault: not root
run "$root/eng/namespaces.sh"
expect_code 1
expect_printed 'it takes root and a kernel that allows it: mount --make-shared /run/netns failed: Operation not permitted'

fake dotnet <<'END'
for argument in "$@"; do [[ $argument == trx\;LogFileName=* ]] && trx=${argument#trx;LogFileName=}; done
printf '<ResultSummary><Counters total="1" executed="1" passed="1" failed="0" error="0" /></ResultSummary>\n' > "$trx"
END
ACTORFED_TEST_NOTE='left out: some' run "$root/eng/run-tests.sh" '' Good.dll
expect_code 0
expect_said 'test: left out: some'
[[ $(tail -n 1 "$work/out") == '1 passed, 0 failed, 0 skipped' ]] || fail "the last line is not the count"
