#!/usr/bin/env python3
"""Remakes the data that ships with Basewise, from package registries only.

Needs Python 3.9, pip, and (for phage lambda) a Debian system with apt-get and dpkg-deb. Run it in the
project's folder; it downloads three packages into a temporary folder (or takes them from the folder
named as its only argument), checks them against the sums below, and writes motifs/ and genomes/.
The same packages give the same text; the .gz files carry no time stamp or name.

The product itself never needs this script, nor Python.
"""

import gzip
import hashlib
import io
import pathlib
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import zipfile

PACKAGES = {
    "pyjaspar-4.0.0-py3-none-any.whl": (
        [sys.executable, "-m", "pip", "-q", "download", "--no-deps", "pyjaspar==4.0.0"],
        "01b393f668c3cb552d3d58262a50005b1410e389e0a6bf5d570e976fbdaf01b3",
    ),
    "gimmemotifs-0.18.4.tar.gz": (
        [sys.executable, "-m", "pip", "-q", "download", "--no-deps", "--no-binary", ":all:", "gimmemotifs==0.18.4"],
        "6da4020f774ebbaa28d4ca4f21b0fe7bad8f2e3c5fe8239ccd2557361174aba7",
    ),
    "bowtie2-examples_2.5.0-3_all.deb": (
        ["apt-get", "-q", "download", "bowtie2-examples=2.5.0-3"],
        "9f9f580954187e501102b13484bdecdc2725155e0b8020e7a056a48a06642118",
    ),
}
EXPECTED_TAXA = {
    "vertebrates": 1019, "plants": 927, "insects": 296, "fungi": 193,
    "nematodes": 103, "urochordates": 94, "diatoms": 1,
}
DIGITS = 6


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def package(folder, name):
    command, expected = PACKAGES[name]
    path = folder / name
    if not path.exists():
        subprocess.run(command, cwd=folder, check=True)
    data = path.read_bytes()
    if sha256(data) != expected:
        sys.exit(f"{name}: not the package this script was written for (sha256 {sha256(data)})")
    return data


def gzipped(text):
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=out, mtime=0) as f:
        f.write(text.encode("ascii"))
    return out.getvalue()


def to_one(column):
    """Frequencies of four counts in units of 10^-DIGITS that sum to exactly 1 (largest remainders)."""
    total, unit = sum(column), 10**DIGITS
    scaled = [x / total * unit for x in column]
    whole = [int(x) for x in scaled]
    order = sorted(range(4), key=lambda i: (-(scaled[i] - whole[i]), i))
    for i in order[: unit - sum(whole)]:
        whole[i] += 1
    return [f"{w // unit}.{w % unit:0{DIGITS}d}" for w in whole]


def jaspar(sqlite_bytes):
    """The newest version of every matrix of JASPAR 2026 CORE: MEME text and a table beside it."""
    with tempfile.NamedTemporaryFile(suffix=".sqlite") as file:
        file.write(sqlite_bytes)
        file.flush()
        db = sqlite3.connect(file.name)
        newest = db.execute(
            """select m.ID, m.BASE_ID || '.' || m.VERSION, m.NAME from MATRIX m
               join (select BASE_ID b, max(VERSION) v from MATRIX where COLLECTION = 'CORE' group by BASE_ID)
                 on b = m.BASE_ID and v = m.VERSION
               where m.COLLECTION = 'CORE' order by m.BASE_ID"""
        ).fetchall()
        notes, counts, proteins, species = {}, {}, {}, {}
        for key, tag, value in db.execute("select ID, TAG, VAL from MATRIX_ANNOTATION order by LOCAL_ID"):
            values = notes.setdefault(key, {}).setdefault(tag, [])
            if value and value.strip() not in values:
                values.append(" ".join(value.split()))
        for key, row, col, value in db.execute("select ID, row, col, val from MATRIX_DATA"):
            counts.setdefault(key, {}).setdefault(col, {})[row] = value
        for key, value in db.execute("select ID, ACC from MATRIX_PROTEIN"):
            proteins.setdefault(key, []).append(value.strip())
        for key, value in db.execute("select ID, SPECIES from MATRIX_SPECIES join TAX using (TAX_ID)"):
            species.setdefault(key, []).append(value)
        db.close()
    meme = ["MEME version 5\n\nALPHABET= ACGT\n\nstrands: + -\n\nBackground letter frequencies\n"
            "A 0.25 C 0.25 G 0.25 T 0.25\n"]
    table = ["id\tname\ttaxon\tclass\tfamily\tspecies\tuniprot\ttype\n"]
    taxa = {}
    for key, name, label in newest:
        label = "_".join(label.split())
        columns = [[counts[key][c][base] for base in "ACGT"] for c in sorted(counts[key])]
        sites = max(1, round(max(sum(c) for c in columns)))
        meme.append(f"\nMOTIF {name} {label}\n")
        meme.append(f"letter-probability matrix: alength= 4 w= {len(columns)} nsites= {sites} E= 0\n")
        meme.extend(" " + " ".join(to_one(c)) + "\n" for c in columns)
        of = notes.get(key, {})
        taxon = of["tax_group"][0]
        taxa[taxon] = taxa.get(taxon, 0) + 1
        cells = [name, label, taxon, "; ".join(of.get("class", [])), "; ".join(of.get("family", [])),
                 "; ".join(sorted(set(species.get(key, [])))), "; ".join(proteins.get(key, [])),
                 "; ".join(of.get("type", []))]
        table.append("\t".join(cells) + "\n")
    if taxa != EXPECTED_TAXA:
        sys.exit(f"JASPAR 2026 CORE: not the expected numbers of motifs: {taxa}")
    return "".join(meme), "".join(table)


