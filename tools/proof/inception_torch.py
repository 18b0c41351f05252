"""Inception-v3 with drawn weights in torchvision and pytorch-fid: writes weights as .pth, images and what the networks make of them.

    python inception_torch.py FOLDER

Writes torchvision.pth, legacy.pth (the same in the format before PyTorch 1.6), pytorch-fid.pth, images.safetensors ([n, h, w, 3] in
[0, 255]) and, as safetensors, for each network its features and logits, [n, 2048] and [n, classes].
"""
import sys
from unittest import mock

import torch
import torch.nn.functional as F
import torchvision
from pytorch_fid import inception as fid

from inception_nets import drawn, fid_network
from tensors import save

folder = sys.argv[1]
torch.manual_seed(0)


@torch.no_grad()
def judged(net, x):
    """Of a network of torchvision: the input of its last layer, and that layer's output."""
    seen = []
    hook = net.fc.register_forward_hook(lambda _, inputs, output: seen.extend((inputs[0], output)))
    net(x)
    hook.remove()
    return {"features": seen[0], "logits": seen[1]}


# No side is 299, both smaller and larger ones are there.
images = torch.randint(0, 256, (3, 3, 200, 320)).float()
images = F.avg_pool2d(images, 5, 1, 2).round()
save(f"{folder}/images.safetensors", {"images": images.permute(0, 2, 3, 1).contiguous()})
unit = images / 255
resized = F.interpolate(unit, size=(299, 299), mode="bilinear", align_corners=False)

net = drawn(torchvision.models.inception_v3(weights=None, init_weights=False, transform_input=False))
torch.save(net.state_dict(), f"{folder}/torchvision.pth")
torch.save(net.state_dict(), f"{folder}/legacy.pth", _use_new_zipfile_serialization=False)
save(f"{folder}/torchvision.safetensors", judged(net, 2 * resized - 1))
# What torchvision's own weights are for: images normalised as ImageNet's, brought back to [-1, 1] by the network itself.
net.transform_input = True
normalise = torchvision.transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
save(f"{folder}/transformed.safetensors", judged(net, normalise(resized)))

net = drawn(fid_network())
torch.save(net.state_dict(), f"{folder}/pytorch-fid.pth")
# Its own pipeline, from images in [0, 1] on.
with mock.patch.object(fid, "fid_inception_v3", lambda: net), torch.no_grad():
    features = fid.InceptionV3()(unit)[0][:, :, 0, 0]
    logits = net.fc(features)
save(f"{folder}/pytorch-fid.safetensors", {"features": features, "logits": logits})
