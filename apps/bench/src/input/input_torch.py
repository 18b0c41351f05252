"""torch's DataLoader with PIL and torchvision's transforms, and as many worker processes as there are threads. Arguments: the
folder, the settings as JSON."""
import glob
import json
import os
import sys
import tempfile
import time

import torch
from PIL import Image
from torchvision import transforms

folder, settings = sys.argv[1], json.loads(sys.argv[2])


class Files(torch.utils.data.Dataset):
    def __init__(self, size):
        self.files = sorted(glob.glob(os.path.join(folder, "*")))
        # On PIL images Resize is antialiased.
        resize = [transforms.Resize(size)] if size else []
        normalise = transforms.Normalize([0.5] * 3, [0.5] * 3)
        self.transform = transforms.Compose(
            [*resize, transforms.RandomHorizontalFlip(), transforms.ToTensor(), normalise]
        )

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        return self.transform(Image.open(self.files[index]).convert("RGB"))


if __name__ == "__main__":
    # Loader processes leave their sockets behind.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as tempfile.tempdir:
        loader = torch.utils.data.DataLoader(
            Files(settings["size"]),
            settings["batch"],
            shuffle=True,
            drop_last=True,
            num_workers=settings["threads"],
            persistent_workers=True,
        )

        def epoch():
            start, images = time.perf_counter(), 0
            for batch in loader:
                images += len(batch)
            return images / (time.perf_counter() - start)

        epoch()
        print(json.dumps({"rates": [epoch() for _ in range(settings["epochs"])]}))
