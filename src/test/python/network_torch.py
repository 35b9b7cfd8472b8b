"""Rebuilds in PyTorch any network that `basewise model export` wrote.

    python network_torch.py FOLDER < sequences.txt    # one a line; prints the outputs, tab-separated

Values are [batch, channels, length] inside, as PyTorch has them; parameters are as the README says.
"""
import json
import sys

import numpy as np
import torch
from torch import nn

FUNCTIONS = {"relu": nn.ReLU, "gelu": nn.GELU, "silu": nn.SiLU, "softplus": nn.Softplus, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh}


class Of(nn.Module):
    """A function of the inputs of a node as a layer."""

    def __init__(self, function):
        super().__init__()
        self.forward = function


class ReverseComplement(nn.Module):
    """Another convolution's filters, reversed (2) and complemented (1: A C G T is its own mirror)."""

    def __init__(self, pad, conv):
        super().__init__()
        self.pad, self.conv = pad, conv

    def forward(self, x):
        c = self.conv
        return nn.functional.conv1d(self.pad(x), c.weight.flip(1, 2), c.bias, c.stride, 0, c.dilation)


def layer(n, w, built):
    """The layer of node n; w: its parameters by their names there, built: the layers before it by node."""
    match n["operation"]:
        case "convolution":
            filters, width, channels = w["weights"].shape
            conv = nn.Conv1d(channels, filters, width, n["stride"], 0, n["dilation"])
            conv.weight.data, conv.bias.data = w["weights"].permute(0, 2, 1).contiguous(), w["bias"]
            return nn.Sequential(nn.ConstantPad1d((n["padding_left"], n["padding_right"]), 0.0), conv)
        case "reverse-complement-convolution":
            return ReverseComplement(*built[n["of"]])
        case "batch-norm":
            norm = nn.BatchNorm1d(len(w["scale"]), eps=0)  # mean 0, variance 1: they are folded
            norm.weight.data, norm.bias.data = w["scale"], w["shift"]
            return norm
        case "dense":
            dense = nn.Linear(*w["weights"].shape)
            dense.weight.data, dense.bias.data = w["weights"].T.contiguous(), w["bias"]
            return nn.Sequential(nn.Flatten(), dense, nn.Unflatten(1, (-1, 1)))
        case "activation":
            match n["function"]:
                case "leaky-relu": return nn.LeakyReLU(n["alpha"])
                case "elu": return nn.ELU(n["alpha"])
                case "exponential": return Of(torch.exp)
                case name: return FUNCTIONS[name]()
        case "softmax": return nn.Softmax(1)
        case "maximum": return Of(lambda *x: torch.stack(x).amax(0))
        case "max-pool": return nn.MaxPool1d(n["window"], n["stride"])
        case "average-pool": return nn.AvgPool1d(n["window"], n["stride"])
        case "add": return Of(lambda *x: sum(x))
        case "concat": return Of(lambda *x: torch.cat(x, 1))
        case "crop": return Of(lambda x: x[:, :, n["start"]:n["end"]])
        case "flatten": return Of(lambda x: x.permute(0, 2, 1).flatten(1)[:, :, None])
        case "dropout": return nn.Dropout(n["rate"])
        case other: raise ValueError(f"{n['name']}: unknown operation {other}")


class Network(nn.Module):
    """Reads one-hot [batch, 4, length] in the order A C G T, gives [batch, tasks]."""

    def __init__(self, folder, dtype=torch.float32):
        super().__init__()
        description = json.load(open(f"{folder}/network.json"))
        arrays = {k: torch.from_numpy(v) for k, v in np.load(f"{folder}/weights.npz").items()}
        self.nodes, self.tasks, built = description["nodes"], description["tasks"], {}
        for n in self.nodes:
            built[n["name"]] = layer(n, {k: arrays[v] for k, v in n.get("parameters", {}).items()}, built)
        self.layers = nn.ModuleList(built.values())
        self.to(dtype).eval()

    def forward(self, x):
        values = {"input": x}
        for n, f in zip(self.nodes, self.layers):
            values[n["name"]] = out = f(*(values[i] for i in n["inputs"]))
            assert list(out.shape[1:]) == n["shape"][::-1], (n["name"], out.shape)
        return out[:, :, 0]


def one_hot(sequences, dtype):
    """[batch, 4, length]; what is not A, C, G or T is four zeros."""
    return torch.tensor([[[c == base for c in s.upper()] for base in "ACGT"] for s in sequences], dtype=dtype)


if __name__ == "__main__":
    with torch.no_grad():
        for row in Network(sys.argv[1])(one_hot(sys.stdin.read().split(), torch.float32)).tolist():
            print(*row, sep="\t")
