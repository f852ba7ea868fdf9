#!/usr/bin/env bash
# Can network namespaces with slow lines be made here? Tests with the trait Needs=Namespaces want them.
# Exit codes: 0 yes, 1 no (stdout says why).
set -uo pipefail
name=actorfed-$$-probe
for command in ip tc; do
    command -v "$command" > /dev/null || { echo "$command is missing (package iproute2)"; exit 1; }
done
trap 'ip netns del "$name" 2> /dev/null' EXIT
said=$(ip netns add "$name" 2>&1 \
    && ip -n "$name" link add line type veth peer name end 2>&1 \
    && tc -n "$name" qdisc add dev line root tbf rate 100mbit burst 32k latency 20ms 2>&1) \
    || { echo "it takes root and a kernel that allows it: ${said//$'\n'/; }"; exit 1; }
