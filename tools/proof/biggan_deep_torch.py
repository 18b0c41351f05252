"""The generator of pytorch-pretrained-biggan on weights and inputs from Kiln.

    python biggan_deep_torch.py FOLDER

FOLDER holds `case.json` and, as safetensors, the weights in that package's names, z and labels. Writes the images. In
training mode, where its spectral norms take one step of the power iteration; its batch norms always use stored statistics.
"""
import json
import sys
from collections import OrderedDict

import torch
from pytorch_pretrained_biggan import BigGAN, BigGANConfig

from tensors import load, save

folder = sys.argv[1]
case = json.load(open(f"{folder}/case.json"))
config = BigGANConfig(output_dim=case["resolution"], z_dim=case["latent"], class_embed_dim=case["embedding"],
                      channel_width=case["width"], num_classes=case["numClasses"],
                      layers=[tuple(layer) for layer in case["layers"]],
                      attention_layer_position=case["attentionPosition"], eps=case["epsilon"])
net = BigGAN(config)
weights = OrderedDict(load(f"{folder}/G.safetensors"))
# Without it PyTorch takes them for weights of an old version of its spectral norm.
weights._metadata = net.state_dict()._metadata
missing, unexpected = net.load_state_dict(weights, strict=False)
# The vectors v follow from u in the first step.
left = [name for name in missing if not name.endswith("weight_v")]
assert not left and not unexpected, (left[:3], unexpected[:3])
net.train()
inputs = load(f"{folder}/inputs.safetensors")
labels = torch.nn.functional.one_hot(inputs["labels"].long(), case["numClasses"]).float()
with torch.no_grad():
    images = net(inputs["z"], labels, 1.0)
save(f"{folder}/outputs.safetensors", {"images": images.permute(0, 2, 3, 1).contiguous()})
print(json.dumps({"parametersG": sum(p.numel() for p in net.parameters())}))
