source "$(dirname "$0")/lib/common.sh"
unset LIBTORCH_HOME
fake id <<< 'echo 1000'
fake dpkg-query <<< 'exit 1' # fault: nothing is installed
fake apt-get <<< "echo called > '$work/apt-was-called'"

run "$root/eng/setup/debian.sh" run
expect_code 4
expect_said 'run: sudo apt-get install -y --no-install-recommends libtorch-dev libopenblas0-openmp libsqlite3-0'
expect_silent_stdout
[[ ! -e $work/apt-was-called ]] || fail "apt-get ran without being root"
