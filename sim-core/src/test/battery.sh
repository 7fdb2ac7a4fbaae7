#!/usr/bin/env bash
# The keyed draws through dieharder (Brown; Debian package `dieharder`): each layout of DrawsStream, in which
# neighbouring keys differ in one part, through tests of bits, bytes, runs, ranks, serial patterns and spacings.
#
#   mvn -q -pl sim-core test-compile && sim-core/src/test/battery.sh [LAYOUT...]
#
# Prints a line for each test and layout: its p-values, how many there are and the least, and what dieharder says of the
# worst. Exits with 1 if one FAILED (p below 1e-6). WEAK (p below 0.005 or above 0.995) happens to one in a hundred.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

command -v dieharder >/dev/null || { echo "battery.sh: install dieharder (apt-get install dieharder)" >&2; exit 2; }
[ -d target/test-classes ] || { echo "battery.sh: first run mvn -q -pl sim-core test-compile" >&2; exit 2; }

layouts=("$@")
[ ${#layouts[@]} -gt 0 ] || layouts=(items months nations seeds replicates purposes)
# Numbers of dieharder: birthdays, ranks 32x32, ranks 6x8, count the ones in streams, runs, monobit, runs of bits, serial
# patterns, distribution of bits, distribution of bytes.
tests=(0 2 3 8 15 100 101 102 200 205)

values=0
weak=0
failed=0
printf '%-12s %-22s %8s %12s  %s\n' layout test p-values 'least p' assessment
for layout in "${layouts[@]}"; do
    for test in "${tests[@]}"; do
        extra=()
        [ "$test" -ne 200 ] || extra=(-n 4)
        # The stream never ends by itself: dieharder goes when it has had enough.
        lines=$(java -cp target/classes:target/test-classes twostacks.random.DrawsStream "$layout" 2>/dev/null \
            | dieharder -g 200 -d "$test" "${extra[@]}" -c , -D test_name -D pvalues -D assessment 2>/dev/null || true)
        read -r name count least worst bad thin < <(awk -F , '
            NF >= 3 { gsub(/ /, ""); name = $1; n++; if (n == 1 || $2 < p) p = $2
                      if ($3 ~ /FAILED/) bad++; else if ($3 ~ /WEAK/) thin++ }
            END { if (n == 0) { print "none 0 0 UNREAD 1 0" } else
                  print name, n, p, (bad ? "FAILED" : thin ? "WEAK" : "PASSED"), bad + 0, thin + 0 }' <<<"$lines")
        printf '%-12s %-22s %8d %12s  %s\n' "$layout" "$name" "$count" "$least" "$worst"
        values=$((values + count))
        weak=$((weak + thin))
        failed=$((failed + bad))
    done
done
echo "$values p-values, $weak weak, $failed failed"
[ "$failed" -eq 0 ]
