#!/usr/bin/env bash
# Builds the Host in Release when anything it is made of changed since the last build.
# exit codes: 0 built, 1 does not compile (a bug), 4 a NuGet package cannot be restored
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
host=$root/src/ActorFed.Host
mkdir -p "$host/obj"
exec 9>"$host/obj/build.lock"
flock 9 # two runs at once: the second waits, then finds it built

# Names, sizes and times of every source: a thousand stat calls, some milliseconds, where MSBuild needs seconds.
print_sources() {
    cd "$root"
    find src kernel hocon Directory.* global.json eng/npm.lock eng/debian.txt eng/BannedSymbols.txt \( -name bin -o -name obj \) -prune -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort
}
stamp=$host/obj/build.stamp
now=$(print_sources | sha256sum)
[[ -f $stamp && $(cat "$stamp") == "$now" && -f $host/bin/embedded/Release/net10.0/ActorFed.Host.dll ]] && exit 0

cd "$root"
{
    # Node reuse would leave processes that hold our pipes and the lock's folder after we are gone.
    # Locked: what is restored is what the committed lock files say, or nothing. Who changes a dependency restores by hand.
    dotnet restore "$host" --locked-mode -nodeReuse:false -v quiet -nologo || {
        echo "build: missing: a NuGet package could not be restored (see above); a feed is needed for the first build" && exit 4
    }
    dotnet build "$host" -c Release --no-restore -nodeReuse:false -v quiet -nologo || exit 1
} >&2 9>&-
printf '%s\n' "$now" > "$stamp"
