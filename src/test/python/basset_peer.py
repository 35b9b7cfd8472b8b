"""PyTorch twin of BassetBench. Arguments: a folder with the codes, labels and parameters of a batch,
as raw little-endian arrays, and the batch size. Writes loss, outputs and gradients beside them and
prints milliseconds of the fastest training step and inference, tab-separated."""
import sys
import time

import numpy as np
import torch

torch.set_num_threads(2)
N, L, TIMES, CHECKED = int(sys.argv[2]), 600, 7, 4
SHAPES = [(4, 300, 19), (300, 200, 11), (200, 200, 7)]  # channels, filters, width
nn = torch.nn


def path(name):
    return f"{sys.argv[1]}/{name}"


def read(name, *shape):
    return torch.from_numpy(np.fromfile(path(name), "<f4").reshape(*shape))


def write(name, x):
    x.detach().contiguous().numpy().astype("<f4").tofile(path(name))


def trunk(c, f, k, pool):
    return [nn.Conv1d(c, f, k, padding=k // 2), nn.BatchNorm1d(f), nn.ReLU(), nn.MaxPool1d(pool)]


net = nn.Sequential(
    *trunk(*SHAPES[0], 3), *trunk(*SHAPES[1], 4), *trunk(*SHAPES[2], 4),
    nn.Flatten(), nn.Linear(2400, 1000), nn.ReLU(), nn.Linear(1000, 164))


def ours_dense(w):  # [position][channel] rows as PyTorch's [channel][position]
    return w.reshape(12, 200, -1).transpose(0, 1).reshape(2400, -1)


def theirs_dense(w):
    return w.reshape(200, 12, -1).transpose(0, 1).reshape(2400, -1)


with torch.no_grad():
    for i, (c, f, k) in enumerate(SHAPES):
        conv, norm = net[4 * i], net[4 * i + 1]
        conv.weight.copy_(read(f"block{i + 1}_W", k, c, f).permute(2, 1, 0))
        conv.bias.copy_(read(f"block{i + 1}_b", f))
        norm.weight.copy_(read(f"block{i + 1}_gamma", f))
        norm.bias.copy_(read(f"block{i + 1}_beta", f))
        norm.running_var.fill_(1 - 1e-5)
    net[13].weight.copy_(ours_dense(read("hidden_W", 2400, 1000)).T)
    net[13].bias.copy_(read("hidden_b", 1000))
    net[15].weight.copy_(read("output_W", 1000, 164).T)
    net[15].bias.copy_(read("output_b", 164))

codes = torch.from_numpy(np.fromfile(path("codes"), "i1").reshape(N, L)).long()
x = nn.functional.one_hot(codes, 4).transpose(1, 2).float().contiguous()
y = read("labels", N, 164)
loss = nn.BCEWithLogitsLoss(reduction="sum")

net.eval()
with torch.no_grad():
    write("outputs", net(x[:CHECKED]))
net.train()
value = loss(net(x[:CHECKED]), y[:CHECKED])
value.backward()
write("loss", value.reshape(1) / CHECKED)
for i in range(3):
    write(f"block{i + 1}_W.gradient", net[4 * i].weight.grad.permute(2, 1, 0))
    write(f"block{i + 1}_gamma.gradient", net[4 * i + 1].weight.grad)
    write(f"block{i + 1}_beta.gradient", net[4 * i + 1].bias.grad)
write("hidden_W.gradient", theirs_dense(net[13].weight.grad.T))
write("hidden_b.gradient", net[13].bias.grad)
write("output_W.gradient", net[15].weight.grad.T)
write("output_b.gradient", net[15].bias.grad)

opt = torch.optim.Adam(net.parameters(), 1e-3)


def step():
    opt.zero_grad()
    (loss(net(x), y) / N).backward()
    opt.step()


def best(work):
    fastest = 1e9
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        fastest = min(fastest, time.perf_counter() - start)
    return 1000 * fastest


train = best(step)
net.eval()
with torch.no_grad():
    infer = best(lambda: net(x))
print(f"{train:.1f}\t{infer:.1f}")
