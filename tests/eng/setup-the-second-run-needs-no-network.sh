unset_cache=${ACTORFED_CACHE-}
source "$(dirname "$0")/lib/common.sh"
# The machine's own cache, which ./test has just filled.
if [[ -n $unset_cache ]]; then export ACTORFED_CACHE=$unset_cache; else unset ACTORFED_CACHE; fi
for tool in npm apt-get curl wget; do # fault: whatever speaks to the network fails, and is found out
    fake "$tool" <<< "echo $tool >> '$work/spoke'; exit 1"
done

run "$root/eng/setup.sh"
expect_code 0
[[ ! -e $work/spoke ]] || fail "the second run called $(< "$work/spoke")"
expect_silent_stdout
