#!/usr/bin/env bash
# The workflow's test profile through a real SLURM on this one machine, and the same without it: the same bytes.
# By hand, as root, on Debian 12:  apt install slurmctld slurmd slurm-client munge  (SLURM 22.05)
# Usage: slurm-by-hand.sh FOLDER      an empty or new folder; daemons, work and results stay in it
# NEXTFLOW names the engine's command (default: nextflow). Build first: ./basewise --version
set -euo pipefail
[ $# -eq 1 ] || { sed -n '2,6p' "$0"; exit 2; }
here=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd)
mkdir -p "$1"
root=$(CDPATH='' cd -- "$1" && pwd)
nextflow=${NEXTFLOW:-nextflow}
node=$(hostname -s)
mkdir -p "$root"/{state,spool,log,slurm,local}

# A key for munge, which signs what the daemons say to each other.
dd if=/dev/urandom of="$root/munge.key" bs=1024 count=1 status=none
chmod 400 "$root/munge.key"
chmod 755 "$root"
memory=$(awk '/MemTotal/ {print int($2 / 1024 * 0.9)}' /proc/meminfo)
cat > "$root/slurm.conf" <<END
ClusterName=byhand
SlurmctldHost=$node(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket=$root/munge.socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$root/state
SlurmdSpoolDir=$root/spool
SlurmctldPidFile=$root/slurmctld.pid
SlurmdPidFile=$root/slurmd.pid
SlurmctldLogFile=$root/log/slurmctld
SlurmdLogFile=$root/log/slurmd
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
NodeName=$node NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$memory State=UNKNOWN
PartitionName=byhand Nodes=$node Default=YES MaxTime=INFINITE State=UP
END
export SLURM_CONF=$root/slurm.conf

stop() {
  pkill -F "$root/slurmd.pid" 2> /dev/null || true
  pkill -F "$root/slurmctld.pid" 2> /dev/null || true
  pkill -F "$root/munged.pid" 2> /dev/null || true
}
trap stop EXIT
munged --force --key-file "$root/munge.key" --socket "$root/munge.socket" --pid-file "$root/munged.pid" \
  --log-file "$root/log/munged" --seed-file "$root/munge.seed"
slurmctld -i
slurmd
for _ in $(seq 60); do
  sinfo -h -o %T | grep -q idle && break
  sleep 1
done
sinfo

run() { # FOLDER PROFILE ARGS
  local folder=$1 profile=$2
  shift 2
  (cd "$root/$folder" && "$nextflow" run "$here/workflows/main.nf" -profile "$profile" --outdir out "$@")
}
run slurm test,slurm --queue byhand
run local test,standard
grep -q slurm "$root/slurm/.nextflow.log"

# run.json and report.html say when and how long; all else is bytes.
status=0
cd "$root/local/out"
while IFS= read -r file; do
  case "$file" in ./pipeline_info/* | */run.json | */report.html) continue ;; esac
  if cmp -s "$file" "$root/slurm/out/$file"; then
    echo "same  $file"
  else
    echo "OTHER $file"
    status=1
  fi
done < <(find . -type f | sort)
echo "jobs that SLURM ran: $(grep -c 'Sched.*JobId=\|Allocate JobId=' "$root/log/slurmctld")"
exit $status
