"""keras.applications.InceptionV3 with drawn weights: writes them as .h5 in three formats, and what it makes of images.

    python inception_keras.py FOLDER

Reads FOLDER/images.safetensors ([n, h, w, 3] in [0, 255]).
"""
import json
import sys

import h5py
import keras
import numpy as np
import tensorflow as tf

folder = sys.argv[1]


def load(path):
    with open(path, "rb") as file:
        data = file.read()
    begin = 8 + int.from_bytes(data[:8], "little")
    (entry,) = [entry for name, entry in json.loads(data[8:begin]).items() if name != "__metadata__"]
    low, high = entry["data_offsets"]
    return np.frombuffer(data[begin + low:begin + high], np.float32).reshape(entry["shape"])


draw = np.random.default_rng(0)
# Another model first, so that the layers do not begin at number 0.
keras.applications.InceptionV3(weights=None, include_top=False, input_shape=(75, 75, 3))
model = keras.applications.InceptionV3(weights=None, classifier_activation=None)
for variable in model.weights:
    if variable.name == "kernel":
        value = draw.normal(0, (2 / np.prod(variable.shape[:-1])) ** 0.5, variable.shape)
    elif variable.name == "moving_variance":
        value = draw.uniform(0.7, 1.3, variable.shape)
    else:
        value = draw.normal(0, 0.1, variable.shape)
    variable.assign(value)
model.save(f"{folder}/model.h5")
model.save_weights(f"{folder}/keras.weights.h5")
with h5py.File(f"{folder}/keras2.h5", "w") as file:
    for layer in model.layers:
        for variable in layer.weights:
            file[f"{layer.name}/{layer.name}/{variable.name}:0"] = variable.numpy()
images = load(f"{folder}/images.safetensors")
images = tf.raw_ops.ResizeBilinear(images=images, size=(299, 299), half_pixel_centers=True)
both = keras.Model(model.input, [model.get_layer("avg_pool").output, model.output])
features, logits = both.predict(images / 127.5 - 1, verbose=0)
with h5py.File(f"{folder}/keras.outputs.h5", "w") as file:
    file["features"], file["logits"] = features, logits
