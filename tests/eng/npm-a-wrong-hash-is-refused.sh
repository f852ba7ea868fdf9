source "$(dirname "$0")/lib/common.sh"
source "$(dirname "$0")/lib/registry.sh"

echo 'one byte more' >> "$work/registry/toy-1.0.0.tgz" # fault: the registry sends something else than was pinned
run "$root/eng/setup/npm.sh" "$work/npm.lock"
expect_code 4
expect_said 'npm package toy@1.0.0: wrong hash'
expect_said "$toy_hash"
[[ ! -e $toy ]] || fail "the refused package was installed"
[[ -z $(find "$ACTORFED_CACHE/npm" -maxdepth 1 -name '.fetch.*') ]] || fail "a scratch folder was left behind"
