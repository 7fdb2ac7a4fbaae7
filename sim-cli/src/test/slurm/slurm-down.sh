#!/usr/bin/env bash
# Stops what slurm-up.sh started in DIR, and the jobs of it; nothing else.
#
# usage: slurm-down.sh DIR
set -uo pipefail
export PATH=$PATH:/usr/sbin:/sbin
dir=$1
export SLURM_CONF=$dir/etc/slurm.conf
[ -d "$dir/run" ] || exit 0

ours() { [ -n "${1:-}" ] && tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -qE 'slurmctld|slurmd|munged'; }
stop() {
    local pid
    pid=$(cat "$1" 2>/dev/null)
    if ours "$pid"; then
        kill "$pid" 2>/dev/null
        for _ in $(seq 1 40); do
            ours "$pid" || break
            sleep 0.1
        done
        ours "$pid" && kill -9 "$pid"
    fi
    rm -f "$1"
}

if ours "$(cat "$dir/run/slurmctld.pid" 2>/dev/null)"; then
    timeout 5 scancel -f --user="$(id -un)" 2>/dev/null
    for _ in $(seq 1 20); do
        [ -z "$(timeout 2 squeue -h -t R,CG 2>/dev/null)" ] && break
        sleep 0.25
    done
fi
for file in "$dir"/run/slurmd-*.pid; do
    [ -e "$file" ] && stop "$file"
done
stop "$dir/run/slurmctld.pid"
# A slurmstepd outlives its slurmd; those of this cluster have files open below DIR.
for process in /proc/[0-9]*; do
    [ "$(cat "$process/comm" 2>/dev/null)" = slurmstepd ] || continue
    if ls -l "$process/fd" "$process/cwd" 2>/dev/null | grep -q -- "$dir/"; then
        for child in $(cat "$process"/task/*/children 2>/dev/null); do
            kill -9 -- "-$child" 2>/dev/null || kill -9 "$child" 2>/dev/null
        done
        kill -9 "${process#/proc/}" 2>/dev/null
    fi
done
stop "$dir/run/munged.pid"
exit 0
