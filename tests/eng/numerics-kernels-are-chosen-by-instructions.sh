source "$(dirname "$0")/lib/common.sh"
export ACTORFED_CPUINFO=$work/cpuinfo
processor() { printf 'processor\t: 0\nmodel name\t: one that no library knows\nflags\t\t: %s\n' "$1" > "$ACTORFED_CPUINFO"; }
chosen() { # CORETYPE that is set already, if any; as ./actorfed simulate does it, with arguments of its own
    env -u OPENBLAS_CORETYPE ${1:+OPENBLAS_CORETYPE=$1} bash -euo pipefail -c 'source "$0"; echo "${OPENBLAS_CORETYPE-none} $OMP_NUM_THREADS"' "$root/eng/numerics.sh" simulate --json
}
expect() { [[ $2 == "$1" ]] || fail "expected $1, got $2"; }

all='fpu sse2 fma avx avx2 avx512f avx512dq avx512cd avx512bw avx512vl'
processor "$all avx512_bf16 sha_ni"
expect 'SKYLAKEX 1' "$(chosen)"
expect 'HASWELL 1' "$(chosen HASWELL)" # the user's own
processor "$all"
expect 'SKYLAKEX 1' "$(chosen)"
processor 'fpu sse2 fma avx avx2 avx512f' # a Xeon Phi: half of the instructions
expect 'HASWELL 1' "$(chosen)"
processor 'fpu sse2 fma avx avx2'
expect 'HASWELL 1' "$(chosen)"
processor 'fpu sse2 avx2x fmaddsub' # an old one: OpenBLAS chooses
expect 'none 1' "$(chosen)"
printf 'processor\t: 0\nFeatures\t: fp asimd\n' > "$ACTORFED_CPUINFO" # ARM
expect 'none 1' "$(chosen)"
rm "$ACTORFED_CPUINFO" # fault: no such file, as on other systems
expect 'none 1' "$(chosen)"
