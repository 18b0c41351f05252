"""FID by pytorch-fid's own functions and KID by torch-fidelity's, of folders of drawn images, in an Inception-v3 with drawn weights.

    python distances_torch.py FOLDER

Writes the folders small, large and wide of PNG images, weights.pth, and distances.json: of each pair of folders FID and KID as those
programs have them, both in closed form from the same features, and how the features are spread.
"""
import json
import sys
from pathlib import Path
from unittest import mock

import numpy as np
import torch
from PIL import Image, ImageDraw
from pytorch_fid import fid_score, inception
from torch_fidelity.metric_kid import kid_features_to_metric

from inception_nets import drawn, fid_network

folder = Path(sys.argv[1])
count = 300
# Width and height, mode, numbers of shapes, and the range that colours come from.
sets = {
    "small": ((32, 32), "RGB", (1, 4), (0, 160)),
    "large": ((64, 64), "RGB", (3, 9), (60, 255)),
    "wide": ((96, 64), "L", (2, 6), (0, 255)),
}


def draw(rng, size, mode, shapes, colours):
    """Ellipses and boxes on a ground, with noise of a strength that differs from image to image."""
    width, height = size
    colour = lambda: tuple(int(value) for value in rng.integers(*colours, len(mode)))
    image = Image.new(mode, size, colour())
    pen = ImageDraw.Draw(image)
    for _ in range(rng.integers(*shapes)):
        left, top = int(rng.integers(0, width)), int(rng.integers(0, height))
        box = (left, top, left + int(rng.integers(2, width)), top + int(rng.integers(2, height)))
        shape = pen.ellipse if rng.random() < 0.5 else pen.rectangle
        shape(box, fill=colour())
    pixels = np.asarray(image, np.float64)
    pixels = pixels + rng.normal(0, rng.uniform(0, 40), pixels.shape)
    return Image.fromarray(np.clip(pixels.round(), 0, 255).astype(np.uint8))


def files_of(name):
    return sorted((folder / name).glob("*.png"))


@torch.no_grad()
def spread(net):
    """Statistics as training leaves them. With drawn ones, the deeper a layer, the less its channels differ between images."""
    norms = [module for module in net.modules() if isinstance(module, torch.nn.BatchNorm2d)]
    for norm in norms:
        norm.momentum = 0.5
    with mock.patch.object(inception, "fid_inception_v3", lambda: net):
        judge = inception.InceptionV3().train()
    for name in sets:
        pixels = [np.array(Image.open(file).convert("RGB")) for file in files_of(name)[:16]]
        judge(torch.from_numpy(np.stack(pixels)).permute(0, 3, 1, 2) / 255)
    for norm in norms:
        norm.momentum = 0.1
    return net.eval()


def exact_fid(a, b):
    """The trace of (S1 S2)^(1/2) is the sum of the singular values of A B^T, where S1 = A^T A and S2 = B^T B."""
    centred = [(x - x.mean(0)) / np.sqrt(len(x) - 1) for x in (a, b)]
    root = np.linalg.svd(centred[0] @ centred[1].T, compute_uv=False).sum()
    return ((a.mean(0) - b.mean(0)) ** 2).sum() + sum((x**2).sum() for x in centred) - 2 * root


def exact_kid(a, b):
    """Of all samples at once: sides of equal size, no larger than a subset, have only one subset."""
    kernel = lambda x, y: (x @ y.T / x.shape[1] + 1) ** 3
    apart = ~np.eye(len(a), dtype=bool)
    return kernel(a, a)[apart].mean() + kernel(b, b)[apart].mean() - 2 * kernel(a, b).mean()


def participation(x):
    """Over how many directions the variance is spread: (sum of eigenvalues)^2 / sum of squares."""
    values = np.linalg.svd(x - x.mean(0), compute_uv=False) ** 2
    return values.sum() ** 2 / (values**2).sum()


for seed, (name, kind) in enumerate(sets.items()):
    (folder / name).mkdir()
    rng = np.random.default_rng(seed)
    for index in range(count):
        draw(rng, *kind).save(folder / name / f"{index:04}.png")

torch.manual_seed(0)
net = spread(drawn(fid_network()))
torch.save(net.state_dict(), folder / "weights.pth")

features = {}
measure = fid_score.get_activations


def remembered(files, *rest):
    name = files[0].parent.name
    if name not in features:
        features[name] = measure(files, *rest)
    return features[name]


distances = []
with mock.patch.object(inception, "fid_inception_v3", lambda: net), mock.patch.object(fid_score, "get_activations", remembered):
    for images, data in (("small", "large"), ("wide", "large")):
        fid = fid_score.calculate_fid_given_paths([str(folder / images), str(folder / data)], 50, "cpu", 2048, 0)
        a, b = features[images], features[data]
        kid = kid_features_to_metric(torch.from_numpy(a), torch.from_numpy(b), kid_subsets=1, kid_subset_size=count, verbose=False)
        distances.append({
            "images": images,
            "data": data,
            "fid": float(fid),
            "exactFid": float(exact_fid(a, b)),
            "kid": float(kid["kernel_inception_distance_mean"]),
            "exactKid": float(exact_kid(a, b)),
            "participation": min(float(participation(x)) for x in (a, b)),
        })
(folder / "distances.json").write_text(json.dumps(distances))
