"""Peers of `basewise scan`: how long they take, and where they find hits.

  scan_peers.py time --motifs FILE --fasta FILE [--pvalue P] [--peer NAME ...] [--work N] [--fimo-work N] [--repeat N]
  scan_peers.py hits --motifs FILE --fasta FILE [--pvalue P] --peer moods-sums|moods-bits|lightmotif|fimo

Both scan both strands on one thread. FILEs may be gzipped; motifs are MEME text with letter probabilities.

`time` prints a row per peer: peer, motifs, bases, seconds (best of --repeat), hits, tab-separated. Encoded sequences, matrices and
thresholds are made before the clock starts where a peer lets them be (memelite does all in one call). With --work a peer
scans so many strand-motif-positions at most: fewer motifs, picked evenly, then fewer bases; FIMO has its own limit. Thresholds
are each peer's own for the p-value, so hits differ: where even the best site of a narrow motif is not so rare, MOODS takes the
best sites, lightmotif none or, by rounding, the best; memelite's background is uniform and its p-values are coarser.

`hits` prints a row per hit: motif, sequence, 0-based start, strand, score, p-value. What it prints for
  moods-sums   MOODS with FIMO's whole-number matrix and cutoff, both computed here from their definition: p-value "."
  moods-bits   MOODS with the log-odds matrix in bits before rounding, and the same cutoff in bits
  lightmotif   the same as moods-bits, in its 32-bit floats; windows with an N are taken out
  fimo         FIMO itself (MEME Suite 5.5's library, through pymemesuite): score as %g, p as %.3g
"""
import argparse
import gzip
import math
import os
import re
import sys
import time

