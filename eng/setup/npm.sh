#!/usr/bin/env bash
# Brings the npm packages of eng/npm.lock into CACHE/npm/node_modules: pinned version, pinned SHA-512, all or nothing.
# Every run checks every file against the sums taken at unpacking; a package that differs is named and fetched again.
# usage: eng/setup/npm.sh [LOCK-FILE]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
lock=${1:-$root/eng/npm.lock}
modules=$cache/npm/node_modules
sums=.actorfed-sums # first line: the line of the lock file; then sha256 of every file

scratch=
trap '[[ -z $scratch ]] || rm -rf "$scratch"' EXIT

integrity() { # file -> sha512-BASE64, as npm writes it
    printf "$(sha512sum "$1" | cut -d' ' -f1 | sed 's/../\\x&/g')" | base64 -w0 | sed 's/^/sha512-/'
}

is_intact() { # package-line folder; says what is broken
    [[ -d $2 ]] || return 1
    [[ -f $2/$sums ]] || { say "broken: $2 has no list of sums"; return 1; }
    [[ $(head -n1 "$2/$sums") == "# $1" ]] || { say "outdated: $2 is not $1"; return 1; }
    local bad
    bad=$(cd "$2" && sha256sum --check --quiet "$sums" 2> /dev/null | head -n1) || true
    [[ -z $bad ]] || { say "broken: $2/${bad%%:*} differs from what was unpacked"; return 1; }
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
    (cd "$scratch/new" && find . -type f ! -name "$sums" -print0 | sort -z | xargs -0 sha256sum > ../sums.txt)
    { printf '# %s %s %s\n' "$1" "$2" "$3"; cat "$scratch/sums.txt"; } > "$scratch/new/$sums"
    [[ ! -e $folder ]] || mv "$folder" "$scratch/old"
    mv -T "$scratch/new" "$folder" # a rename: readers see the whole package or none
    rm -rf "$scratch"
    scratch=
}

mkdir -p "$modules"
while read -r name version hash; do
    [[ -z $name || $name == \#* ]] && continue
    is_intact "$name $version $hash" "$modules/$name" || fetch "$name" "$version" "$hash"
done < "$lock"
