"""Numbers of modisco-lite that tests of basewise.patterns hold as constants.

    python src/test/python/golden_patterns.py

prints them; those in the tests are by modisco-lite 3.0.0, NumPy 2.4.6 and scikit-learn 1.9.1 on Python 3.11.
The inputs are sines, so that both sides make the same.
"""
import numpy as np
from modiscolite import extract_seqlets, util

values = np.array([3 * np.sin(i) ** 7 + 0.2 * np.cos(3 * i) for i in range(600)])
positive, negative = extract_seqlets._laplacian_null(values.reshape(6, 100), 20, 10000)
print("draws", len(positive), len(negative), repr(positive[0]), repr(positive.max()), repr(negative.min()))

sums = np.sort(values[values >= 0])
nulls = np.array([-0.4 * np.log((i + 0.5) / 200) for i in range(200)])
for fdr in (0.05, 0.3, 0.5):
    print("threshold", fdr, repr(extract_seqlets._isotonic_thresholds(sums, nulls, increasing=True, target_fdr=fdr)))
down = np.sort(values[values < 0])[::-1]
print("negative", repr(extract_seqlets._isotonic_thresholds(down, -nulls, increasing=False, target_fdr=0.05)))

distances = np.array([1 + np.sin(i) for i in range(40)])
print("beta", repr(util.binary_search_perplexity(10.0, distances)))

ppm = np.array([[0.7, 0.1, 0.1, 0.1], [0.25, 0.25, 0.25, 0.25], [0, 0, 1, 0]])
print("bits", [repr(x) for x in util.compute_per_position_ic(ppm, np.array([0.3, 0.2, 0.2, 0.3]), 0.001)])
