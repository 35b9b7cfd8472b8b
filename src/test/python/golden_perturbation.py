"""Occlusion, Shapley values, LIME and pairs of mutations on golden networks, by captum, shap and plain forward passes.

    python src/test/python/golden_perturbation.py

writes src/test/resources/basewise/attribution/perturbation/NAME.npz; see README.md there.
"""
import itertools
import math
import pathlib
import sys
import warnings

import captum
import numpy as np
import shap
import sklearn
import torch
from sklearn import linear_model
from captum._utils.models.linear_model import SkLearnLinearModel
from captum.attr import KernelShap, LimeBase, Occlusion, ShapleyValues

from golden_networks import ROOT
from network_torch import Network

OUT = pathlib.Path("src/test/resources/basewise/attribution/perturbation")
NAMES = ["motif", "chain", "residual", "smooth"]
WINDOWS = [(1, 1), (5, 2), (7, 3), (6, 6)]
SEGMENT = 8  # bases per player
SAMPLES = 60  # of LIME


def composition(x):
    """The base frequencies that the sequence's own GC gives, at known bases; x [length, 4]."""
    known = x.sum(1, keepdims=True)
    gc = x[:, 1:3].sum() / known.sum()
    return known * np.array([1 - gc, gc, gc, 1 - gc]) / 2


def values(f, x):
    """f of inputs [n, length, 4]."""
    with torch.no_grad():
        return f(torch.tensor(np.asarray(x), dtype=torch.float64).permute(0, 2, 1)).numpy()


def occlusion(f, x):
    """By the definition, which captum's must agree with: it adds up in float32."""
    at, plain = torch.tensor(x).T[None], values(f, [x])[0]
    for window, stride in WINDOWS:
        for name, base in (("n", np.zeros_like(x)), ("mean", composition(x))):
            starts = range(0, len(x) - window + stride, stride)
            sums, covered = np.zeros(len(x)), np.zeros(len(x))
            for start in starts:
                occluded = x.copy()
                occluded[start:start + window] = base[start:start + window]
                sums[start:start + window] += plain - values(f, [occluded])[0]
                covered[start:start + window] += 1
            got = Occlusion(f).attribute(at, (4, window), (4, stride), torch.tensor(base).T[None])[0, 0].numpy()
            assert np.abs(got - sums / covered).max() < 1e-6, (window, stride, name)
            yield f"occlusion-{window}-{stride}-{name}", sums / covered


def players(x):
    """The segments with a known base."""
    cuts = [(s, min(s + SEGMENT, len(x))) for s in range(0, len(x), SEGMENT)]
    return [c for c in cuts if x[c[0]:c[1]].any()]


def mixed(masks, x, base):
    """[n, length, 4]: the sequence where players are present, the base elsewhere."""
    out = np.repeat(base[None], len(masks), 0)
    for k, mask in enumerate(masks):
        for present, (start, end) in zip(mask, players(x)):
            if present:
                out[k, start:end] = x[start:end]
    return out


def shapley(f, x, base):
    """By the definition, by captum and by shap: they must agree."""
    n = len(players(x))
    worth = dict(zip(itertools.product([0, 1], repeat=n), values(f, mixed(list(itertools.product([0, 1], repeat=n)), x, base))))
    exact = np.zeros(n)
    for s, w in worth.items():
        for p in range(n):
            if not s[p]:
                ways = math.factorial(sum(s)) * math.factorial(n - sum(s) - 1) / math.factorial(n)
                exact[p] += ways * (worth[s[:p] + (1,) + s[p + 1:]] - w)
    mask = np.zeros((1, 4, len(x)), int)
    for p, (start, end) in enumerate(players(x)):
        mask[:, :, start:end] = p
    by_captum = ShapleyValues(f).attribute(torch.tensor(x).T[None], torch.tensor(base).T[None], feature_mask=torch.tensor(mask))
    by_captum = np.array([by_captum[0, :, start:end].reshape(-1)[0] for start, end in players(x)])
    explainer = shap.KernelExplainer(lambda m: values(f, mixed(m, x, base)), np.zeros((1, n)))
    by_shap = explainer.shap_values(np.ones((1, n)), nsamples=2 ** n, l1_reg=False, silent=True)[0]
    assert np.abs(exact - by_captum).max() < 1e-5, (exact, by_captum)  # captum adds up in float32
    assert np.abs(exact - by_shap).max() < 1e-9, (exact, by_shap)
    sampled = KernelShap(f).attribute(torch.tensor(x).T[None], torch.tensor(base).T[None], feature_mask=torch.tensor(mask), n_samples=4000)
    sampled = np.array([sampled[0, :, start:end].reshape(-1)[0] for start, end in players(x)])
    return exact, np.abs(exact - by_captum).max(), np.abs(exact - by_shap).max(), np.abs(exact - sampled).max()


