source "$(dirname "$0")/lib/common.sh"
fake dotnet <<< 'echo "A compatible .NET SDK was not found. Requested SDK version: 10.0.100"; exit 145' # fault: an old SDK
run "$root/eng/setup.sh"
expect_code 4
expect_said 'a .NET SDK that fits global.json'
expect_said '10.0.100'
