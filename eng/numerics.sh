# Sourced before anything that computes: what libgomp and OpenBLAS read once, when they are loaded.
# Workers are the parallelism: one thread each.
export OMP_NUM_THREADS=1

# Sums of other kernels differ in their last bits, and OpenBLAS chooses kernels by the processor's model: two machines with the same wide
# instructions may get different ones. So they are chosen by instructions (docs/decisions/0007-kernels-by-instructions.md). A choice of
# the user's own stays. (Not by $1: to what is sourced that is its caller's.)
blas_kernels() { # cpuinfo
    local flags
    flags=" $(grep -m1 '^flags' "$1" 2>/dev/null) "
    has() { local f; for f in "$@"; do [[ $flags == *" $f "* ]] || return 1; done; }
    if has avx512f avx512bw avx512cd avx512dq avx512vl fma; then
        echo SKYLAKEX
    elif has avx2 fma; then
        echo HASWELL
    fi
}
if [[ -z ${OPENBLAS_CORETYPE-} ]]; then
    OPENBLAS_CORETYPE=$(blas_kernels "${ACTORFED_CPUINFO:-/proc/cpuinfo}")
    if [[ -n $OPENBLAS_CORETYPE ]]; then export OPENBLAS_CORETYPE; else unset OPENBLAS_CORETYPE; fi
fi
