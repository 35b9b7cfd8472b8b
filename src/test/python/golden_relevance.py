"""Relevance by zennit on the golden networks, for every rule of `lrp-*` and `deep-taylor`.

    python src/test/python/golden_relevance.py

writes src/test/resources/basewise/attribution/relevance/NAME.npz; see README.md there. Captum's LRP is asked for what it has, and must agree.
"""
import pathlib
import sys

import captum
import numpy as np
import torch
import zennit
from torch import nn
from zennit.attribution import Gradient
from zennit.canonizers import NamedMergeBatchNorm
from zennit.composites import NameLayerMapComposite
from zennit.core import Stabilizer
from zennit.layer import Sum
from zennit.rules import AlphaBeta, Epsilon, Flat, Gamma, Norm, Pass, WSquare, ZBox, ZPlus

from golden_networks import ROOT
from network_torch import Network, Of, ReverseComplement

OUT = pathlib.Path("src/test/resources/basewise/attribution/relevance")
# Batch norms and the convolutions before them; the scales are above 0, so they commute with a maximum.
NORMS = {
    "motif": [(["conv", "reverse"], "norm")],
    "chain": [(["conv1"], "norm1"), (["conv2"], "norm2")],
    "overlap": [(["conv2"], "norm")],
    "residual": [],
    "smooth": [(["conv1"], "norm")],
}
TINY = Stabilizer(1e-300)  # where a rule of ours has no stabiliser: 0/0 is 0, and nothing else changes
SCALED = Stabilizer(1e-6, norm_scale=True)  # 1e-6 of the root mean square of the layer's outputs


class Exponential(nn.Module):
    def forward(self, x):
        return x.exp()


class Add(nn.Module):
    """The sum as a layer that zennit knows."""

    def __init__(self):
        super().__init__()
        self.sum = Sum()

    def forward(self, *x):
        return self.sum(torch.stack(x, -1))


FUNCTIONS = (nn.ReLU, nn.LeakyReLU, nn.ELU, nn.GELU, nn.SiLU, nn.Softplus, nn.Sigmoid, nn.Tanh, Exponential)


def unpadded(pad, conv):
    """The same with the padding inside the convolution: zennit's first-layer rules give relevance to zeros they can see."""
    left, right = pad.padding
    wide = max(left, right)
    conv.padding = (wide,)
    assert conv.stride == (1,) or left == right
    return nn.Sequential(nn.Identity(), conv, Of(lambda y: y[:, :, wide - left:y.shape[2] - (wide - right)]))


def network(name, inside=False):
    """The network with layers that zennit can hook, all parameters in modules of their own; and where each node is."""
    net = Network(ROOT / name, torch.float64)
    for i, (node, f) in enumerate(zip(net.nodes, net.layers)):
        if isinstance(f, ReverseComplement):
            c = f.conv
            conv = nn.Conv1d(c.in_channels, c.out_channels, c.kernel_size, c.stride, 0, c.dilation).double()
            conv.weight.data, conv.bias.data = c.weight.data.flip(1, 2).contiguous(), c.bias.data.clone()
            net.layers[i] = nn.Sequential(f.pad, conv)
        if inside and node["inputs"] == ["input"]:
            net.layers[i] = unpadded(*net.layers[i])
        elif node["operation"] == "add":
            net.layers[i] = Add()
        elif node["operation"] == "activation" and isinstance(f, Of):
            net.layers[i] = Exponential()
    return net, {n["name"]: i for i, n in enumerate(net.nodes)}


def canonizers(name, places):
    """zennit's canoniser that folds batch norms into named layers."""
    parts = [([f"layers.{places[m]}.1" for m in maps], f"layers.{places[norm]}") for maps, norm in NORMS[name]]
    return [NamedMergeBatchNorm(parts)] if parts else []


def methods():
    """name -> (first layer, convolutions, dense layers, sums and averages)"""
    zplus = ZPlus(stabilizer=TINY)
    epsilon, gamma, alpha = Epsilon(SCALED), Gamma(0.25, TINY), AlphaBeta(2.0, 1.0, TINY)
    flat, square = Flat(TINY), WSquare(TINY, zero_params="bias")
    box = ZBox(0.0, 1.0, TINY)
    box.input_modifiers[1] = torch.zeros_like
    box.input_modifiers[2] = lambda x: (x.sum(1, keepdim=True) > 0).to(x).expand_as(x)  # an N can only be 0
    return {
        "lrp-0": (Epsilon(TINY),) * 3 + (Norm(TINY),),
        "lrp-epsilon": (epsilon,) * 3 + (Norm(SCALED),),
        "lrp-gamma": (gamma,) * 3 + (Norm(SCALED),),
        "lrp-alpha-beta": (alpha,) * 3 + (Norm(SCALED),),
        "lrp-zplus": (zplus,) * 3 + (Norm(SCALED),),
        "lrp-w2": (square, zplus, zplus, Norm(SCALED)),
        "lrp-flat": (flat, zplus, zplus, Norm(SCALED)),
        "lrp-composite": (flat, gamma, epsilon, Norm(SCALED)),
        "deep-taylor": (box, zplus, zplus, Norm(SCALED)),
    }


