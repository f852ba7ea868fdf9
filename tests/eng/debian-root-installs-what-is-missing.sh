source "$(dirname "$0")/lib/common.sh"
unset LIBTORCH_HOME
fake id <<< 'echo 0'
fake dpkg-query <<< '[[ ${!#} == libtorch-dev ]] || echo installed'
# fault: the package lists are too old for the first try
fake apt-get <<END
echo "\$*" >> "$work/apt"
[[ "\$*" == *update* ]] && touch "$work/updated"
[[ -e "$work/updated" ]]
END

run "$root/eng/setup/debian.sh" run
expect_code 0
[[ $(wc -l < "$work/apt") == 3 ]] || fail "expected install, update, install: $(< "$work/apt")"
grep -q 'install -y --no-install-recommends libtorch-dev$' "$work/apt" || fail "not only libtorch-dev was asked for: $(< "$work/apt")"

fake apt-get <<< 'exit 100' # fault: the mirror is gone
run "$root/eng/setup/debian.sh" run
expect_code 4
expect_said 'libtorch-dev: apt-get failed'
