"""What other programs say of the golden networks: derivatives, their averages, DeepLIFT, maps.

    python src/test/python/golden_gradients.py

writes src/test/resources/basewise/attribution/golden/NAME.npz; see README.md there. Every array is of the first two
sequences of the network's golden inputs, [2, length, 4] unless said, in float64 and (with a name that ends in 32) in
float32. What is explained is the sum of the outputs times `weights`.
"""
import contextlib
import pathlib
import sys
import warnings

import captum
import captum.attr as ca
import numpy as np
import shap
import tangermeme
import torch
from tangermeme import deep_lift_shap as dls
from torch import nn

from network_torch import Network

NETWORKS = pathlib.Path("src/test/resources/basewise/nn/network/golden")
OUT = pathlib.Path("src/test/resources/basewise/attribution/golden")
DRAWS, STEPS, SHUFFLES = 6, 5, 3
# The node whose map Grad-CAM reads, with the activation that follows the last convolution.
LAYER = {"chain": "relu2", "overlap": "elu", "residual": "relu2", "pointwise": "relu2"}


class Exponential(nn.Module):
    def forward(self, x):
        return torch.exp(x)


class Larger(nn.Module):
    """The maximum over inputs as a max-pool over neighbours, for which tools have a rule."""

    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool1d(2, 2)

    def forward(self, *x):
        return self.pool(torch.stack(x, 3).flatten(2))


class Target(nn.Module):
    """A weighted sum of outputs, [n, 1]."""

    def __init__(self, folder, dtype, weights):
        super().__init__()
        network = Network(folder, dtype)
        for i, node in enumerate(network.nodes):
            if node["operation"] == "maximum":
                network.layers[i] = Larger()
            if node.get("function") == "exponential":
                network.layers[i] = Exponential()
        self.network, self.weights = network, torch.tensor(weights, dtype=dtype)

    def forward(self, x):
        return (self.network(x) * self.weights).sum(1, keepdim=True)

    def layer(self, name):
        return self.network.layers[[n["name"] for n in self.network.nodes].index(name)]


def here(t):
    """[n, 4, length] to [n, length, 4]."""
    return t.detach().numpy().transpose(0, 2, 1)


def recorded(model, run):
    """The answer of run() and every input that the model read on the way."""
    seen = []
    handle = model.register_forward_pre_hook(lambda m, x: seen.append(x[0].detach().clone()))
    answer = run()
    handle.remove()
    return answer, seen


def references(x):
    """The sequence's own GC (what Basewise calls gc), and shuffles of its letters; N stays N."""
    known = x.sum(1, keepdims=True)
    gc = x[:, 1:3].sum((1, 2)) / x.sum((1, 2))
    half = np.stack([1 - gc, gc, gc, 1 - gc], 1)[:, :, None] / 2
    random = np.random.default_rng(7)
    shuffles = []
    for s in x:
        each = np.flatnonzero(s.sum(0))
        rows = []
        for _ in range(SHUFFLES):
            row = np.zeros_like(s)
            row[:, each] = s[:, random.permutation(each)]
            rows.append(row)
        shuffles.append(rows)
    return half * known, np.array(shuffles)


def hypothetical(m, r):
    """h[c] = m[c] - sum over c' of r[c'] m[c']; [.., 4, length]."""
    return m - (r * m).sum(-2, keepdims=True)


def noise(model, x, values):
    """captum's NoiseTunnel, one sequence at a time, with the noise that it drew."""
    for kind in ("smoothgrad", "smoothgrad_sq", "vargrad"):
        answers, drawn = [], []
        for s in x:
            torch.manual_seed(11)
            tunnel = ca.NoiseTunnel(ca.Saliency(model))
            run = lambda: tunnel.attribute(s[None], nt_type=kind, nt_samples=DRAWS, stdevs=0.1, abs=False)
            answer, seen = recorded(model, run)
            answers.append(here(answer)[0])
            drawn.append(here(seen[-1] - s))
        values[kind] = np.array(answers)
        values["noise"] = np.array(drawn)  # [2, draws, length, 4]


@contextlib.contextmanager
def unrounded():
    """captum rounds the weights of a quadrature to float32 whatever the network's type; here it does not."""
    rounding = torch.Tensor.float
    torch.Tensor.float = lambda t: t.to(torch.get_default_dtype())
    try:
        yield
    finally:
        torch.Tensor.float = rounding


