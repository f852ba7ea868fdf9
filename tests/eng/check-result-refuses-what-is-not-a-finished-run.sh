source "$(dirname "$0")/lib/common.sh"
hash=$(printf 'a%.0s' {1..64})
write() { # completed hash rounds
    echo "{\"completed\":$1,\"adapterSha256\":\"$2\",\"rounds\":$3,\"final\":{\"metric\":\"accuracy\",\"value\":0.5},\"bytes\":{\"up\":1,\"down\":1}}" > "$work/result.json"
}
check() { run node "$root/eng/check-result.js" "$work/result.json" 2; }

write true "$hash" '[{},{}]'
check; expect_code 0
write false "$hash" '[{},{}]'
check; expect_code 1; expect_said 'completed is true'
write true "${hash:1}" '[{},{}]'
check; expect_code 1; expect_said '64 hex digits'
write true "$hash" '[{}]'
check; expect_code 1; expect_said 'there are 2 rounds'
echo 'Restoring packages' >> "$work/result.json" # fault: something else was printed on stdout
check; expect_code 1
