"""BigGAN in PyTorch on weights and inputs from Kiln.

    python biggan_torch.py FOLDER

FOLDER holds `case.json` and, as safetensors, the weights of G and D in BigGAN-PyTorch's names, z and labels. Writes the
images of G, the logits of D on them and the statistics after one training-mode pass. With KILN_BIGGAN_PYTORCH naming a
checkout of BigGAN-PyTorch its own classes are used; without, the ones below, which follow the paper and its names.
"""
import json
import os
import sys

import torch
from torch import nn
from torch.nn import functional as F

from tensors import load, save


def spectral(weight, u, training, eps=1e-12):
    """One power iteration (Miyato et al., 2018); u is kept when training."""
    matrix = weight.flatten(1)
    with torch.no_grad():
        v = F.normalize(u @ matrix, eps=eps)
        new = F.normalize(v @ matrix.t(), eps=eps)
        if training:
            u.copy_(new)
    return weight / (v @ matrix.t() @ new.t()).squeeze()


def normed(base):
    class Normed(base):
        def __init__(self, *args, outputs=None, **kwargs):
            super().__init__(*args, **kwargs)
            self.register_buffer("u0", torch.zeros(1, self.weight.shape[0]))
            self.register_buffer("sv0", torch.zeros(1))

        @property
        def used(self):
            return spectral(self.weight, self.u0, self.training)

    return Normed


class Conv(normed(nn.Conv2d)):
    def forward(self, x):
        return F.conv2d(x, self.used, self.bias, padding=self.padding)


class Linear(normed(nn.Linear)):
    def forward(self, x):
        return F.linear(x, self.used, self.bias)


class Embedding(normed(nn.Embedding)):
    def forward(self, labels):
        return F.embedding(labels, self.used)


def conv3(i, o):
    return Conv(i, o, 3, padding=1)