def integrated(model, x, baseline, values):
    for method, name in (("riemann_middle", "midpoint"), ("riemann_trapezoid", "trapezoid"), ("gausslegendre", "gauss-legendre")):
        n = STEPS + 1 if name == "trapezoid" else STEPS
        with unrounded():
            m = ca.IntegratedGradients(model, multiply_by_inputs=False).attribute(x, baseline, n_steps=n, method=method)
        values["integrated-" + name] = hypothetical(m.detach().numpy(), baseline.numpy()).transpose(0, 2, 1)


def expected(model, x, shuffles, values):
    """shap's GradientExplainer, with the draws its seed gives; contributions of letters that are there."""
    answers, which, places = [], [], []
    for s, r in zip(x, shuffles):
        explainer = shap.GradientExplainer(model, r, local_smoothing=0)
        a = explainer.shap_values(s[None], nsamples=DRAWS, rseed=5)
        answers.append(np.asarray(a).reshape(s.shape).sum(0))
        np.random.seed(5)
        draws = [(np.random.choice(len(r)), np.random.uniform()) for _ in range(DRAWS)]
        which.append([d[0] for d in draws])
        places.append([d[1] for d in draws])
    values["expected"] = np.array(answers)  # [2, length]
    values["expected_which"], values["expected_places"] = np.array(which, np.int32), np.array(places)


