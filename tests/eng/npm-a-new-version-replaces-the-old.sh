source "$(dirname "$0")/lib/common.sh"
source "$(dirname "$0")/lib/registry.sh"
mkdir -p "$toy"
echo "# toy 0.9.0 sha512-old" > "$toy/.actorfed-sums" # an intact package of an older lock file
echo 'old' > "$toy/gone.txt"

run "$root/eng/setup/npm.sh" "$work/npm.lock"
expect_code 0
expect_said 'outdated'
[[ -f $toy/package.json && ! -e $toy/gone.txt ]] || fail "the old version is still there"
