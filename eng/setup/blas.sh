#!/usr/bin/env bash
# Selects OpenBLAS with OpenMP for libblas.so.3 and liblapack.so.3. The pthread build has a thread pool of its own that
# torch does not control: two threads then are slower than one. Netlib's reference is some 18 times slower.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
[[ -n ${LIBTORCH_HOME-} ]] && exit 0 # brings its own
command -v update-alternatives > /dev/null || exit 0

triplet=$(uname -m)-linux-gnu
todo=()
for library in libblas.so.3 liblapack.so.3; do
    want=/usr/lib/$triplet/openblas-openmp/$library
    is=$(update-alternatives --query "$library-$triplet" 2> /dev/null | sed -n 's/^Value: //p') || true
    [[ $is == "$want" ]] || todo+=("update-alternatives --set $library-$triplet $want")
done
[[ ${#todo[@]} == 0 ]] && exit 0

line=$(printf ' && sudo %s' "${todo[@]}")
is_root || missing "the OpenMP build of OpenBLAS is installed but not selected; run: ${line# && }"
for choice in "${todo[@]}"; do
    say "$choice"
    $choice > /dev/null || missing "the OpenMP build of OpenBLAS could not be selected: $choice"
done
