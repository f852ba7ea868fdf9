source "$(dirname "$0")/lib/common.sh"
chosen() { # flags; CORETYPE that is set already, if any
    printf 'processor\t: 0\nmodel name\t: one that no library knows\nflags\t\t: %s\n' "$1" > "$work/cpuinfo"
    env -u OPENBLAS_CORETYPE ${2:+OPENBLAS_CORETYPE=$2} bash -euo pipefail -c 'source "$1" "$2"; echo "${OPENBLAS_CORETYPE-none} $OMP_NUM_THREADS"' - "$root/eng/numerics.sh" "$work/cpuinfo"
}
expect() { [[ $2 == "$1" ]] || fail "expected $1, got $2"; }

all='fpu sse2 fma avx avx2 avx512f avx512dq avx512cd avx512bw avx512vl'
expect 'SKYLAKEX 1' "$(chosen "$all avx512_bf16 sha_ni")"
expect 'SKYLAKEX 1' "$(chosen "$all")"
expect 'HASWELL 1' "$(chosen 'fpu sse2 fma avx avx2 avx512f')" # a Xeon Phi: half of the instructions
expect 'HASWELL 1' "$(chosen 'fpu sse2 fma avx avx2')"
expect 'none 1' "$(chosen 'fpu sse2 avx2x fmaddsub')" # an old one: OpenBLAS chooses
expect 'HASWELL 1' "$(chosen "$all" HASWELL)" # the user's own

rm "$work/cpuinfo" # fault: no such file, as on other systems
expect 'none 1' "$(env -u OPENBLAS_CORETYPE bash -euo pipefail -c 'source "$1" "$2"; echo "${OPENBLAS_CORETYPE-none} $OMP_NUM_THREADS"' - "$root/eng/numerics.sh" "$work/cpuinfo")"
