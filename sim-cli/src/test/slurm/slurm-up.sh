#!/usr/bin/env bash
# Starts a real Slurm of one's own on loopback: munged, slurmctld and a few slurmd on this machine; no systemd, no
# accounting. Needs slurmctld, slurmd, slurm-client and munge; needs no root.
#
# usage: slurm-up.sh DIR [NODES] [PORT]
#
# Prints the path of slurm.conf, to be put into SLURM_CONF. Starting it again starts whatever has died.
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin
dir=$1 nodes=${2:-4} port=${3:-27000}
host=$(hostname -s)
me=$(id -un)
plugins=$(dirname "$(find /usr/lib /usr/lib64 -name accounting_storage_none.so 2>/dev/null | head -n 1)")
umask 022
mkdir -p "$dir"/{etc,run,log,state,spool}
chmod 0755 "$dir" "$dir"/{etc,run,log,state,spool} # munged refuses a socket in a directory that others may write to

# Whether the process of a pid file is alive and what it should be. A killed daemon may linger as a zombie, which has no
# command line.
alive() {
    local pid
    pid=$(cat "$1" 2>/dev/null) && [ -n "$pid" ] && tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q -- "$2"
}

[ -s "$dir/etc/munge.key" ] || mungekey --create --keyfile="$dir/etc/munge.key"
chmod 0600 "$dir/etc/munge.key"
echo 'CgroupPlugin=cgroup/v1' >"$dir/etc/cgroup.conf"
export SLURM_CONF=$dir/etc/slurm.conf
[ -e "$SLURM_CONF" ] || cat >"$SLURM_CONF" <<END
ClusterName=loop
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$me
SlurmdUser=$me
AuthType=auth/munge
CredType=cred/munge
# A job that is requeued waits until its credential has expired: 5 s and not 120.
AuthInfo=socket=$dir/run/munge.sock,cred_expire=5
PluginDir=$plugins
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool/%n
SlurmctldPidFile=$dir/run/slurmctld.pid
SlurmdPidFile=$dir/run/slurmd-%n.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
JobAcctGatherType=jobacct_gather/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
AccountingStorageType=accounting_storage/none
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0,sched_min_interval=0
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
ReturnToService=2
JobRequeue=1
SlurmctldTimeout=5
SlurmdTimeout=5
InactiveLimit=0
KillWait=10
MinJobAge=600
NodeName=c[1-$nodes] NodeHostname=$host NodeAddr=127.0.0.1 Port=[$((port + 1))-$((port + nodes))] CPUs=1 RealMemory=1024
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP PriorityTier=1
PartitionName=urgent Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=10 PreemptMode=OFF
END

if ! alive "$dir/run/munged.pid" munged; then
    rm -f "$dir"/run/munge.sock*
    munged --num-threads=2 --key-file="$dir/etc/munge.key" --socket="$dir/run/munge.sock" \
        --pid-file="$dir/run/munged.pid" --log-file="$dir/log/munged.log" --seed-file="$dir/run/munged.seed" \
        --force >/dev/null 2>&1
fi
alive "$dir/run/slurmctld.pid" slurmctld || slurmctld -f "$SLURM_CONF" >/dev/null 2>&1
for i in $(seq 1 "$nodes"); do
    mkdir -p "$dir/spool/c$i"
    alive "$dir/run/slurmd-c$i.pid" "slurmd -N c$i " || slurmd -N "c$i" -f "$SLURM_CONF" >/dev/null 2>&1
done
end=$((SECONDS + 30))
up=0
while [ $SECONDS -lt $end ]; do
    # Clients hang for ten seconds when the controller is away.
    up=$(timeout 2 sinfo -h -N -p main -o %T 2>/dev/null | grep -cE '^(idle|mixed|allocated)$' || true)
    if [ "$up" = "$nodes" ]; then
        echo "$SLURM_CONF"
        exit 0
    fi
    sleep 0.25
done
echo "slurm-up: $up of $nodes nodes are ready" >&2
tail -n 5 "$dir"/log/*.log >&2
exit 1
