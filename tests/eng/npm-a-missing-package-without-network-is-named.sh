source "$(dirname "$0")/lib/common.sh"
source "$(dirname "$0")/lib/registry.sh"

network_gone # fault: the first run has no network
run "$root/eng/setup/npm.sh" "$work/npm.lock"
expect_code 4
expect_said 'npm package toy@1.0.0: npm could not fetch it'
expect_said "$toy"
expect_said 'EAI_AGAIN'
[[ ! -e $toy ]] || fail "half a package was installed"