def lime(f, x, base, random):
    """Linear models of samples by scikit-learn; captum's LIME with the same samples and kernel must agree."""
    n = len(players(x))
    masks = [np.ones(n, int)]
    for absent in random.integers(1, n + 1, SAMPLES - 1):
        masks.append((random.permutation(n) >= absent).astype(int))
    masks = np.array(masks)
    yield "lime-masks", masks.astype(np.int8)
    kernel = lambda row: math.exp(-((n - row.sum().item()) / n / 0.25) ** 2)
    y, weights = values(f, mixed(masks, x, base)), [kernel(row) for row in masks]
    for name, model, options in (("ridge", linear_model.Ridge, dict(alpha=1.0, tol=1e-14)),
                                 ("lasso", linear_model.Lasso, dict(alpha=0.01, tol=1e-14, max_iter=1000000))):
        rows = iter(masks)
        explainer = LimeBase(
            f, SkLearnLinearModel(f"linear_model.{model.__name__}", **options),
            similarity_func=lambda original, perturbed, row, **k: kernel(row),
            perturb_func=lambda original, **k: torch.tensor(next(rows))[None].double(),
            perturb_interpretable_space=True,
            from_interp_rep_transform=lambda row, original, **k: torch.tensor(mixed(row.numpy(), x, base)).permute(0, 2, 1),
            to_interp_rep_transform=None,
        )
        got = explainer.attribute(torch.tensor(x).T[None], n_samples=SAMPLES)[0].numpy()
        exact = model(**options).fit(masks, y, sample_weight=weights).coef_
        assert np.abs(got - exact).max() < 1e-5, (got, exact)  # captum's samples and outputs are float32
        yield f"lime-{name}", exact


def others(row):
    return [b for b in range(4) if row.any() and not row[b]]


def put(x, *edits):
    x = x.copy()
    for i, b in edits:
        x[i] = np.eye(4)[b]
    return x


def pairs(f, x):
    """Strongest epistasis and mean absolute one of every pair, [length, length], above the diagonal."""
    length = len(x)
    single = {(i, b): v for (i, b), v in zip(
        [(i, b) for i in range(length) for b in others(x[i])],
        values(f, [put(x, (i, b)) for i in range(length) for b in others(x[i])]))}
    plain = values(f, [x])[0]
    strongest, mean = np.zeros((length, length)), np.zeros((length, length))
    for i in range(length):
        for j in range(i + 1, length):
            edits = [((i, b), (j, c)) for b in others(x[i]) for c in others(x[j])]
            if edits:
                both = values(f, [put(x, *e) for e in edits])
                e = np.array([v - single[a] - single[b] + plain for v, (a, b) in zip(both, edits)])
                strongest[i, j], mean[i, j] = e[np.abs(e).argmax()], np.abs(e).mean()
    yield "pairs-strongest", strongest
    yield "pairs-mean", mean


def indels(f, x):
    """Deletions [length] (0 at N) and insertions [length, 4]."""
    plain, none = values(f, [x])[0], np.zeros((1, 4))
    deletions = values(f, [np.concatenate([x[:i], x[i + 1:], none]) for i in range(len(x))]) - plain
    insertions = values(f, [np.concatenate([x[:i], np.eye(4)[[b]], x[i:-1]]) for i in range(len(x)) for b in range(4)]) - plain
    yield "deletions", np.where(x.any(1), deletions, 0)
    yield "insertions", insertions.reshape(-1, 4)


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.manual_seed(1)
    warnings.simplefilter("ignore")
    OUT.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        network = Network(ROOT / name, torch.float64)
        f = lambda x: network(x)[:, 0]
        arrays = {}
        for i, x in enumerate(np.load(ROOT / name / "golden.npz")["inputs"][:2].astype(float)):
            base = composition(x)
            found = dict(occlusion(f, x))
            found["shapley"], *differences = shapley(f, x, base)
            found.update(lime(f, x, base, np.random.default_rng(i)))
            if name in ("chain", "motif"):
                found.update(pairs(f, x))
                found.update(indels(f, x))
            arrays.update({f"{k}-{i}": v for k, v in found.items()})
            print(name, i, "Shapley values of captum, of shap and of captum's KernelShap with 4,000 samples differ by", *map("{:.1e}".format, differences))
        np.savez_compressed(OUT / f"{name}.npz", **arrays)
    print(sys.version.split()[0], "numpy", np.__version__, "torch", torch.__version__, "captum", captum.__version__,
          "shap", shap.__version__, "scikit-learn", sklearn.__version__)