def one_line_fasta(text):
    out = []
    for record in text.split(">")[1:]:
        head, _, rest = record.partition("\n")
        out.append(f">{head.strip()}\n{''.join(rest.split())}\n")
    return "".join(out)


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    data = data if isinstance(data, bytes) else data.encode("ascii")
    path.write_bytes(data)
    print(f"{path}\t{len(data)} bytes")
    return sha256(data)


def main():
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else temporary).resolve()
        wheel = zipfile.ZipFile(io.BytesIO(package(folder, "pyjaspar-4.0.0-py3-none-any.whl")))
        meme, table = jaspar(wheel.read("pyjaspar/data/JASPAR2026.sqlite"))
        source = "PyPI pyjaspar 4.0.0 (JASPAR2026.sqlite)"
        rows = ["collection\tfile\twhat\tlicence\tsource\tversion\tsha256\n"]
        for collection, file, what, data in [
            ("jaspar", "JASPAR2026_CORE.meme.gz", "JASPAR CORE, newest version of each of 2,633 matrices", gzipped(meme)),
            ("", "JASPAR2026_CORE.tsv", "taxon, class, family, species, UniProt and assay of each matrix", table.encode()),
        ]:
            digest = write(pathlib.Path("motifs") / file, data)
            rows.append(f"{collection}\t{file}\t{what}\tCC BY 4.0\t{source}\t2026\t{digest}\n")
        write(pathlib.Path("motifs/catalog.tsv"), "".join(rows))

        with tarfile.open(fileobj=io.BytesIO(package(folder, "gimmemotifs-0.18.4.tar.gz"))) as sdist:
            stem = "gimmemotifs-0.18.4/data/examples/Gm12878.CTCF.top500.w200"
            fasta, bed = (sdist.extractfile(stem + e).read().decode("ascii") for e in (".fa", ".bed"))
        package(folder, "bowtie2-examples_2.5.0-3_all.deb")
        unpacked = subprocess.run(
            ["dpkg-deb", "--fsys-tarfile", str(folder / "bowtie2-examples_2.5.0-3_all.deb")],
            check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(unpacked)) as deb:
            packed = deb.extractfile("./usr/share/doc/bowtie2/examples/reference/lambda_virus.fa.gz").read()
        phage = gzip.decompress(packed).decode("ascii")
        rows = ["name\tfile\twhat\tlicence\tsource\tversion\tsha256\n"]
        for name, file, what, licence, source, version, data in [
            ("ctcf", "examples/GM12878_CTCF_top500.fa.gz",
             "500 strongest CTCF ChIP-seq peaks of GM12878 cells, 200 bp around the summit", "MIT",
             "PyPI gimmemotifs 0.18.4, data/examples (ENCODE data)", "0.18.4", gzipped(one_line_fasta(fasta))),
            ("ctcf-bed", "examples/GM12878_CTCF_top500.bed",
             "the places of those 500 peaks, BED, human chromosome names as in the source", "MIT",
             "PyPI gimmemotifs 0.18.4, data/examples (ENCODE data)", "0.18.4", bed.encode()),
            ("lambda", "examples/lambda_virus.fa.gz", "phage lambda, complete genome, 48,502 bp",
             "sequence: public domain (GenBank NC_001416.1); the package that carries it: GPL-3.0-or-later",
             "Debian bowtie2-examples 2.5.0-3", "NC_001416.1", gzipped(phage)),
        ]:
            digest = write(pathlib.Path("genomes") / file, data)
            rows.append(f"{name}\t{file}\t{what}\t{licence}\t{source}\t{version}\t{digest}\n")
        write(pathlib.Path("genomes/catalog.tsv"), "".join(rows))


if __name__ == "__main__":
    main()
