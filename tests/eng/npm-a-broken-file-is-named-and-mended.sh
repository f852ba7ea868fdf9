source "$(dirname "$0")/lib/common.sh"
source "$(dirname "$0")/lib/registry.sh"
run "$root/eng/setup/npm.sh" "$work/npm.lock"
expect_code 0

printf 'four' > "$toy/data/chair with space.txt" # fault: a shard was cut short
run "$root/eng/setup/npm.sh" "$work/npm.lock"
expect_code 0
expect_said 'chair with space.txt differs from what was unpacked'
[[ $(< "$toy/data/chair with space.txt") == 'four legs' ]] || fail "the broken file was not mended"

rm "$toy/package.json" # fault: a file is gone, and so is the network
network_gone
run "$root/eng/setup/npm.sh" "$work/npm.lock"
expect_code 4
expect_said 'package.json differs from what was unpacked'
expect_said "$toy has no intact copy"
