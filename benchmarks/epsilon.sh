#!/usr/bin/env bash
# Runs 50 M venue messages (bytes, decoder, ring, journal, engine, bot) on a heap that is never collected: whatever
# allocates per event ends it. Writes about 5 GB to a scratch directory and deletes them.
# usage: benchmarks/epsilon.sh [events=50000000] [batch=8]          (SCRATCH=dir chooses the disk)
set -euo pipefail

case ${1:-} in -h | --help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"; exit 0 ;; esac

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$(dirname "$here")
. "$here/build.sh"

scratch=${SCRATCH:-$here/target/scratch}
# Two collectors at once are an error, so the one that the options file chooses is turned off first.
exec "$java" @"$root/tools/jvm.options" -XX:-UseParallelGC -XX:+UnlockExperimentalVMOptions -XX:+UseEpsilonGC \
    -Xms512m -Xmx512m -XX:+ExitOnOutOfMemoryError -Dlockstep.scratch="$scratch" \
    -cp "$classpath" org.lockstep.benchmarks.latency.LongRun "$@"
