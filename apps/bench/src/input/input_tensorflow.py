"""tf.data in Python, as its guide has it: a parallel map with AUTOTUNE. Arguments: the folder, the settings as JSON, `free` or
`ordered` (whether samples may overtake each other), and the threads inside an op."""
import glob
import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import tensorflow as tf

folder, settings, order, intra = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3], int(sys.argv[4])
size, batch = settings["size"], settings["batch"]
tf.config.threading.set_intra_op_parallelism_threads(intra)
tf.config.threading.set_inter_op_parallelism_threads(settings["threads"])
files = sorted(glob.glob(os.path.join(folder, "*")))


def load(path):
    contents = tf.io.read_file(path)
    image = tf.io.decode_jpeg(contents, 3) if size else tf.io.decode_png(contents, 3)
    image = tf.cast(image, tf.float32)
    if size:
        image = tf.image.resize(image, [size, size], "bilinear", antialias=True)
    image.set_shape([size or 32, size or 32, 3])
    return tf.image.random_flip_left_right(image) / 127.5 - 1.0


data = (
    tf.data.Dataset.from_tensor_slices(files)
    .shuffle(len(files))
    .repeat()
    .map(load, tf.data.AUTOTUNE, deterministic=order == "ordered")
    .batch(batch, drop_remainder=True)
    .prefetch(2)
)


batches = iter(data)
num_batches = len(files) // batch


def epoch():
    start, images = time.perf_counter(), 0
    for _ in range(num_batches):
        images += int(next(batches).shape[0])
    return images / (time.perf_counter() - start)


epoch()
own = time.process_time()
rates = [epoch() for _ in range(settings["epochs"])]
images = settings["epochs"] * num_batches * batch
print(json.dumps({"rates": rates, "cpuMicroseconds": (time.process_time() - own) * 1e6 / images}))