def relevance(name, method, x, task):
    """[n, length, 4]"""
    first, convolution, dense, mean = methods()[method]
    net, places = network(name, inside=isinstance(first, (Flat, WSquare, ZBox)))
    firsts = [f"layers.{i}.1" for i, n in enumerate(net.nodes) if n["inputs"] == ["input"]]
    composite = NameLayerMapComposite(
        name_map=[(firsts, first)],
        layer_map=[(FUNCTIONS, Pass()), ((Sum, nn.AvgPool1d), mean), (nn.BatchNorm1d, Pass()), (nn.Conv1d, convolution), (nn.Linear, dense)],
        canonizers=canonizers(name, places),
    )
    with Gradient(model=net, composite=composite) as attributor:
        out, r = attributor(x, lambda y: y * torch.eye(y.shape[1], dtype=y.dtype)[task])
    return r.permute(0, 2, 1).detach(), out.detach()[:, task]


def check_captum(x, values):
    """Captum's epsilon rule on the chain, batch norms folded, must say the same as zennit's with an absolute epsilon."""
    from captum.attr import LRP
    from captum.attr._utils.lrp_rules import EpsilonRule

    net, places = network("chain")
    handles = [c.apply(net) for c in canonizers("chain", places)]
    plain = []  # captum wants plain modules one after another; the slices behind convolutions cut nothing here
    for node, f in zip(net.nodes, net.layers):
        if node["operation"] == "flatten":
            plain.append(nn.Flatten())
        elif node["operation"] != "batch-norm":
            plain += [m for m in (f if isinstance(f, nn.Sequential) else [f]) if not isinstance(m, (Of, nn.Identity, nn.Flatten, nn.Unflatten))]
    order = [i for i, s in enumerate(plain) if isinstance(s, nn.Linear)][0]
    first = plain[order]
    channels, length = net.nodes[places["pool2"]]["shape"][::-1]
    turned = nn.Linear(first.in_features, first.out_features).double()  # position-major to channel-major
    turned.weight.data = first.weight.data.reshape(-1, length, channels).permute(0, 2, 1).reshape(first.out_features, -1).contiguous()
    turned.bias.data = first.bias.data
    plain[order] = turned
    model = nn.Sequential(*plain)
    assert torch.allclose(model(x), net(x), atol=1e-12)
    got = []
    for t in range(3):
        for f in model:
            f.rule = EpsilonRule(epsilon=1e-12)  # captum takes them away after each call
        got.append(LRP(model).attribute(x.clone().requires_grad_(), target=t).permute(0, 2, 1).detach().numpy())
    got = np.stack(got, 1)
    worst = np.abs(got - values["lrp-0"]).max()
    print("captum", captum.__version__, "epsilon rule on chain: largest difference from lrp-0", worst)
    assert worst < 1e-6, worst
    del handles


if __name__ == "__main__":
    torch.set_num_threads(1)
    OUT.mkdir(parents=True, exist_ok=True)
    for name in NORMS:
        inputs = np.load(ROOT / name / "golden.npz")["inputs"][:3]
        x = torch.tensor(inputs, dtype=torch.float64).permute(0, 2, 1).contiguous()
        net, _ = network(name)
        relu = all(not isinstance(f, FUNCTIONS) or isinstance(f, nn.ReLU) for f in net.layers)
        tasks = net(x).shape[1]
        values = {}
        for method in methods():
            if method == "deep-taylor" and not relu:
                continue
            each = []
            for t in range(tasks):
                r, out = relevance(name, method, x, t)
                assert torch.allclose(out, net(x)[:, t], atol=1e-12)
                each.append(r.numpy())
            values[method] = np.stack(each, 1)
        np.savez_compressed(OUT / f"{name}.npz", **values)
        if name == "chain":
            check_captum(x, values)
        print(name, {m: float(np.abs(v).max().round(3)) for m, v in values.items()})
    print(sys.version.split()[0], "numpy", np.__version__, "torch", torch.__version__, "zennit 0.5.1")
