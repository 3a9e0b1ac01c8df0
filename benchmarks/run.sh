#!/usr/bin/env bash
# Builds, runs every benchmark one after the other, keeps JSON, HdrHistogram logs and one HTML page in
# benchmarks/target/results (what an earlier run left there is deleted), and prints what reached its target.
# usage: benchmarks/run.sh [quick|full|ci] [PROGRAM...]      (SCRATCH=dir chooses the disk that is measured)
#   quick: under 5 minutes in all; full: longer and steadier; ci: about a minute, what a shared machine can tell.
#   PROGRAM: only these, by the names that --help lists; "micro" is JMH.
#   NEW_BASELINE=FILE also writes the ratios of a whole run, quick or full, as a baseline; committed is
#   benchmarks/baseline.json.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$(dirname "$here")

# lines: NAME CLASS | quick | full | ci, all that are below and in programs.conf.
lines() {
    sed -n 's/^each "\(.*\)"$/\1/p' "$here/run.sh"
    [ ! -f "$here/programs.conf" ] || sed -n '/^[a-z]/p' "$here/programs.conf"
}
# programs [COLUMN]: names of all, or of those that a mode's column does not leave out.
programs() {
    echo micro
    lines | awk -F'|' -v column="${1:-0}" '{ split($1, name, " "); arguments = column ? $column : ""
        gsub(/[ \t]/, "", arguments); if (arguments != "-") print name[1] }'
}
refuse() { echo "run.sh: $*" >&2; exit 2; }

mode=${1:-quick}
case $mode in
    -h | --help)
        sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$here/run.sh"
        echo "  programs:" $(programs)
        exit 0 ;;
    quick) column=2 ;;
    full) column=3 ;;
    ci) column=4 ;;
    *) refuse "found '$mode', allowed quick, full or ci" ;;
esac
shift $(($# > 0))
only=" $* "

# Whatever is refused is refused before anything is built or deleted.
for name in "$@"; do
    grep -qxF -- "$name" <<<"$(programs)" || refuse "found program '$name', allowed" $(programs)
    grep -qxF -- "$name" <<<"$(programs $column)" || refuse "$mode has no $name; it has:" $(programs $column)
done
[ -z "${NEW_BASELINE:-}" ] || { [ "$only" = "  " ] && [ "$mode" != ci ]; } ||
    refuse "NEW_BASELINE=$NEW_BASELINE needs a whole run, quick or full without a PROGRAM: a part would replace the rest"
scratch=${SCRATCH:-$here/target/scratch}
{ mkdir -p "$scratch" && probe=$(mktemp "$scratch/probe-XXXXXX") && rm -f "$probe"; } 2>/dev/null ||
    refuse "SCRATCH=$scratch cannot be written"

. "$here/build.sh"

results=$here/target/results
rm -rf "$results"
mkdir -p "$results"
run=("$java" @"$root/tools/jvm.options" -Dlockstep.scratch="$scratch" -cp "$classpath")
began=$(date +%s)

# The journal, the engine and the limits below them are measured side by side: only figures of one run compare.
wanted() { [ "$only" = "  " ] || [[ "$only" == *" $1 "* ]]; }

# program NAME CLASS [ARGUMENT...]: runs it, with its result in NAME.json; one that fails is reported and does not end the run.
failed=()
program() {
    local name=$1 class=org.lockstep.benchmarks.$2
    shift 2
    wanted "$name" || return 0
    echo "== $name ($(($(date +%s) - began)) s)" >&2
    "${run[@]}" "$class" "$@" json="$results/$name.json" >"$results/$name.txt" 2>"$results/$name.log" ||
        { failed+=("$name"); tail -n 3 "$results/$name.log" >&2; }
}

# pick QUICK FULL CI: the words of the mode, "-" for a program that the mode leaves out.
pick() { case $mode in quick) echo "$1" ;; full) echo "$2" ;; ci) echo "$3" ;; esac; }

# each LINE: NAME CLASS | quick | full | ci
each() {
    local names arguments
    IFS='|' read -r names q f c <<<"$1"
    arguments=$(pick "$q" "$f" "$c")
    [ "$(echo $arguments)" = "-" ] || program $names $arguments
}

# Quick: what a ratio with a target is made of.
micro='micro\.(Decode|DecodePeers)Benchmark|HopBenchmark\.(rawDisruptor|rawChronicle|journaledHopToBot)'
case $mode in
    quick) jmh=(-f 1 -wi 3 -w 400ms -i 6 -r 150ms "$micro" -p batch=1,16 -p kind=BOOK_TICKER,TRADE,DEPTH_10) ;;
    full) jmh=('micro\.') ;;
    ci) jmh=(-f 1 -wi 4 -w 400ms -i 5 -r 120ms 'micro\.(Decode|DecodePeers)Benchmark' -p kind=BOOK_TICKER,DEPTH_10) ;;
esac
if wanted micro; then
    echo "== micro" >&2
    "${run[@]}" org.lockstep.benchmarks.micro.MicroRun "${jmh[@]}" -foe true -prof gc -rf json -rff "$results/jmh.json" \
        json="$results/micro.json" \
        >"$results/jmh.log" 2>&1 || { failed+=(micro); tail -n 3 "$results/jmh.log" >&2; }
fi

each "tick-to-bot latency.TickToBotLatency | rounds=3 millis=300 rates=10000,300000,1000000 | rounds=10 millis=2000 rates=1000,10000,300000,1000000 | rounds=2 millis=200"
each "throughput latency.SustainedThroughput | frames=3000000 rounds=2 | frames=20000000 rounds=6 | frames=1000000 rounds=2"
each "replay latency.ReplayThroughput | frames=3000000 runs=5 | frames=20000000 runs=5 | frames=1000000 runs=2"
each "kill-switch latency.KillSwitchLatency | rounds=600 | | -"
[ ! -f "$here/programs.conf" ] || while read -r line; do
    case $line in '' | '#'*) ;; *) each "$line" ;; esac
done <"$here/programs.conf"

# What the host is like, beside the figures taken on it.
if [ "$mode" = full ] && [ "$only" = "  " ]; then
    echo "== doctor ($(($(date +%s) - began)) s)" >&2
    "${run[@]}" org.lockstep.tools.Lockstep doctor --dir "$scratch" \
        >"$results/doctor.txt" 2>"$results/doctor.log" || true
fi

# A baseline without what failed would call it new for ever.
if [ -n "${NEW_BASELINE:-}" ] && [ ${#failed[@]} -gt 0 ]; then
    echo "run.sh: $NEW_BASELINE is not written, because programs failed: ${failed[*]}" >&2
    NEW_BASELINE=
fi

echo >&2
commit=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
git -C "$root" diff --quiet HEAD -- 2>/dev/null || commit="$commit, changed"
"${run[@]}" org.lockstep.benchmarks.report.Report results="$results" baseline="$here/baseline.json" \
    html="$results/report.html" commit="$commit" mode="$mode" seconds=$(($(date +%s) - began)) date="$(date -u +%FT%TZ)" \
    ${NEW_BASELINE:+new-baseline="$NEW_BASELINE"} | tee "$results/summary.txt"
if [ ${#failed[@]} -gt 0 ]; then
    echo "failed: ${failed[*]} (logs in $results)" >&2
    exit 1
fi
