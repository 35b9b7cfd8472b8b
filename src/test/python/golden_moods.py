"""Writes src/test/resources/basewise/scan/ecoli_moods.tsv: the hits of MOODS on E. coli, as counts and checksums.

  python src/test/python/golden_moods.py MOTIFS.meme ECOLI.fna.gz > src/test/resources/basewise/scan/ecoli_moods.tsv

MOODS-python 1.9.4.1 (src/test/scripts/scan-peers.sh installs it) scans with FIMO's whole-number matrices and cutoffs at p < 1e-4, both
computed in scan_peers.py from their definition. A row per motif and strand with hits: id, strand, hits, CRC-32 of the lines
"START SUM" (0-based start, newline behind each) in the order of the starts.
"""
import argparse
import sys
import zlib

import scan_peers

args = argparse.Namespace(motifs=sys.argv[1], pvalue=1e-4, sequences=scan_peers.read_fasta(sys.argv[2]))
assert len(args.sequences) == 1
print("# MOODS-python 1.9.4.1, src/test/python/golden_moods.py, JASPAR 2026 CORE vertebrates, NC_000913.3, p < 1e-4")
rows = {}
for motif, _, start, strand, score, _ in scan_peers.moods_hits(args, True):
    rows.setdefault((motif, strand), []).append((start, round(float(score))))
for (motif, strand), hits in rows.items():
    text = "".join(f"{start} {total}\n" for start, total in sorted(hits))
    print(motif, strand, len(hits), "%08x" % zlib.crc32(text.encode()), sep="\t")
