"""Builds what is checked in of the CUDA kernels, with compilers from PyPI; nobody who uses Basewise needs this.

    python3 -m venv DIR && DIR/bin/pip install -r src/main/cuda/requirements.txt
    DIR/bin/python src/main/cuda/build.py ptx      src/main/resources/basewise/cuda   PTX by NVRTC 11.8
    DIR/bin/python src/main/cuda/build.py table    src/main/cuda/resources.tsv        registers and memory by nvcc
    DIR/bin/python src/main/cuda/build.py versions                                    which compilers there are

Run from the repository's root. PTX 7.8 is what NVRTC 11.8 writes: drivers of CUDA 11.8 (520, October 2022) and later
load it, on every GPU of compute capability 7.5 and later.
"""

import ctypes
import hashlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCES = pathlib.Path("src/main/cuda")
ARCHITECTURE = "compute_75"
DEVICES = ["75", "80", "86", "89", "90", "100"]


def packages():
    """Where pip puts NVIDIA's packages."""
    for path in sys.path:
        folder = pathlib.Path(path) / "nvidia"
        if folder.is_dir():
            yield folder


def nvrtc():
    """The library of NVRTC 11.8, or None."""
    for folder in packages():
        for name in sorted(folder.glob("cuda_nvrtc/lib/libnvrtc.so.11*")):
            return ctypes.CDLL(str(name))
    return None


def nvcc():
    """The compiler nvcc: of the packages, or on the path; or None."""
    for folder in packages():
        for name in sorted(folder.glob("cu*/bin/nvcc")):
            return str(name)
    for path in os.environ.get("PATH", "").split(os.pathsep):
        if os.access(os.path.join(path, "nvcc"), os.X_OK):
            return os.path.join(path, "nvcc")
    return None


def kernels():
    return sorted(SOURCES.glob("*.cu"))


def digest(sources):
    """What was compiled: of each file its name and text, and of all headers."""
    sha = hashlib.sha256()
    for source in sorted(sources) + sorted(SOURCES.glob("*.cuh")):
        sha.update(source.name.encode() + b"\n" + source.read_bytes())
    return sha.hexdigest()


def text(library, program, size, get):
    n = ctypes.c_size_t()
    getattr(library, size)(program, ctypes.byref(n))
    buffer = ctypes.create_string_buffer(n.value)
    getattr(library, get)(program, buffer)
    return buffer.value.decode()


def ptx(library, source):
    """PTX of one file."""
    program = ctypes.c_void_p()
    library.nvrtcCreateProgram(
        ctypes.byref(program), source.read_bytes(), source.name.encode(), 0, None, None)
    options = [f"--gpu-architecture={ARCHITECTURE}", "--std=c++14", f"--include-path={SOURCES}"]
    array = (ctypes.c_char_p * len(options))(*[o.encode() for o in options])
    code = library.nvrtcCompileProgram(program, len(options), array)
    log = text(library, program, "nvrtcGetProgramLogSize", "nvrtcGetProgramLog").strip()
    if code != 0 or log:
        sys.exit(f"{source}: {log or code}")
    return text(library, program, "nvrtcGetPTXSize", "nvrtcGetPTX")


def write_ptx(folder):
    library = nvrtc()
    if library is None:
        sys.exit("no NVRTC 11.8: see src/main/cuda/build.py")
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    for source in kernels():
        (out / (source.stem + ".ptx")).write_text(
            f"// sources {digest([source])}\n" + ptx(library, source))


def rows(compiler, source, device):
    """What ptxas says of each kernel of one file."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [compiler, "-std=c++17", f"-arch=sm_{device}", "-cubin", "-Xptxas", "-v", f"-I{SOURCES}",
             "-o", os.path.join(folder, "out"), str(source)],
            capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{source} for sm_{device}: {done.stderr}")
    name, frame, stores, loads = None, 0, 0, 0
    for line in done.stderr.splitlines():
        m = re.search(r"Function properties for (\w+)", line)
        if m:
            name = m.group(1)
        m = re.search(r"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads", line)
        if m:
            frame, stores, loads = m.groups()
        m = re.search(r"Used (\d+) registers", line)
        if m and name:
            shared = re.search(r"(\d+) bytes smem", line)
            yield [name, f"sm_{device}", m.group(1), shared.group(1) if shared else "0", frame, stores, loads]
            name = None


def version(compiler):
    said = subprocess.run([compiler, "--version"], capture_output=True, text=True).stdout
    return re.search(r"release [^,]+, V(\S+)", said).group(1)


def write_table(name):
    compiler = nvcc()
    if compiler is None:
        sys.exit("no nvcc: see src/main/cuda/build.py")
    lines = ["kernel\tdevice\tregisters\tstatic_shared_bytes\tstack_bytes\tspill_store_bytes\tspill_load_bytes"]
    for source in kernels():
        for device in DEVICES:
            lines += ["\t".join(r) for r in sorted(rows(compiler, source, device))]
    pathlib.Path(name).write_text(
        f"# sources {digest(kernels())}\n# nvcc {version(compiler)}, -Xptxas -v\n" + "\n".join(lines) + "\n")


def main(arguments):
    if arguments[:1] == ["ptx"] and len(arguments) == 2:
        write_ptx(arguments[1])
    elif arguments[:1] == ["table"] and len(arguments) == 2:
        write_table(arguments[1])
    elif arguments == ["versions"]:
        compiler = nvcc()
        print("nvrtc", "11.8" if nvrtc() else "none")
        print("nvcc", version(compiler) if compiler else "none")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
