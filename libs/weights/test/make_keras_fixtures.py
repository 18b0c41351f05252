"""Writes the Keras files of `fixtures/` and `keras.json` with the numbers in them.

    python make_keras_fixtures.py        (tensorflow-cpu 2.21, whose Keras is 3)
"""
import json
import os

import h5py
import keras

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures")
keras.utils.set_random_seed(1)
inputs = keras.Input((4, 4, 1))
h = keras.layers.Conv2D(2, 3, use_bias=False, name="conv2d_7")(inputs)
h = keras.layers.BatchNormalization(scale=False, name="batch_normalization_7")(h)
h = keras.layers.Conv2D(3, (1, 2), use_bias=False, name="conv2d_12")(h)
h = keras.layers.BatchNormalization(scale=False, name="batch_normalization_12")(h)
outputs = keras.layers.Dense(2, name="predictions")(keras.layers.Flatten()(h))
model = keras.Model(inputs, outputs)
model.compile("adam", "mse")
model.save(os.path.join(here, "model.h5"))
model.save_weights(os.path.join(here, "small.weights.h5"))
names = {"kernel", "bias", "beta", "moving_mean", "moving_variance"}
expected = {}
for layer in model.layers:
    for variable in layer.weights:
        assert variable.name in names
        expected[f"{layer.name}/{variable.name}"] = variable.numpy().flatten().tolist()
# As Keras 2 wrote them, with TensorFlow's names of variables.
with h5py.File(os.path.join(here, "keras2.h5"), "w") as file:
    for layer in model.layers:
        for variable in layer.weights:
            file[f"{layer.name}/{layer.name}/{variable.name}:0"] = variable.numpy()
with h5py.File(os.path.join(here, "link.h5"), "w") as file:
    file["other"] = h5py.ExternalLink("/etc/hostname", "/")
with open(os.path.join(here, "keras.json"), "w") as file:
    json.dump(expected, file)
