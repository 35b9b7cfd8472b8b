"""Scores along a genome as other programs read them: UCSC's own code (pybbi), bigtools (pybigtools), libBigWig (pyBigWig).

    python check_tracks.py PEAKS.bed SCORES.npz SCORES.bw SCORES.bedgraph [URL]    # what attribute wrote of the same peaks; they must not overlap

URL is SCORES.bw on a web server that answers byte ranges, as a custom track of UCSC's browser is read.
"""
import sys

import bbi
import numpy as np
import pybigtools
import pyBigWig


def main(peaks, npz, bw, bedgraph, url=None):
    scores = np.load(npz)["arr_0"].sum(axis=1)
    rows = [line.split("\t")[:3] for line in open(peaks) if line.strip()]
    text = {}
    for contig, start, end, value in (line.split("\t") for line in open(bedgraph)):
        text |= {(contig, place): float(value) for place in range(int(start), int(end))}
    readers = {
        "pybbi": lambda c, s, e: bbi.fetch(bw, c, s, e),
        "pybigtools": pybigtools.open(bw).values,
        "pyBigWig": lambda c, s, e: np.array(pyBigWig.open(bw).values(c, s, e)),
        "bedGraph": lambda c, s, e: np.array([text[c, place] for place in range(s, e)]),
    }
    if url:
        readers["pybbi, by its address"] = lambda c, s, e: bbi.fetch(url, c, s, e)
    for name, read in readers.items():
        apart = max(np.abs(read(c, int(s), int(e)) - scores[i]).max() for i, (c, s, e) in enumerate(rows))
        print(f"{name}: {scores.size} bases, at most {apart:.2g} from {npz}")
        assert apart <= (1e-5 if name == "bedGraph" else 0) * max(1, np.abs(scores).max()), name
    summary = bbi.open(bw).info["summary"]
    assert summary["basesCovered"] == scores.size and abs(summary["max"] - scores.max()) < 1e-6, summary


if __name__ == "__main__":
    main(*sys.argv[1:])
