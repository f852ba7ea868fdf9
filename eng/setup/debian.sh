#!/usr/bin/env bash
# Installs the packages of eng/debian.txt that are not there, by apt when root; else prints the one line to run.
# usage: eng/setup/debian.sh ROLE...
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

is_there() { # package probe
    case $2 in
        command:*) command -v "${2#command:}" > /dev/null ;;
        # A libtorch of one's own (LIBTORCH_HOME) takes the place of Debian's and brings its own BLAS.
        *) [[ -n ${LIBTORCH_HOME-} && $1 != libsqlite3-0 ]] || [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null) == installed ]] ;;
    esac
}

absent=()
while read -r role package probe; do
    [[ -z $role || $role == \#* || " $* " != *" $role "* ]] && continue
    is_there "$package" "$probe" || [[ " ${absent[*]-} " == *" $package "* ]] || absent+=("$package")
done < "$root/eng/debian.txt"
[[ ${#absent[@]} == 0 ]] && exit 0

line="apt-get install -y --no-install-recommends ${absent[*]}"
command -v apt-get > /dev/null || missing "${absent[*]}: this system has no apt-get; install them by its own means, or set LIBTORCH_HOME"
is_root || missing "${absent[*]}; run: sudo $line"

say "installing ${absent[*]}"
export DEBIAN_FRONTEND=noninteractive
apt=(apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
install=("${apt[@]}" install -y --no-install-recommends "${absent[@]}")
# Lists that were never fetched or are old make the first try fail: that is what an update is for.
"${install[@]}" >&2 || { "${apt[@]}" update >&2 && "${install[@]}" >&2; } || missing "${absent[*]}: apt-get failed; run: $line"
