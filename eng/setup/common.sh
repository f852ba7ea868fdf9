# Sourced by every step of the set-up: where things are, and how to say that something is missing.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${ACTORFED_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/actorfed}

say() { printf 'set-up: %s\n' "$*" >&2; }

# Exit code 4 of the contract of a run: something needed is missing, and the message says how to get it.
missing() {
    printf 'set-up: missing: %s\n' "$*" >&2
    exit 4
}

is_root() { [[ $(id -u) == 0 ]]; }

need_command() { command -v "$1" > /dev/null || missing "the command $1 (Debian package ${2:-$1})"; }

need_dotnet() {
    command -v dotnet > /dev/null || missing "the .NET SDK 10: see https://learn.microsoft.com/dotnet/core/install/linux-debian"
    local said
    said=$(cd "$root" && dotnet --version 2>&1) || missing "a .NET SDK that fits global.json; dotnet says: $said"
}
