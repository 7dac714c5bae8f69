# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2154 # root, cores and the package lists are of ./dev
# What `./dev test --long` does. Read by ./dev, whose functions it uses.

# Tests of build folder $1 with label $2, one a line; such a test is called like its program.
programs_with_label() {
    ctest --test-dir "build/$1" -N -L "^$2\$" | sed -n 's/^ *Test *#[0-9]*: //p'
}

# The whole suite with the address and undefined-behaviour sanitizers. Leaks are not asked for: what
# the platform plugin and the font library keep until the end would drown ours.
long_sanitizers() {
    configure_and_build asan
    ASAN_OPTIONS=detect_leaks=0:abort_on_error=0 run_tests asan
}

# Only what is free of Qt's own synchronisation, which the thread sanitizer cannot see (label threads).
long_threads() {
    local programs
    say "configuring preset tsan"
    logged build/configure-tsan.log cmake --preset tsan
    mapfile -t programs < <(programs_with_label tsan threads)
    [ "${#programs[@]}" -gt 0 ] || fail "no test carries the label threads"
    say "building ${programs[*]}"
    cmake --build --preset tsan -j "$cores" --target "${programs[@]}"
    TSAN_OPTIONS="halt_on_error=1:suppressions=$root/tests/support/tsan.supp" run_tests tsan -L '^threads$'
}

# Each fuzz target for a minute, from its committed corpus; what it finds stays in build/fuzz/found.
long_fuzz() {
    local name programs seconds=${FUZZ_SECONDS:-60}
    say "configuring preset fuzz"
    logged build/configure-fuzz.log cmake --preset fuzz
    mapfile -t programs < <(ninja -C build/fuzz -t targets all | sed -n '/_autogen/d; s/^\(fuzz_[a-z0-9_]*\): phony$/\1/p')
    [ "${#programs[@]}" -gt 0 ] || fail "there are no fuzz targets"
    say "building ${programs[*]}"
    cmake --build --preset fuzz -j "$cores" --target "${programs[@]}"
    for name in "${programs[@]}"; do
        mkdir -p "build/fuzz/found" "build/fuzz/searched/$name"
        say "$name for $seconds s"
        logged "build/fuzz/$name.log" "build/fuzz/fuzz/$name" -max_total_time="$seconds" -timeout=10 \
            -artifact_prefix="build/fuzz/found/$name-" "build/fuzz/searched/$name" "tests/fuzz/corpus/${name#fuzz_}"
        grep -E '^Done|cov:' "build/fuzz/$name.log" | tail -n 1
    done
}

# Door, adapter and shards under valgrind: Qt's servers themselves are not instrumented (label gateway).
long_valgrind() {
    local programs name
    configure_and_build dev
    mapfile -t programs < <(programs_with_label dev gateway)
    [ "${#programs[@]}" -gt 0 ] || fail "no test carries the label gateway"
    for name in "${programs[@]}"; do
        say "valgrind $name"
        QT_QPA_PLATFORM=offscreen QT_ENABLE_REGEXP_JIT=0 valgrind --quiet --error-exitcode=99 \
            --leak-check=no "build/dev/tests/$name" </dev/null
    done
}

long_tidy() { command_tidy; }

long_packages() {
    command_package
    installer/tests/clean-install.sh build/packages
}

long_next_qt() { tests/architecture/qt68-parse.sh; }

test_long() {
    local step status failed=() steps="sanitizers threads fuzz valgrind tidy packages next_qt"
    [ -z "${LONG_STEPS:-}" ] || steps=$LONG_STEPS
    need "$packages_build $packages_run $packages_test $packages_clang $packages_package $packages_long"
    need_node
    for step in $steps; do
        say "long test: $step"
        # A shell of its own, and not inside a condition, where set -e would not hold.
        set +e
        (set -e; "long_$step")
        status=$?
        set -e
        [ "$status" = 0 ] || failed+=("$step")
    done
    [ "${#failed[@]}" = 0 ] || fail "long tests failed: ${failed[*]}"
    say "long tests passed: $steps"
}
