"""Arrays of every type and order that io.NpzInput reads, and two that it refuses.

    python src/test/python/golden_npz.py

writes src/test/resources/basewise/io/{plain,compressed}.npz; the shipped ones are by NumPy 2.4.6 on Python 3.11.7.
"""
import numpy as np

TABLE = np.array([[1, 2, 3], [4, 5, -6]])  # C order: 1 2 3 4 5 -6
ARRAYS = {
    "f2": TABLE.astype("<f2") / 4,
    "f4": TABLE.astype("<f4") / 4,
    "f8": TABLE.astype("<f8") / 3,
    "i1": TABLE.astype("i1"),
    "u1": np.array([0, 1, 255], "u1"),
    "b1": np.array([True, False, True]),
    "i2": TABLE.astype("<i2") * 1000,
    "i4": TABLE.astype("<i4") * 1_000_000,
    "i8": TABLE.astype("<i8") * 10_000_000_000,
    "big": TABLE.astype(">f4"),
    "fortran": np.asfortranarray(TABLE.astype("<f4")),
    "fortran3": np.asfortranarray(np.arange(24, dtype="<f8").reshape(2, 3, 4)),
    "single": np.array(7.5),
    "empty": np.zeros((0, 4), "<f4"),
    "objects": np.array([None, "a"], object),
    "complex": np.array([1j]),
}
np.savez("src/test/resources/basewise/io/plain.npz", **ARRAYS)
np.savez_compressed("src/test/resources/basewise/io/compressed.npz", **ARRAYS)
