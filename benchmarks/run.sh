#!/usr/bin/env bash
# Builds and runs the benchmarks, prints a summary and keeps JSON and logs in benchmarks/target/results.
# usage: benchmarks/run.sh [quick|full]          (SCRATCH=dir chooses the disk that is measured)
set -euo pipefail

mode=${1:-quick}
case $mode in
    quick) jmh=(-f 1 -wi 2 -w 500ms -i 3 -r 500ms); latency=(rounds=3 millis=500); fan=(clients=500 messages=100); replay=(frames=5000000 runs=3) ;;
    full) jmh=(); latency=(rounds=10 millis=2000); fan=(); replay=(frames=20000000 runs=5) ;;
    *) echo "run.sh: found '$mode', allowed quick or full" >&2; exit 2 ;;
esac

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$(dirname "$here")
. "$here/build.sh"

results=$here/target/results
mkdir -p "$results"
run=("$java" @"$root/tools/jvm.options" -Dlockstep.scratch="${SCRATCH:-$here/target/scratch}" -cp "$classpath")
# The journal, the engine and the raw limits below them are measured side by side: only figures of one run compare.
"${run[@]}" org.openjdk.jmh.Main ${jmh[@]+"${jmh[@]}"} -foe true -prof gc -rf json -rff "$results/jmh.json" 'micro\.' |
    tee "$results/jmh.log" | grep --line-buffered '^# Benchmark:\|^# Parameters' >&2
"${run[@]}" org.lockstep.benchmarks.latency.TickToBotLatency "${latency[@]}" | tee "$results/latency.txt"
echo
"${run[@]}" org.lockstep.benchmarks.latency.ClientFanOut ${fan[@]+"${fan[@]}"} | tee "$results/fanout.txt"
echo
"${run[@]}" org.lockstep.benchmarks.latency.ReplayThroughput "${replay[@]}" | tee "$results/replay.txt"
echo
"${run[@]}" org.lockstep.benchmarks.latency.KillSwitchLatency | tee "$results/kill-switch.txt"
echo
"${run[@]}" org.lockstep.benchmarks.latency.Summary "$results/jmh.json"
