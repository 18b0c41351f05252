"""The networks, objective and budget of `biggan-digits` in PyTorch, as a yardstick.

    python biggan_digits_torch.py DATA_FOLDER OUT.npy --kimg 500 --seed 0 ...

The modules of biggan_torch.py with Kiln's initial distributions, hinge loss, Adam, one D on real and generated images
together, and an averaged G that includes its statistics. Saves samples of the average; sample i is of class i % 10.
"""
import argparse
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from biggan_torch import D, G
from digits_quality import load

parser = argparse.ArgumentParser()
parser.add_argument("data")
parser.add_argument("out")
parser.add_argument("--kimg", type=float, default=500)
parser.add_argument("--batch", type=int, default=64)
parser.add_argument("--width", type=int, default=12)
parser.add_argument("--latent", type=int, default=24)
parser.add_argument("--embedding", type=int, default=16)
parser.add_argument("--rate-g", type=float, default=5e-4)
parser.add_argument("--rate-d", type=float, default=5e-4)
parser.add_argument("--epsilon", type=float, default=1e-5)
parser.add_argument("--ema-kimg", type=float, default=50)
parser.add_argument("--num", type=int, default=10_000)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--threads", type=int, default=1)
a = parser.parse_args()
torch.manual_seed(a.seed)
torch.set_num_threads(a.threads)

# The layout of Kiln's BigGAN for images of side 8.
case = dict(resolution=8, channels=1, width=a.width, latent=a.latent, embedding=a.embedding, numClasses=10,
            attention=[], gWidths=[4, 4], dWidths=[4, 4, 4], halvings=1)


def init(module):
    if isinstance(module, (nn.Conv2d, nn.Linear, nn.Embedding)):
        nn.init.orthogonal_(module.weight)
        if getattr(module, "bias", None) is not None:
            nn.init.zeros_(module.bias)
        if hasattr(module, "u0"):
            module.u0.normal_()


images, labels = load(a.data)
x = torch.tensor(images[:1497]).permute(0, 3, 1, 2)
y = torch.tensor(labels[:1497])
g, d, average = G(case), D(case), G(case)
g.apply(init), d.apply(init)
average.load_state_dict(g.state_dict())
optimizer_g = torch.optim.Adam(g.parameters(), a.rate_g, (0.0, 0.999), a.epsilon)
optimizer_d = torch.optim.Adam(d.parameters(), a.rate_d, (0.0, 0.999), a.epsilon)


def draw(net, asked):
    return net(torch.randn(len(asked), a.latent), net.shared(asked))


seen, order, begin = 0, torch.empty(0, dtype=torch.long), time.time()
while seen < a.kimg * 1000:
    if len(order) < a.batch:
        order = torch.cat([order, torch.randperm(len(x))])
    rows, order = order[:a.batch], order[a.batch:]
    optimizer_d.zero_grad()
    with torch.no_grad():
        fake = draw(g, y[rows])
    real_logits, fake_logits = d(torch.cat([x[rows], fake]), torch.cat([y[rows], y[rows]])).chunk(2)
    loss_d = F.relu(1 - real_logits).mean() + F.relu(1 + fake_logits).mean()
    loss_d.backward()
    optimizer_d.step()
    optimizer_g.zero_grad()
    asked = torch.randint(10, (a.batch,))
    loss_g = -d(draw(g, asked), asked).mean()
    loss_g.backward()
    optimizer_g.step()
    seen += a.batch
    decay = 0.5 ** (a.batch / min(a.ema_kimg * 1000, seen * 0.05))
    with torch.no_grad():
        for target, value in zip(average.state_dict().values(), g.state_dict().values()):
            target.lerp_(value, 1 - decay)
seconds = time.time() - begin
average.eval()
with torch.no_grad():
    samples = draw(average, torch.arange(a.num) % 10)
np.save(a.out, samples.permute(0, 2, 3, 1).numpy())
print(f"{seconds:.1f} s, {a.kimg / seconds:.3f} kimg/s, loss D {loss_d.item():.3f} G {loss_g.item():.3f}")