def rescale(model, x, baseline, shuffles, values):
    """tangermeme's multipliers against one reference, and averaged over shuffles."""
    extra = {Exponential: dls._nonlinear}
    for name, r in (("rescale", baseline[:, None]), ("deepshap", shuffles)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            m = dls.deep_lift_shap(model, x, references=r, additional_nonlinear_ops=extra, raw_outputs=True, device="cpu", only_warn=True)
        h = hypothetical(m.detach().numpy(), r.numpy()).mean(1)
        values[name] = h.transpose(0, 2, 1)


class Apart(nn.Module):
    """A layer that reads a copy. Where a ReLU's output is read by a max-pool itself, captum's hooks share the tensor, and
    the ReLU's sees its gradient before the pool's rule has changed it: then contributions do not add up either."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, *x):
        return self.layer(*(v.clone() for v in x))


def captum_rescale(model, x, baseline, values):
    """captum's contributions, which do not add up where windows of max-pools overlap: max_unpool assigns, not adds."""
    for i, f in enumerate(model.network.layers):
        model.network.layers[i] = Apart(f)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        a, delta = ca.DeepLift(model).attribute(x, baseline, return_convergence_delta=True)
    for i, f in enumerate(model.network.layers):
        model.network.layers[i] = f.layer
    values["captum"] = here(a).sum(2)  # [2, length]
    values["captum_delta"] = delta.detach().numpy()


def deep_explainer(model, x, shuffles, values):
    """shap's contributions over the shuffles; it unpools as captum does."""
    answers = []
    for s, r in zip(x, shuffles):
        a = shap.DeepExplainer(model, r).shap_values(s[None].detach(), check_additivity=False)
        answers.append(np.asarray(a).reshape(s.shape).sum(0))
    values["shap"] = np.array(answers)  # [2, length]


def guided(model, x, values):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values["guided"] = here(ca.GuidedBackprop(model).attribute(x))
        values["deconvnet"] = here(ca.Deconvolution(model).attribute(x))


def maps(name, model, x, values):
    """Grad-CAM by captum; Grad-CAM++ and CAM by their papers' formulas, [2, positions]; Guided Grad-CAM by captum where
    enlarging a map is the same as giving each base the positions that read it."""
    if name not in LAYER:
        return
    layer = model.layer(LAYER[name])
    values["gradcam"] = ca.LayerGradCam(model, layer).attribute(x, relu_attributions=True).detach().numpy()[:, 0]
    if name == "pointwise":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values["guided_gradcam"] = here(ca.GuidedGradCam(model, layer).attribute(x))
    kept = []
    handle = layer.register_forward_hook(lambda m, i, o: kept.append(o))
    out = model(x.requires_grad_())
    handle.remove()
    a = kept[0]
    g = torch.autograd.grad(out.sum(), a)[0]
    divisor = 2 * g**2 + a.sum(2, keepdim=True) * g**3
    alpha = torch.where(divisor != 0, g**2 / torch.where(divisor != 0, divisor, 1), 0)
    w = (alpha * torch.relu(g)).sum(2, keepdim=True)
    values["gradcampp"] = torch.relu((w * a).sum(1)).detach().numpy()
    if name == "residual":
        handle = model.layer("crop").register_forward_hook(lambda m, i, o: kept.append(o))
        model(x)
        handle.remove()
        w = model.layer("output")[1].weight.T @ model.weights  # [channels]
        values["cam"] = (w[None, :, None] * kept[-1]).sum(1).detach().numpy()


class RevealCancel:
    """DeepLIFT's second rule from the formulas of its paper (Shrikumar and others 2017, section 3.5), on matrices.

    Every convolution and dense layer is written out as a matrix; `everywhere` or only where the last such layer before
    an activation is dense (the default of the deeplift package for genomics), Rescale elsewhere.
    """

    def __init__(self, model, everywhere):
        self.network, self.weights, self.everywhere = model.network, model.weights, everywhere

    def contributions(self, x, r):
        """Of one sequence [4, length], against one reference."""
        net, nodes = self.network, self.network.nodes
        values = [{"input": v[None]} for v in (x, r)]
        for v in values:
            for n, f in zip(nodes, net.layers):
                v[n["name"]] = f(*(v[i] for i in n["inputs"]))
        vx, vr = values
        d = {k: vx[k] - vr[k] for k in vx}
        parts = {"input": (d["input"].clamp(min=0), d["input"].clamp(max=0))}
        convolved = {"input": False}
        matrices = {}
        for n, f in zip(nodes, net.layers):
            name, ins, op = n["name"], n["inputs"], n["operation"]
            convolved[name] = any(convolved[i] for i in ins)
            p, q = [parts[i][0] for i in ins], [parts[i][1] for i in ins]
            if op in ("convolution", "reverse-complement-convolution", "dense"):
                convolved[name] = op != "dense"
                zero = torch.zeros_like(d[ins[0]])
                unit = torch.eye(zero.numel(), dtype=zero.dtype).reshape(-1, *zero.shape[1:])
                m = (f(unit) - f(zero)).reshape(len(unit), -1)  # [in, out]
                matrices[name] = m
                each = m * d[ins[0]].reshape(-1, 1)
                shape = vx[name].shape
                parts[name] = each.clamp(min=0).sum(0).reshape(shape), each.clamp(max=0).sum(0).reshape(shape)
            elif op == "batch-norm":
                s = f.weight[None, :, None]
                parts[name] = torch.where(s > 0, s * p[0], s * q[0]), torch.where(s > 0, s * q[0], s * p[0])
            elif op in ("maximum", "max-pool"):
                parts[name] = d[name].clamp(min=0), d[name].clamp(max=0)
            elif op == "activation":
                base, up, down, both = f(vr[ins[0]]), f(vr[ins[0]] + p[0]), f(vr[ins[0]] + q[0]), f(vx[ins[0]])
                if self.everywhere or not convolved[name]:
                    parts[name] = ((up - base) + (both - down)) / 2, ((down - base) + (both - up)) / 2
                else:
                    s = self.slope(f, vr[ins[0]], d[ins[0]], d[name])
                    parts[name] = s * p[0], s * q[0]
            else:  # linear, element by element or an average: the parts stay apart
                parts[name] = f(*p), f(*q)
        ms = {k: [torch.zeros_like(v), torch.zeros_like(v)] for k, v in d.items()}
        last = nodes[-1]["name"]
        for k in (0, 1):
            ms[last][k] = self.weights.reshape(ms[last][k].shape).clone()
        for n, f in reversed(list(zip(nodes, net.layers))):
            name, ins, op = n["name"], n["inputs"], n["operation"]
            up, down = ms[name]
            if name in matrices:
                m, of = matrices[name], d[ins[0]].reshape(-1, 1)
                u, w = up.reshape(1, -1), down.reshape(1, -1)
                each = torch.where(of * m > 0, u, w)
                each = torch.where(of == 0, (u + w) / 2, each)
                total = (m * each).sum(1).reshape(d[ins[0]].shape)
                for k in (0, 1):
                    ms[ins[0]][k] = ms[ins[0]][k] + total
            elif op == "batch-norm":
                s = f.weight[None, :, None]
                ms[ins[0]][0] = ms[ins[0]][0] + s * torch.where(s > 0, up, down)
                ms[ins[0]][1] = ms[ins[0]][1] + s * torch.where(s > 0, down, up)
            elif op in ("maximum", "max-pool"):
                self.routed(n, [vx[i] for i in ins], [vr[i] for i in ins], vx[name], vr[name], up, down, [ms[i] for i in ins])
            elif op == "activation":
                if self.everywhere or not convolved[name]:
                    p, q = parts[ins[0]]
                    a, b = up * parts[name][0] / self.pushed(p, 1), down * parts[name][1] / self.pushed(q, -1)
                else:
                    s = self.slope(f, vr[ins[0]], d[ins[0]], d[name])
                    a, b = up * s, down * s
                ms[ins[0]][0] = ms[ins[0]][0] + a
                ms[ins[0]][1] = ms[ins[0]][1] + b
            else:
                for k in (0, 1):
                    at = [torch.zeros_like(d[i], requires_grad=True) for i in ins]
                    for i, g in zip(ins, torch.autograd.grad(f(*at), at, grad_outputs=ms[name][k])):
                        ms[i][k] = ms[i][k] + g
        m = ms["input"]
        assert torch.equal(m[0], m[1])  # a convolution reads the input
        return (m[0] * d["input"])[0].sum(0), d[last], m[0][0]

    @staticmethod
    def slope(f, r, d, out):
        at = r.clone().requires_grad_()
        g = torch.autograd.grad(f(at).sum(), at)[0]
        return torch.where(d.abs() < 1e-9, g, out / torch.where(d == 0, 1, d))

    @staticmethod
    def pushed(part, sign):
        return torch.where(part.abs() < 1e-7, torch.where(part == 0, sign, part.sign()) * 1e-7, part)

    @staticmethod
    def routed(n, xs, rs, y, yr, up, down, into):
        """(xmax - reference) to the largest, (out - xmax) to the largest of the reference; window by window."""
        sums = [torch.zeros_like(x) for x in xs]
        length, channels = y.shape[2], y.shape[1]
        for w in range(length):
            for c in range(channels):
                if n["operation"] == "maximum":
                    places = [(k, w) for k in range(len(xs))]
                else:
                    start = w * n["stride"]
                    places = [(0, start + j) for j in range(n["window"])]
                best = max(places, key=lambda a: (xs[a[0]][0, c, a[1]].item(), -places.index(a)))
                ref = max(places, key=lambda a: (rs[a[0]][0, c, a[1]].item(), -places.index(a)))
                top = max(y[0, c, w], yr[0, c, w])
                sums[best[0]][0, c, best[1]] += up[0, c, w] * (top - yr[0, c, w])
                sums[ref[0]][0, c, ref[1]] += down[0, c, w] * (y[0, c, w] - top)
        for k, s in enumerate(sums):
            m = torch.where(s == 0, 0, s / torch.where(s == 0, 1, xs[k] - rs[k]))
            into[k][0] = into[k][0] + m
            into[k][1] = into[k][1] + m


def reveal(model, x, baseline, values):
    for everywhere, name in ((True, "revealcancel"), (False, "genomics")):
        answers = []
        for s, r in zip(x, baseline):
            c, difference, m = RevealCancel(model, everywhere).contributions(s.detach(), r)
            total = (difference.reshape(-1) * model.weights).sum()
            assert abs(c.sum() - total) < 1e-5 * max(1, abs(total)), (name, c.sum(), total)
            answers.append(hypothetical(m.detach().numpy(), r.numpy()).T)
        values[name] = np.array(answers)


def golden(name):
    arrays = np.load(NETWORKS / name / "golden.npz")
    x = arrays["inputs"][:2].astype(np.float64).transpose(0, 2, 1)  # [2, 4, length]
    weights = [1.0, -0.5, 0.25][: arrays["outputs64"].shape[1]]
    baseline, shuffles = references(x)
    everything = {"weights": np.array(weights), "shuffles": shuffles.transpose(0, 1, 3, 2).astype(np.int8)}
    for dtype, suffix in ((torch.float64, ""), (torch.float32, "32")):
        torch.set_default_dtype(dtype)
        model = Target(NETWORKS / name, dtype, weights)
        t, b, s = (torch.tensor(v, dtype=dtype) for v in (x, baseline, shuffles))
        values = {}
        noise(model, t, values)
        # Not the GC background: there all windows of a filter are equal, and which is the largest is chance.
        integrated(model, t, s.mean(1), values)
        expected(model, t, s, values)
        if name != "softmax":
            rescale(model, t, b, s, values)
            if dtype == torch.float64:
                reveal(model, t, b, values)
                if name != "smooth":  # captum has no rule for GELU, SiLU and exp
                    captum_rescale(model, t, b, values)
                    deep_explainer(model, t, s, values)
        guided(model, t, values)
        maps(name, model, t, values)
        everything.update({k + suffix: v for k, v in values.items() if not (suffix and k.startswith("expected_"))})
    np.savez_compressed(OUT / f"{name}.npz", **everything)
    return everything


if __name__ == "__main__":
    torch.set_num_threads(1)
    OUT.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or ("motif", "chain", "overlap", "residual", "smooth", "softmax", "pointwise"):
        values = golden(name)
        print(name, len(values), "captum's DeepLift misses", values.get("captum_delta"))
    print(sys.version.split()[0], *(f"{m.__name__} {m.__version__}" for m in (np, torch, captum, tangermeme, shap)))
