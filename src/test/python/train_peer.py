"""PyTorch twin of TrainBench: prints training and inference sequences a second, tab-separated."""
import time

import torch

torch.set_num_threads(2)
torch.manual_seed(1)
N, L, F, K = 256, 200, 128, 20


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv1d(4, F, K)
        self.norm = torch.nn.BatchNorm1d(F)
        self.drop = torch.nn.Dropout(0.5)
        self.hidden = torch.nn.Linear(F, 32)
        self.out = torch.nn.Linear(32, 1)

    def forward(self, x):
        both = torch.cat([x, x.flip(1, 2)])  # A C G T: flipping the channels complements
        best = self.conv(both).amax(2)
        best = torch.maximum(best[: len(x)], best[len(x):])
        return self.out(torch.relu(self.hidden(self.drop(torch.relu(self.norm(best))))))


net = Net()
x = torch.nn.functional.one_hot(torch.randint(4, (N, L)), 4).transpose(1, 2).float().contiguous()
y = torch.randint(2, (N, 1)).float()
opt = torch.optim.Adam(net.parameters(), 2e-3)
loss = torch.nn.BCEWithLogitsLoss()


def step():
    opt.zero_grad()
    loss(net(x), y).backward()
    opt.step()


def best(work, times):
    fastest = 1e9
    for _ in range(times):
        start = time.perf_counter()
        work()
        fastest = min(fastest, time.perf_counter() - start)
    return N / fastest


train = best(step, 30)
net.eval()
with torch.no_grad():
    infer = best(lambda: net(x), 30)
print(f"{train:.0f}\t{infer:.0f}")
