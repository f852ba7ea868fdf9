source "$(dirname "$0")/lib/common.sh"
source "$(dirname "$0")/lib/registry.sh"
real=$(command -v sha256sum)
fake sha256sum <<< "[[ \$* != *--check* ]] || echo x >> '$work/checked'; exec $real \"\$@\""
times_checked() { [[ ! -f $work/checked ]] && echo 0 || wc -l < "$work/checked"; }

run "$root/eng/setup/npm.sh" "$work/npm.lock"
run "$root/eng/setup/npm.sh" "$work/npm.lock"
expect_code 0
[[ $(times_checked) == 0 ]] || fail "an untouched package was read again"

chmod u+x "$toy/package.json" # nothing of the contents changed, but the file was touched
run "$root/eng/setup/npm.sh" "$work/npm.lock"
run "$root/eng/setup/npm.sh" "$work/npm.lock"
expect_code 0
[[ $(times_checked) == 1 ]] || fail "a touched package was read $(times_checked) times, expected once"

cp -p "$toy/package.json" "$work/times"
printf '{ "name": "TOY" }\n' > "$toy/package.json" # fault: other bytes, the same size
touch -r "$work/times" "$toy/package.json" # and the same time of modification
run "$root/eng/setup/npm.sh" "$work/npm.lock"
expect_code 0
expect_said 'package.json differs from what was unpacked'
[[ $(< "$toy/package.json") == '{ "name": "toy" }' ]] || fail "the broken file was not mended"
