#!/usr/bin/env bash
# Makes a Python virtual environment with the peers that the scanning benchmarks compare with:
#   src/test/scripts/scan-peers.sh FOLDER    then use FOLDER/bin/python
# Tried with Python 3.11 (another one than python3: PYTHON=python3.11 src/test/scripts/...), its venv and pip. MOODS is
# published as source only, so a C++ compiler and Python's headers are needed for it. Whatever cannot be installed is named
# and left out (exit code 1); src/test/python/scan_peers.py then times the rest. The product itself needs none of this.
set -u
if [ $# -ne 1 ]; then
  echo "usage: $0 FOLDER" >&2
  exit 2
fi
"${PYTHON:-python3}" -m venv "$1" || exit 1
missing=0
for peer in numpy==2.4.6 lightmotif==0.10.1 memelite==0.5.0 pymemesuite==0.1.0a4 MOODS-python==1.9.4.1; do
  if "$1/bin/python" -m pip -q --disable-pip-version-check install "$peer"; then
    echo "$peer"
  else
    echo "$peer could not be installed" >&2
    missing=1
  fi
done
exit $missing
