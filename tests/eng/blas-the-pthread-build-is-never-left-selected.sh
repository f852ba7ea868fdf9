source "$(dirname "$0")/lib/common.sh"
unset LIBTORCH_HOME
# fault: another package selected the pthread build
fake update-alternatives <<END
[[ \$1 == --set ]] && { echo "\$*" >> "$work/set"; exit 0; }
echo "Value: /usr/lib/\$(uname -m)-linux-gnu/openblas-pthread/\${2%%-*}"
END

fake id <<< 'echo 1000'
run "$root/eng/setup/blas.sh"
expect_code 4
expect_said 'run: sudo update-alternatives --set libblas.so.3-'
expect_said '&& sudo update-alternatives --set liblapack.so.3-'
[[ ! -e $work/set ]] || fail "it was changed without being root"

fake id <<< 'echo 0'
run "$root/eng/setup/blas.sh"
expect_code 0
[[ $(grep -c openblas-openmp "$work/set") == 2 ]] || fail "not both were selected: $(< "$work/set")"