class Norm(nn.Module):
    """Batch norm with a gain and offset for each sample (from a code) or for each channel."""

    def __init__(self, channels, code=None):
        super().__init__()
        self.register_buffer("stored_mean", torch.zeros(channels))
        self.register_buffer("stored_var", torch.ones(channels))
        if code is None:
            self.gain, self.bias = nn.Parameter(torch.ones(channels)), nn.Parameter(torch.zeros(channels))
        else:
            self.gain, self.bias = Linear(code, channels, bias=False), Linear(code, channels, bias=False)

    def forward(self, x, code=None):
        h = F.batch_norm(x, self.stored_mean, self.stored_var, None, None, self.training, 0.1, 1e-5)
        if code is None:
            return h * self.gain[:, None, None] + self.bias[:, None, None]
        return h * (1 + self.gain(code))[:, :, None, None] + self.bias(code)[:, :, None, None]


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        one = lambda i, o: Conv(i, o, 1, bias=False)
        self.theta, self.phi = one(channels, channels // 8), one(channels, channels // 8)
        self.g, self.o = one(channels, channels // 2), one(channels // 2, channels)
        self.gamma = nn.Parameter(torch.zeros(()))

    def forward(self, x, code=None):
        n, _, h, w = x.shape
        theta = self.theta(x).flatten(2)
        phi = F.max_pool2d(self.phi(x), 2).flatten(2)
        g = F.max_pool2d(self.g(x), 2).flatten(2)
        weights = (theta.transpose(1, 2) @ phi).softmax(-1)
        return x + self.gamma * self.o((g @ weights.transpose(1, 2)).reshape(n, -1, h, w))


class GBlock(nn.Module):
    def __init__(self, i, o, code):
        super().__init__()
        self.bn1, self.bn2 = Norm(i, code), Norm(o, code)
        self.conv1, self.conv2, self.conv_sc = conv3(i, o), conv3(o, o), Conv(i, o, 1)

    def forward(self, x, code):
        up = lambda maps: F.interpolate(maps, scale_factor=2)
        h = self.conv1(up(self.bn1(x, code).relu()))
        return self.conv2(self.bn2(h, code).relu()) + self.conv_sc(up(x))


class DBlock(nn.Module):
    def __init__(self, i, o, first, down):
        super().__init__()
        self.first, self.down = first, down
        self.conv1, self.conv2 = conv3(i, o), conv3(o, o)
        self.conv_sc = Conv(i, o, 1) if down or i != o else None

    def forward(self, x):
        h = self.conv2(self.conv1(x if self.first else x.relu()).relu())
        shortcut = x if self.conv_sc is None else self.conv_sc(x)
        return F.avg_pool2d(h, 2) + F.avg_pool2d(shortcut, 2) if self.down else h + shortcut


class G(nn.Module):
    def __init__(self, case):
        super().__init__()
        widths = [w * case["width"] for w in case["gWidths"]]
        parts = len(widths)
        self.chunk = case["latent"] // parts
        code = case["embedding"] + self.chunk
        self.shared = nn.Embedding(case["numClasses"], case["embedding"])
        self.linear = Linear(self.chunk, widths[0] * 16)
        self.blocks = nn.ModuleList()
        for index, (i, o) in enumerate(zip(widths, widths[1:])):
            block = [GBlock(i, o, code)]
            if 8 * 2**index in case["attention"]:
                block.append(Attention(o))
            self.blocks.append(nn.ModuleList(block))
        self.output_layer = nn.ModuleList([Norm(widths[-1]), nn.ReLU(), conv3(widths[-1], case["channels"])])

    def forward(self, z, y):
        seed, *parts = z.split(self.chunk, 1)
        h = self.linear(seed).reshape(len(z), -1, 4, 4)
        for block, part in zip(self.blocks, parts):
            for layer in block:
                h = layer(h, torch.cat([y, part], 1))
        for layer in self.output_layer:
            h = layer(h)
        return h.tanh()


class D(nn.Module):
    def __init__(self, case):
        super().__init__()
        widths = [case["channels"]] + [w * case["width"] for w in case["dWidths"]]
        self.blocks = nn.ModuleList()
        for index, (i, o) in enumerate(zip(widths, widths[1:])):
            down = index < case["halvings"]
            block = [DBlock(i, o, index == 0, down)]
            if down and case["resolution"] // 2 ** (index + 1) in case["attention"]:
                block.append(Attention(o))
            self.blocks.append(nn.ModuleList(block))
        self.linear = Linear(widths[-1], 1)
        self.embed = Embedding(case["numClasses"], widths[-1])

    def forward(self, x, y):
        for block in self.blocks:
            for layer in block:
                x = layer(x)
        h = x.relu().sum((2, 3))
        return self.linear(h) + (self.embed(y) * h).sum(1, keepdim=True)


def original(case, folder):
    sys.path.insert(0, folder)
    import BigGAN

    attention = "_".join(str(side) for side in case["attention"]) or "0"
    shared = dict(resolution=case["resolution"], n_classes=case["numClasses"], skip_init=True)
    g = BigGAN.Generator(G_ch=case["width"], dim_z=case["latent"], shared_dim=case["embedding"], hier=True,
                         G_attn=attention, no_optim=True, **shared)
    return g, BigGAN.Discriminator(D_ch=case["width"], D_attn=attention, **shared)


def main():
    folder = sys.argv[1]
    case = json.load(open(f"{folder}/case.json"))
    checkout = os.environ.get("KILN_BIGGAN_PYTORCH")
    g, d = original(case, checkout) if checkout else (G(case), D(case))
    for net, name in ((g, "G"), (d, "D")):
        net.load_state_dict(load(f"{folder}/{name}.safetensors"), strict=True)
        net.train()
    inputs = load(f"{folder}/inputs.safetensors")
    labels = inputs["labels"].long()
    with torch.no_grad():
        images = g(inputs["z"], g.shared(labels))
        logits = d(images, labels)
    save(f"{folder}/outputs.safetensors", {
        "images": images.permute(0, 2, 3, 1).contiguous(),
        "logits": logits,
        "u": g.blocks[0][0].conv1.u0,
        "mean": g.blocks[0][0].bn1.stored_mean,
    })
    print(json.dumps({"reference": "BigGAN-PyTorch" if checkout else "biggan_torch.py",
                      "parametersG": sum(p.numel() for p in g.parameters()),
                      "parametersD": sum(p.numel() for p in d.parameters())}))


if __name__ == "__main__":
    main()
