source "$(dirname "$0")/lib/common.sh"
source "$(dirname "$0")/lib/registry.sh"

run "$root/eng/setup/npm.sh" "$work/npm.lock"
expect_code 0
[[ -f $toy/package.json && -f "$toy/data/chair with space.txt" ]] || fail "the package is not in $toy"
network_gone
run "$root/eng/setup/npm.sh" "$work/npm.lock"
expect_code 0
[[ $(times_asked) == 1 ]] || fail "npm was asked $(times_asked) times"
[[ -z $(find "$ACTORFED_CACHE/npm" -maxdepth 1 -name '.fetch.*') ]] || fail "a scratch folder was left behind"
