"""tangermeme and captum for AttributionBench, which starts this, writes commands to it and reads one line for each.

    python attribution_peer.py FOLDER    # with network.json, weights.npz, sequences.txt and references.txt

references.txt holds 20 lines for the first sequence. `answer METHOD FILE` writes the first sequence's scores as float32
[length][4] and says ok; `time METHOD N` says how many seconds N sequences took. tangermeme's `fast=True` is timed without the
capturing and checking of the model, which it does once for many sequences; batches of 32 and 256 mutants are both for the
asking (ism-fast-32, ism-fast-256, ism-slow-32, ism-slow-256).
"""
import importlib
import sys
import time
import warnings

import torch
from captum.attr import IntegratedGradients, NoiseTunnel, Saliency
from tangermeme.deep_lift_shap import deep_lift_shap
from tangermeme.utils import one_hot_encode

from network_torch import Network, one_hot

ism = importlib.import_module("tangermeme.saturation_mutagenesis")
THREADS, STEPS, SAMPLES, SIGMA = 2, 50, 50, 0.1


class Peer:
    def __init__(self, folder):
        self.model = Network(folder)
        self.x, self.references = (one_hot(open(f"{folder}/{n}.txt").read().split(), torch.float32) for n in ("sequences", "references"))
        self.fast = None

    def mutants(self, n, fast, batch):
        """Raw differences [n, 4, length] of the first output."""
        x, out = self.x.type(torch.int8), []
        if fast and self.fast is None:
            with torch.no_grad():
                self.fast = ism._FastISM(self.model, x, None, 0, x.shape[-1], torch.device("cpu"), torch.float32, False)
        for i in range(n):
            with torch.no_grad():
                y0 = self.model(self.x[i:i + 1])
            edits, chars, places = ism._single_edits(x[i], 0, x.shape[-1])
            if fast:
                self.fast._example = None  # nothing is kept from the last time
                y = self.fast.predict_edits(i, chars, places, batch)
            else:
                changed, _ = ism._edited_inputs(x, None, i, chars, places)
                y = ism.predict(self.model, changed, batch_size=batch, device="cpu")
            out.append((ism._fill_identity(y0, 0, edits, y)[:, 0] - y0[0, 0]).reshape(4, -1))
        return torch.stack(out)

    def deep_lift(self, n, given):
        references = {"references": self.references[None]} if given else {"n_shuffles": 20}
        return deep_lift_shap(self.model, self.x[:n], device="cpu", hypothetical=given, random_state=1, **references)

    def each(self, n, method):
        """captum, one sequence a call: more are slower here, for all copies of all of them are run at once."""
        return torch.cat([method(self.x[i:i + 1].clone()) for i in range(n)])

    def integrated(self, x):
        return IntegratedGradients(self.model).attribute(x, torch.zeros_like(x), target=0, n_steps=STEPS, method="riemann_middle")

    def smooth(self, x, sigma=SIGMA):
        return NoiseTunnel(Saliency(self.model)).attribute(x, target=0, nt_samples=SAMPLES, stdevs=sigma, abs=False)

    def run(self, method, n):
        match method.split("-"):
            case ["ism", kind, batch]: return self.mutants(n, kind == "fast", int(batch))
            case ["deeplift"]: return self.deep_lift(n, False)
            case ["deeplift", "given"]: return self.deep_lift(n, True)
            case ["integrated"]: return self.each(n, self.integrated)
            case ["smoothgrad"]: return self.each(n, self.smooth)
            case ["gradient"]: return self.each(n, lambda x: self.smooth(x, 0.0))
            case other: raise ValueError(f"unknown method {other}")


def time_one_hot(bases, dtype):
    """Seconds of one thread; the text is made before."""
    text = ("ACGTTGCANACGGTCAGTCC" * (bases // 20 + 1))[:bases]
    start = time.perf_counter()
    one_hot_encode(text, dtype=getattr(torch, dtype))
    return time.perf_counter() - start


def main():
    warnings.simplefilter("ignore")
    torch.set_num_threads(THREADS)
    torch.manual_seed(1)
    peer = Peer(sys.argv[1])
    print("ready", flush=True)
    for line in sys.stdin:
        match line.split():
            case ["answer", method, file]:
                peer.run(method, 1)[0].T.contiguous().detach().float().numpy().tofile(file)
                print("ok", flush=True)
            case ["time", method, n]:
                start = time.perf_counter()
                peer.run(method, int(n))
                print(time.perf_counter() - start, flush=True)
            case ["one-hot", bases, dtype]:
                print(time_one_hot(int(bases), dtype), flush=True)


if __name__ == "__main__":
    main()
