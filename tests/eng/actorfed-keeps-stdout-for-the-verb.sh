source "$(dirname "$0")/lib/common.sh"
mkdir -p "$work/checkout/eng" "$work/elsewhere"
cp "$root/actorfed" "$work/checkout/"
cp "$root/eng/numerics.sh" "$work/checkout/eng/"
script() { cat > "$work/checkout/eng/$1"; chmod +x "$work/checkout/eng/$1"; }
fake dotnet <<< 'shift; echo "{$*} threads $OMP_NUM_THREADS kernels $OPENBLAS_CORETYPE in $PWD"; exit 3'

script setup.sh <<< 'echo chatter; exit 0'
script build.sh <<< 'echo more chatter; exit 0'
cd "$work/elsewhere"
unset OPENBLAS_CORETYPE
export ACTORFED_CPUINFO=$work/cpuinfo
echo 'flags : avx2 fma avx512f avx512bw avx512cd avx512dq avx512vl' > "$ACTORFED_CPUINFO"
run "$work/checkout/actorfed" simulate --json
expect_code 3 # the verb's own
expect_printed "{simulate --json} threads 1 kernels SKYLAKEX in $work/elsewhere"
[[ $(wc -l < "$work/out") == 1 ]] || fail "something beside the verb wrote to stdout"
expect_said 'more chatter'

script setup.sh <<< 'exit 4' # fault: something needed is missing
run "$work/checkout/actorfed" simulate --json
expect_code 4
expect_silent_stdout
run "$work/checkout/actorfed" doctor
expect_code 3 # doctor runs all the same: it is there to say what is missing

script build.sh <<< 'exit 1' # fault: the sources do not compile
run "$work/checkout/actorfed" doctor
expect_code 1
expect_silent_stdout
