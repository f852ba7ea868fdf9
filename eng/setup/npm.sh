#!/usr/bin/env bash
# Brings the npm packages of eng/npm.lock into CACHE/npm/node_modules: pinned version, pinned SHA-512, all or nothing.
# Every file is checked against the sums taken at unpacking, and again when a name, a size or a time of change is not that of the
# last check: nobody can write into a file and keep its time of change. A package that differs is named and fetched again.
# usage: eng/setup/npm.sh [LOCK-FILE]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
lock=${1:-$root/eng/npm.lock}
modules=$cache/npm/node_modules
sums=.actorfed-sums # first line: the line of the lock file; then sha256 of every file
seen=.actorfed-seen # what print_state said when the sums were last found right

scratch=
trap '[[ -z $scratch ]] || rm -rf "$scratch"' EXIT

integrity() { # file -> sha512-BASE64, as npm writes it
    printf "$(sha512sum "$1" | cut -d' ' -f1 | sed 's/../\\x&/g')" | base64 -w0 | sed 's/^/sha512-/'
}

print_state() { # folder -> one hash over the names, sizes and times of change of its files: thousands of stat calls, no byte is read
    (cd "$1" && find . -type f ! -name "$seen*" -printf '%p %s %C@\n' | LC_ALL=C sort | sha256sum)
}

remember() { # folder; a cache that cannot be written is checked in full every time
    { print_state "$1" > "$1/$seen.new" && mv "$1/$seen.new" "$1/$seen"; } 2> /dev/null || true
}

is_intact() { # package-line folder; says what is broken
    [[ -d $2 ]] || return 1
    [[ -f $2/$sums ]] || { say "broken: $2 has no list of sums"; return 1; }
    [[ $(head -n1 "$2/$sums") == "# $1" ]] || { say "outdated: $2 is not $1"; return 1; }
    [[ -f $2/$seen && $(< "$2/$seen") == "$(print_state "$2")" ]] && return 0
    local bad
    bad=$(cd "$2" && sha256sum --check --quiet "$sums" 2> /dev/null | head -n1) || true
    [[ -z $bad ]] || { say "broken: $2/${bad%%:*} differs from what was unpacked"; return 1; }
    remember "$2"
}

fetch() { # name version integrity
    local folder=$modules/$1 archive found
    "$root/eng/setup/debian.sh" fetch
    say "fetching $1@$2"
    scratch=$(mktemp -d "$cache/npm/.fetch.XXXXXX")
    (cd "$scratch" && npm pack --silent "$1@$2" > name.txt 2> npm.txt) ||
        missing "npm package $1@$2: npm could not fetch it and $folder has no intact copy. $(tail -n3 "$scratch/npm.txt" | tr '\n' ' ')"
    archive=$scratch/$(tail -n1 "$scratch/name.txt")
    found=$(integrity "$archive")
    [[ $found == "$3" ]] || missing "npm package $1@$2: wrong hash. eng/npm.lock says $3, the registry sent $found; refused"
    mkdir -p "$scratch/new" "$(dirname "$folder")"
    tar -xzf "$archive" -C "$scratch/new" --strip-components=1 --no-same-owner
    (cd "$scratch/new" && find . -type f ! -name "$sums" ! -name "$seen*" -print0 | sort -z | xargs -0 sha256sum > ../sums.txt)
    { printf '# %s %s %s\n' "$1" "$2" "$3"; cat "$scratch/sums.txt"; } > "$scratch/new/$sums"
    [[ ! -e $folder ]] || mv "$folder" "$scratch/old"
    mv -T "$scratch/new" "$folder" # a rename: readers see the whole package or none
    remember "$folder"
    rm -rf "$scratch"
    scratch=
}

mkdir -p "$modules"
while read -r name version hash; do
    [[ -z $name || $name == \#* ]] && continue
    is_intact "$name $version $hash" "$modules/$name" || fetch "$name" "$version" "$hash"
done < "$lock"
