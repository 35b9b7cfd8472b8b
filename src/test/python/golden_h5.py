"""Links of HDF5 that io.Hdf5Input follows.

    python src/test/python/golden_h5.py

writes src/test/resources/basewise/io/links.h5; the shipped one is by h5py 3.16.0 on Python 3.11.7.
"""
import h5py
import numpy as np

with h5py.File("src/test/resources/basewise/io/links.h5", "w") as f:
    f.create_dataset("data/a", data=np.arange(6, dtype=np.float32).reshape(2, 3), compression="gzip")
    f.attrs["window_size"] = 400
    f["soft"] = h5py.SoftLink("/data/a")
    f["folder"] = h5py.SoftLink("/data")
    f["nowhere"] = h5py.SoftLink("/data/b")
