"""The same hash as pixels.ts, by tf.image.resize in Python. Arguments: the folder, the side."""
import glob
import hashlib
import os
import sys

import tensorflow as tf

folder, side = sys.argv[1], int(sys.argv[2])
digest = hashlib.sha256()
for path in sorted(glob.glob(os.path.join(folder, "*")))[:64]:
    image = tf.io.decode_image(tf.io.read_file(path), 3, expand_animations=False)
    if image.shape[:2] != (side, side):
        image = tf.image.resize(image, [side, side], "bilinear", antialias=True)
    pixels = (tf.cast(image, tf.float32) - 127.5) * (1 / 127.5)
    digest.update(pixels.numpy().tobytes())
print(digest.hexdigest())
