"""Are samples digits? A classifier trained on real digits judges arrays of samples, and counts copies.

    python digits_quality.py DATA_FOLDER NAME=samples.npy[:labels] ...

The classifier sees the first 1,497 digits; the 300 held out, by other writers, say how far to trust it. Prints one
JSON line: held-out accuracy and, per array, the share of samples put into some class with confidence >= 0.9, the
share of each class, and nearest-neighbour distances (root mean square per pixel of [-1, 1]) beside those between
held-out and training digits. With `:labels` sample i is meant to be class i % 10.
"""
import gzip
import json
import sys

import numpy as np
import torch
from torch import nn


def load(folder):
    with gzip.open(f"{folder}/digits-images-idx3-ubyte.gz") as f:
        images = np.frombuffer(f.read(), np.uint8, offset=16).reshape(-1, 8, 8, 1)
    with gzip.open(f"{folder}/digits-labels-idx1-ubyte.gz") as f:
        labels = np.frombuffer(f.read(), np.uint8, offset=8)
    return images.astype(np.float32) / 127.5 - 1, labels.astype(np.int64)


def jitter(x):
    """Small rotations, scalings and shifts: other writers' digits."""
    n = len(x)
    angle = (torch.rand(n) * 2 - 1) * 0.25
    scale = 1 + (torch.rand(n) * 2 - 1) * 0.1
    shift = (torch.rand(n, 2) * 2 - 1) * 0.15
    theta = torch.stack([torch.stack([scale * angle.cos(), -angle.sin(), shift[:, 0]], 1),
                         torch.stack([angle.sin(), scale * angle.cos(), shift[:, 1]], 1)], 1)
    grid = nn.functional.affine_grid(theta, x.shape, align_corners=False)
    return nn.functional.grid_sample(x + 1, grid, align_corners=False) - 1


def train_classifier(images, labels, epochs=60):
    torch.manual_seed(0)
    net = nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(), nn.Flatten(), nn.Dropout(0.3), nn.Linear(1024, 10))
    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    x, y = torch.tensor(images).permute(0, 3, 1, 2), torch.tensor(labels)
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(64):
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(jitter(x[rows])), y[rows]).backward()
            optimizer.step()
        schedule.step()
    return net.eval()


@torch.no_grad()
def probabilities(net, images):
    return net(torch.tensor(images).permute(0, 3, 1, 2)).softmax(1).numpy()


def nearest(images, reference):
    a, b = images.reshape(len(images), -1), reference.reshape(len(reference), -1)
    return np.sqrt(((a[:, None] - b[None]) ** 2).mean(2)).min(1)


def judge(net, train, samples, labelled):
    p = probabilities(net, samples)
    predicted = p.argmax(1)
    distance = nearest(samples, train)
    result = {
        "samples": len(samples),
        "confident": float((p.max(1) >= 0.9).mean()),
        "shares": [round(float((predicted == c).mean()), 4) for c in range(10)],
        "nearest": {"min": round(float(distance.min()), 4), "median": round(float(np.median(distance)), 4)},
        "copies": float((distance < 0.02).mean()),
    }
    if labelled:
        result["as_asked"] = float((predicted == np.arange(len(samples)) % 10).mean())
    return result


def main():
    images, labels = load(sys.argv[1])
    train, held = images[:1497], images[1497:]
    net = train_classifier(train, labels[:1497])
    accuracy = float((probabilities(net, held).argmax(1) == labels[1497:]).mean())
    reference = nearest(held, train)
    report = {"held_out_accuracy": accuracy,
              "held_out_nearest": {"min": round(float(reference.min()), 4), "median": round(float(np.median(reference)), 4)}}
    for argument in sys.argv[2:]:
        name, path = argument.split("=", 1)
        labelled = path.endswith(":labels")
        report[name] = judge(net, train, np.load(path.removesuffix(":labels")), labelled)
    print(json.dumps(report))


if __name__ == "__main__":
    main()
