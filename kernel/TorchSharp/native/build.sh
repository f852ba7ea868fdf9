#!/usr/bin/env bash
# Compiles the C ABI over libtorch.    usage: build.sh [output.so]
# LIBTORCH_HOME: the folder of a libtorch or pip wheel (include/ and lib/; CUDA is linked where it is there). Unset: Debian's libtorch-dev.
# Nothing is compiled when sources, flags and libtorch are those of the last time (hash beside the output).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$here/build/libactorfed_torch.so}
cxx=${CXX:-g++}
home=${LIBTORCH_HOME:-}
if [ -n "$home" ]; then
    version_h=$home/include/torch/csrc/api/include/torch/version.h
else
    version_h=/usr/include/torch/csrc/api/include/torch/version.h
fi
if [ ! -r "$version_h" ]; then
    echo "build.sh: no libtorch headers at $version_h." >&2
    echo "          Install them (apt-get install libtorch-dev) or point LIBTORCH_HOME at a libtorch folder with include/ and lib/." >&2
    exit 4
fi
version_text=$(<"$version_h")
[[ $version_text =~ TORCH_VERSION_MAJOR\ ([0-9]+) ]] && major=${BASH_REMATCH[1]}
[[ $version_text =~ TORCH_VERSION_MINOR\ ([0-9]+) ]] && minor=${BASH_REMATCH[1]}
std=c++17
if ((major > 2 || (major == 2 && minor >= 11))); then std=c++20; fi
flags=(-std=$std -O2 -fPIC -fvisibility=hidden -Wall -Wno-unused-parameter -Wno-sign-compare)
libs=(-ltorch -ltorch_cpu -lc10)
if [ -n "$home" ]; then
    flags+=(-isystem "$home/include" -isystem "$home/include/torch/csrc/api/include")
    [ -e "$home/lib/libtorch_cuda.so" ] && libs+=(-Wl,--no-as-needed -ltorch_cuda -lc10_cuda)
    libs=(-L"$home/lib" "-Wl,-rpath,$home/lib" "${libs[@]}")
    # A wheel says which C++ ABI it was built with; ours must be the same one.
    if grep -qs _ZN3c105ErrorC2ENS_14SourceLocationESs "$home/lib/libc10.so"; then flags+=(-D_GLIBCXX_USE_CXX11_ABI=0); fi
fi
sources=("$here"/*.cpp)
stamp=$(cat "$here"/*.cpp "$here"/*.h "$version_h" "${BASH_SOURCE[0]}" <(echo "$cxx ${flags[*]} ${libs[*]}") | sha256sum)
if [ -e "$out" ] && [ "$(cat "$out.stamp" 2>/dev/null)" = "$stamp" ]; then
    echo "native binding: up to date ($out, libtorch $major.$minor)"
    exit 0
fi
mkdir -p "$(dirname "$out")"
work=$(mktemp -d "$(dirname "$out")/objects.XXXXXX")
trap 'rm -rf "$work"' EXIT
echo "native binding: compiling ${#sources[@]} files against libtorch $major.$minor (-std=$std) ..."
export cxx work
printf '%s\0' "${sources[@]}" | xargs -0 -P "$(nproc)" -I{} bash -c '
    "$cxx" "${@:2}" -c "$1" -o "$work/$(basename "$1" .cpp).o"' _ {} "${flags[@]}"
"$cxx" -shared "$work"/*.o -o "$work/out.so" "${libs[@]}" -s
mv -f "$work/out.so" "$out"
echo "$stamp" >"$out.stamp"
echo "native binding: $out ($(stat -c %s "$out") bytes)"
