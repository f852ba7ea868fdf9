source "$(dirname "$0")/lib/common.sh"
source "$(dirname "$0")/lib/registry.sh"
# A checkout of its own, whose lock file asks for the toy and whose native step has nothing to do.
mkdir -p "$work/checkout/kernel/TorchSharp/native"
cp -r "$root/eng" "$root/global.json" "$work/checkout/"
cp "$work/npm.lock" "$work/checkout/eng/npm.lock"
printf '#!/bin/sh\n' > "$work/checkout/kernel/TorchSharp/native/build.sh"
chmod +x "$work/checkout/kernel/TorchSharp/native/build.sh"

pids=()
for i in 1 2 3; do
    "$work/checkout/eng/setup.sh" 2> "$work/err.$i" & pids+=($!)
done
for pid in "${pids[@]}"; do
    wait "$pid" || fail "one of three runs failed: $(cat "$work"/err.*)"
done
[[ $(times_asked) == 1 ]] || fail "npm was asked $(times_asked) times"