os.environ["NUMBA_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import numpy

LETTERS = "ACGT"
# FIMO 5: NRDB frequencies, both strands averaged, 5e-7 added, made to sum to 1.
NRDB = [0.281774, 0.222020, 0.228876, 0.267330]
STORED = 1_000_000  # hits that FIMO may keep of a motif
GAP = "N" * 64  # between sequences where a peer takes only one


def background():
    mean = [(NRDB[i] + NRDB[3 - i]) / 2 + 5e-7 for i in range(4)]
    return [x / sum(mean) for x in mean]


def lines(name):
    with (gzip.open if name.endswith(".gz") else open)(name, "rt") as f:
        yield from f


def read_motifs(name):
    """[(id, sites, [width][4] probabilities)] of MEME text."""
    motifs, left = [], 0
    for line in lines(name):
        if left:
            motifs[-1][2].append([float(x) for x in line.split()])
            left -= 1
        elif line.startswith("MOTIF"):
            name = line.split()[1]
        elif line.startswith("letter-probability"):
            left = int(re.search(r"\bw=\s*(\d+)", line).group(1))
            sites = re.search(r"nsites=\s*([0-9.e+]+)", line)
            motifs.append((name, float(sites.group(1)) if sites else 20.0, []))
    return motifs


def read_fasta(name):
    """[(id, letters)]: upper case, and N for all that is not A, C, G or T."""
    found = []
    for line in lines(name):
        if line.startswith(">"):
            found.append((line[1:].split()[0], []))
        else:
            found[-1][1].append(line.strip().upper())
    return [(name, re.sub("[^ACGT]", "N", "".join(parts))) for name, parts in found]


def log_odds(motif):
    """[width, 4] in bits, with FIMO's pseudocount of 0.1."""
    bg = background()
    _, sites, rows = motif
    return numpy.array([[math.log2((p * sites + 0.1 * b) / (sites + 0.1) / b) for p, b in zip(row, bg)] for row in rows])


def whole(bits):
    """FIMO's whole numbers [width, 4], scale and offset (scale_pssm, range 1000)."""
    offset = math.floor(bits.max() - 1 if bits.max() == bits.min() else bits.min())
    scale = math.floor(1000 / (bits.max() - offset))
    return numpy.floor((bits - offset) * scale + 0.5).astype(int), scale, offset


def cutoff(cells, p):
    """The smallest sum some window has and whose p-value is at most p; one above all sums if there is none."""
    chance = numpy.ones(1)
    for row in cells:
        longer = numpy.zeros(len(chance) + row.max())
        for cell, b in zip(row, background()):
            longer[cell:cell + len(chance)] += chance * b
        chance = longer
    tail = numpy.cumsum(chance[::-1])[::-1]
    least = int(numpy.count_nonzero(tail > p))
    reached = numpy.flatnonzero(chance[least:])
    return least + int(reached[0]) if len(reached) else least


def other_strand(matrix):
    return matrix[::-1, ::-1]


def columns(matrix):
    return [[float(x) for x in matrix[:, c]] for c in range(4)]


# ---- time


def limited(motifs, bases, work):
    """Evenly picked motifs and a number of bases within so many strand-motif-positions."""
    if not work or 2 * len(motifs) * bases <= work:
        return motifs, bases
    n = max(1, int(work / (2 * bases)))
    return [motifs[i * len(motifs) // n] for i in range(n)], min(bases, int(work / (2 * n)))


def time_lightmotif(motifs, text, p):
    import lightmotif
    striped = lightmotif.stripe(text)
    bg = dict(zip(LETTERS, background()))
    ready = []
    for m in motifs:
        forward = lightmotif.ScoringMatrix(dict(zip(LETTERS, columns(log_odds(m)))), bg)
        for pssm in (forward, forward.reverse_complement()):
            ready.append((pssm, pssm.score(p)))
    return lambda: sum(sum(1 for _ in lightmotif.scan(pssm, striped, threshold=t)) for pssm, t in ready)


def time_moods(motifs, text, p):
    import MOODS.scan
    import MOODS.tools
    bg = background()
    scanners = []
    for first in range(0, len(motifs), 64):  # so that the hits of one call fit the memory
        matrices = []
        for m in motifs[first:first + 64]:
            bits = log_odds(m)
            matrices += [columns(bits), columns(other_strand(bits))]
        scanner = MOODS.scan.Scanner(7)
        scanner.set_motifs(matrices, bg, [MOODS.tools.threshold_from_p(m, bg, p) for m in matrices])
        scanners.append(scanner)
    return lambda: sum(sum(len(hits) for hits in scanner.scan(text)) for scanner in scanners)


def time_memelite(motifs, text, p):
    from memelite import fimo
    codes = numpy.full(256, 4, numpy.int8)
    codes[[ord(c) for c in LETTERS]] = range(4)
    codes = codes[numpy.frombuffer(text.encode(), numpy.uint8)]
    one_hot = numpy.stack([(codes == c).astype(numpy.int8) for c in range(4)])[None]
    pwms = {m[0]: numpy.array(m[2]).T.copy() for m in motifs}
    fimo(pwms, one_hot[:, :, :1000], threshold=p, return_counts=True)  # compiles
    return lambda: int(fimo(pwms, one_hot, threshold=p, return_counts=True).sum())


def fimo_motifs(motifs, name):
    """FIMO's own reading of the motifs, and its background."""
    import io
    from pymemesuite.common import MotifFile
    wanted = {m[0] for m in motifs}
    file = MotifFile(io.BytesIO("".join(lines(name)).encode()), symmetrical=True)
    return [m for m in file if m.accession.decode() in wanted], file.background


def time_fimo(motifs, text, p, name):
    from pymemesuite.common import Sequence
    from pymemesuite.fimo import FIMO
    read, bg = fimo_motifs(motifs, name)
    ready = [m.build_pssm(bg) for m in read]
    sequences = [Sequence(text, name=b"all")]
    fimo = FIMO(threshold=p, max_stored_scores=STORED)
    return lambda: sum(len(fimo.score_pssm(pssm, sequences).matched_elements) for pssm in ready)


PEERS = ["lightmotif", "moods", "memelite", "pymemesuite"]


def print_times(args):
    motifs = read_motifs(args.motifs)
    text = GAP.join(letters for _, letters in read_fasta(args.fasta))
    print("peer\tmotifs\tbases\tseconds\thits")
    for peer in args.peer or PEERS:
        work = args.fimo_work if peer == "pymemesuite" else args.work
        some, bases = limited(motifs, len(text), work)
        piece = text[:bases]
        try:
            if peer == "lightmotif":
                scan = time_lightmotif(some, piece, args.pvalue)
            elif peer == "moods":
                scan = time_moods(some, piece, args.pvalue)
            elif peer == "memelite":
                scan = time_memelite(some, piece, args.pvalue)
            elif peer == "pymemesuite":
                scan = time_fimo(some, piece, args.pvalue, args.motifs)
            else:
                sys.exit("no such peer: " + peer)
        except ImportError as e:
            print(f"{peer} is not installed: {e}", file=sys.stderr)
            continue
        seconds, hits = math.inf, 0
        for _ in range(args.repeat):
            start = time.perf_counter()
            hits = scan()
            seconds = min(seconds, time.perf_counter() - start)
        print(f"{peer}\t{len(some)}\t{bases}\t{seconds:.6f}\t{hits}", flush=True)


# ---- hits


def moods_hits(args, sums):
    import MOODS.scan
    for motif in read_motifs(args.motifs):
        bits = log_odds(motif)
        cells, scale, offset = whole(bits)
        matrices, thresholds, strands = [], [], []
        for strand in "+-":
            integers = cells if strand == "+" else other_strand(cells)
            reals = bits if strand == "+" else other_strand(bits)
            least = cutoff(integers, args.pvalue)
            strands.append(strand)
            matrices.append(columns(integers if sums else reals))
            thresholds.append(least - 0.5 if sums else least / scale + len(bits) * offset)
        scanner = MOODS.scan.Scanner(7)
        scanner.set_motifs(matrices, background(), thresholds)
        for name, letters in args.sequences:
            for strand, hits in zip(strands, scanner.scan(letters)):
                for hit in hits:
                    yield motif[0], name, hit.pos, strand, "%.12g" % hit.score, "."


def lightmotif_hits(args):
    import lightmotif
    bg = dict(zip(LETTERS, background()))
    striped = [(name, letters, lightmotif.stripe(letters)) for name, letters in args.sequences]
    for motif in read_motifs(args.motifs):
        bits = log_odds(motif)
        cells, scale, offset = whole(bits)
        for strand in "+-":
            integers = cells if strand == "+" else other_strand(cells)
            reals = bits if strand == "+" else other_strand(bits)
            least = cutoff(integers, args.pvalue)
            pssm = lightmotif.ScoringMatrix(dict(zip(LETTERS, columns(reals))), bg)
            for name, letters, stripes in striped:
                for hit in lightmotif.scan(pssm, stripes, threshold=least / scale + len(bits) * offset):
                    if "N" in letters[hit.position:hit.position + len(bits)]:
                        continue  # it adds 0 bits for an N; all others leave such windows out
                    yield motif[0], name, hit.position, strand, "%.9g" % hit.score, "."


def fimo_hits(args):
    """FIMO's own hits. Three things pymemesuite 0.1.0a4 does otherwise than the fimo program are set right here: it leaves out
    a sequence's last window (an N is put behind), keeps p below instead of at most the threshold (the next double), and gives the
    other strand the forward strand's table of p-values (the other strand is scanned as a motif of its own, as fimo does)."""
    from pymemesuite.common import Sequence
    from pymemesuite.fimo import FIMO
    fimo = FIMO(threshold=math.nextafter(args.pvalue, 1), max_stored_scores=STORED, both_strands=False)
    motifs, bg = fimo_motifs(read_motifs(args.motifs), args.motifs)
    for motif in motifs:
        for strand, oriented in (("+", motif), ("-", motif.reverse_complement())):
            for name, letters in args.sequences:
                pattern = fimo.score_motif(oriented, [Sequence(letters + "N", name=name.encode())], bg)
                if len(pattern.matched_elements) >= STORED:
                    sys.exit("too many hits for FIMO to keep: a smaller piece or a smaller p-value is needed")
                for hit in pattern.matched_elements:
                    score = "%g" % float("%.10g" % hit.score)
                    yield motif.accession.decode(), name, hit.start - 1, strand, score, "%.3g" % hit.pvalue


def print_hits(args):
    args.sequences = read_fasta(args.fasta)
    (peer,) = args.peer
    if peer in ("moods-sums", "moods-bits"):
        found = moods_hits(args, peer == "moods-sums")
    elif peer == "lightmotif":
        found = lightmotif_hits(args)
    elif peer == "fimo":
        found = fimo_hits(args)
    else:
        sys.exit("no such peer: " + peer)
    print("motif\tsequence\tstart\tstrand\tscore\tpvalue")
    for hit in found:
        print(*hit, sep="\t")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["time", "hits"])
    parser.add_argument("--motifs", required=True)
    parser.add_argument("--fasta", required=True)
    parser.add_argument("--pvalue", type=float, default=1e-4)
    parser.add_argument("--peer", action="append")
    parser.add_argument("--work", type=float, default=0)
    parser.add_argument("--fimo-work", type=float, default=1e8)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    (print_times if arguments.what == "time" else print_hits)(arguments)
