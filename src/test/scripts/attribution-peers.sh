#!/usr/bin/env bash
# Makes a Python virtual environment with the peers that the attribution benchmark compares with:
#   src/test/scripts/attribution-peers.sh FOLDER    then use FOLDER/bin/python
# Tried with Python 3.11 (another one than python3: PYTHON=python3.11 src/test/scripts/...), its venv and pip; PyTorch alone is
# some hundred megabytes. The product itself needs none of this.
set -eu
if [ $# -ne 1 ]; then
  echo "usage: $0 FOLDER" >&2
  exit 2
fi
"${PYTHON:-python3}" -m venv "$1"
"$1/bin/python" -m pip -q --disable-pip-version-check install torch==2.15.0 tangermeme==1.6.0 captum==0.9.0
"$1/bin/python" -m pip --disable-pip-version-check list | grep -iE '^(torch|tangermeme|captum|numpy) '
