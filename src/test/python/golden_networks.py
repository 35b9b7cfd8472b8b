"""Small seeded networks that together use every operation, with outputs and gradients by PyTorch.

    python src/test/python/golden_networks.py [NAME ...]

writes src/test/resources/basewise/nn/network/golden/NAME/{network.json,weights.npz,golden.npz}; see README.md there.
"""
import json
import pathlib
import sys

import numpy as np
import torch

from network_torch import Network

ROOT = pathlib.Path("src/test/resources/basewise/nn/network/golden")


class Sketch:
    """A network that is written down node by node."""

    def __init__(self, name, seed, length, tasks):
        self.name, self.random, self.length, self.tasks = name, np.random.default_rng(seed), length, tasks
        self.nodes, self.shapes, self.arrays = [], {"input": (length, 4)}, {}

    def node(self, name, operation, inputs, shape, parameters=None, **attributes):
        node = {"name": name, "operation": operation, "inputs": inputs, "shape": [int(s) for s in shape], **attributes}
        if parameters:
            node["parameters"] = {k: f"{name}.{k}" for k in parameters}
            self.arrays.update({f"{name}.{k}": v.astype(np.float32) for k, v in parameters.items()})
        self.nodes.append(node)
        self.shapes[name] = tuple(node["shape"])
        return name

    def convolution(self, name, x, filters, width, stride=1, dilation=1, left=0, right=0):
        length, channels = self.shapes[x]
        deviation = 1.2 / np.sqrt(width * channels) if x != "input" else 0.6
        parameters = {
            "weights": self.random.normal(0, deviation, (filters, width, channels)),
            "bias": self.random.normal(0, 0.2, filters),
        }
        out = (length + left + right - dilation * (width - 1) - 1) // stride + 1
        return self.node(name, "convolution", [x], (out, filters), parameters,
                         width=width, stride=stride, dilation=dilation, padding_left=left, padding_right=right)

    def reverse(self, name, x, of):
        return self.node(name, "reverse-complement-convolution", [x], self.shapes[of], of=of)

    def norm(self, name, x):
        channels = self.shapes[x][1]
        parameters = {"scale": self.random.uniform(0.5, 1.5, channels), "shift": self.random.normal(0, 0.3, channels)}
        return self.node(name, "batch-norm", [x], self.shapes[x], parameters)

    def dense(self, name, x, units, gain=1.2):
        n = self.shapes[x][1]
        parameters = {"weights": self.random.normal(0, gain / np.sqrt(n), (n, units)), "bias": self.random.normal(0, 0.2, units)}
        return self.node(name, "dense", [x], (1, units), parameters)

    def function(self, name, x, function, **attributes):
        return self.node(name, "activation", [x], self.shapes[x], function=function, **attributes)

    def pool(self, name, x, kind, window, stride):
        length, channels = self.shapes[x]
        return self.node(name, kind, [x], ((length - window) // stride + 1, channels), window=window, stride=stride)

    def everywhere(self, name, x, kind):
        return self.pool(name, x, kind, self.shapes[x][0], self.shapes[x][0])

    def flatten(self, name, x):
        return self.node(name, "flatten", [x], (1, np.prod(self.shapes[x])))

    def same(self, name, operation, *x, **attributes):
        return self.node(name, operation, list(x), self.shapes[x[0]], **attributes)

    def write(self):
        folder = ROOT / self.name
        folder.mkdir(parents=True, exist_ok=True)
        lines = ",\n".join("  " + json.dumps(n) for n in self.nodes)
        head = {"format": "basewise-network", "version": 1, "input": {"length": self.length, "channels": 4}, "tasks": self.tasks}
        (folder / "network.json").write_text(json.dumps(head)[:-1] + ', "nodes": [\n' + lines + "\n]}\n")
        np.savez_compressed(folder / "weights.npz", **self.arrays)
        return folder


def motif():
    """Both strands, their maximum, a maximum over everything: what `train` makes."""
    s = Sketch("motif", 1, 36, ["a", "b"])
    forward = s.convolution("conv", "input", 5, 7)
    at = s.same("strands", "maximum", forward, s.reverse("reverse", "input", forward))
    at = s.norm("norm", s.everywhere("pool", at, "max-pool"))
    at = s.same("dropout", "dropout", s.function("relu", at, "relu"), rate=0.5)
    at = s.function("hidden-relu", s.dense("hidden", s.flatten("flatten", at), 6), "relu")
    s.dense("output", at, 2)
    return s


def chain():
    """Basset in small: convolutions, batch norm, ReLU, pools whose windows do not overlap."""
    s = Sketch("chain", 2, 40, ["a", "b", "c"])
    at = s.function("relu1", s.norm("norm1", s.convolution("conv1", "input", 6, 7, left=3, right=3)), "relu")
    at = s.pool("pool1", at, "max-pool", 3, 3)
    at = s.function("relu2", s.norm("norm2", s.convolution("conv2", at, 5, 3, left=1, right=1)), "relu")
    at = s.pool("pool2", at, "max-pool", 4, 4)
    at = s.function("relu3", s.dense("hidden", s.flatten("flatten", at), 7), "relu")
    s.dense("output", at, 3)
    return s


def overlap():
    """Max-pools whose windows overlap, a stride, uneven padding, leaky ReLU and ELU."""
    s = Sketch("overlap", 3, 38, ["a"])
    at = s.function("leaky", s.convolution("conv1", "input", 5, 5, left=1), "leaky-relu", alpha=0.1)
    at = s.pool("pool1", at, "max-pool", 4, 2)
    at = s.function("elu", s.norm("norm", s.convolution("conv2", at, 6, 4, stride=2, left=2, right=1)), "elu", alpha=0.8)
    at = s.pool("pool2", at, "max-pool", 3, 1)
    at = s.function("relu", s.dense("hidden", s.flatten("flatten", at), 6), "relu")
    s.dense("output", at, 1)
    return s


def residual():
    """BPNet's trunk in small: dilated convolutions added to what they read, cropped, a global average, one linear layer."""
    s = Sketch("residual", 4, 40, ["a", "b"])
    at = s.function("relu0", s.convolution("conv0", "input", 6, 5, left=2, right=2), "relu")
    for i, dilation in enumerate([2, 4], 1):
        conv = s.convolution(f"conv{i}", at, 6, 3, dilation=dilation, left=dilation, right=dilation)
        at = s.same(f"add{i}", "add", at, s.function(f"relu{i}", conv, "relu"))
    length = s.shapes[at][0]
    at = s.node("crop", "crop", [at], (length - 12, 6), start=6, end=length - 6)
    at = s.flatten("flatten", s.everywhere("average", at, "average-pool"))
    s.dense("output", at, 2)
    return s


def smooth():
    """Every smooth function, average pools whose windows overlap, branches side by side."""
    s = Sketch("smooth", 5, 32, ["a", "b"])
    at = s.function("exponential", s.norm("norm", s.convolution("conv1", "input", 4, 5)), "exponential")
    at = s.pool("pool", at, "average-pool", 4, 2)
    left = s.function("gelu", s.convolution("left", at, 3, 3, left=1, right=1), "gelu")
    right = s.function("silu", s.convolution("right", at, 4, 5, dilation=2, left=4, right=4), "silu")
    at = s.node("both", "concat", [left, right], (s.shapes[left][0], 7))
    at = s.function("softplus", s.dense("hidden", s.flatten("flatten", at), 6, 3), "softplus")
    at = s.function("tanh", s.dense("second", at, 5, 1), "tanh")
    at = s.function("sigmoid", s.dense("third", at, 5, 4), "sigmoid")
    s.dense("output", at, 2, 4)
    return s


def softmax():
    """A softmax over the channels of each position, and one over a vector."""
    s = Sketch("softmax", 6, 30, ["a"])
    at = s.same("letters", "softmax", s.convolution("conv", "input", 4, 5))
    at = s.pool("pool", at, "average-pool", 6, 5)
    at = s.same("classes", "softmax", s.dense("hidden", s.flatten("flatten", at), 5, 12))
    s.dense("output", at, 1, 4)
    return s


def pointwise():
    """Filters of one base, and a pool whose windows do not overlap: a position of a map is of its own bases, as enlarging assumes."""
    s = Sketch("pointwise", 8, 24, ["a"])
    at = s.function("relu1", s.convolution("conv1", "input", 5, 1), "relu")
    at = s.function("relu2", s.convolution("conv2", s.pool("pool", at, "max-pool", 2, 2), 6, 1), "relu")
    s.dense("output", s.flatten("flatten", at), 1, 12)
    return s


def inputs(sketch):
    """[n, length, 4]: three sequences, the second with two Ns, and numbers that are no sequence."""
    random = np.random.default_rng(100)
    x = np.eye(5)[random.integers(0, 4, (3, sketch.length))][:, :, :4]
    x[1, [4, 17]] = 0
    return np.concatenate([x, random.normal(0, 0.5, (1, sketch.length, 4))])


def golden(folder, x):
    """Outputs [n, tasks] and gradients [n, tasks, length, 4] in both precisions."""
    values = {"inputs": x.astype(np.float32)}
    for dtype, name in ((torch.float64, "64"), (torch.float32, "32")):
        network = Network(folder, dtype)
        at = torch.tensor(values["inputs"], dtype=dtype).permute(0, 2, 1).requires_grad_()
        out = network(at)
        gradients = [torch.autograd.grad(out[:, t].sum(), at, retain_graph=True)[0] for t in range(out.shape[1])]
        values["outputs" + name] = out.detach().numpy()
        values["gradients" + name] = torch.stack(gradients, 1).permute(0, 1, 3, 2).contiguous().numpy()
    np.savez_compressed(folder / "golden.npz", **values)
    return values


if __name__ == "__main__":
    torch.set_num_threads(1)
    makers = (motif, chain, overlap, residual, smooth, softmax, pointwise)
    for make in [m for m in makers if m.__name__ in (sys.argv[1:] or [m.__name__])]:
        sketch = make()
        values = golden(sketch.write(), inputs(sketch))
        print(sketch.name, values["outputs64"].round(3).tolist(), np.abs(values["gradients64"]).max().round(3))
    print(sys.version.split()[0], "numpy", np.__version__, "torch", torch.__version__)
