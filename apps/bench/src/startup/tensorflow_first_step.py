"""Imports TensorFlow and trains one step of a small DCGAN, as `kiln train smoke` does; prints a line when its losses are there."""
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import tensorflow as tf

BATCH, LATENT = 32, 16
Conv, Up, Dense = tf.keras.layers.Conv2D, tf.keras.layers.Conv2DTranspose, tf.keras.layers.Dense


def sequential(*layers):
    return tf.keras.Sequential(layers)


G = sequential(
    Dense(4 * 4 * 16), tf.keras.layers.Reshape((4, 4, 16)), tf.keras.layers.BatchNormalization(),
    tf.keras.layers.ReLU(), Up(8, 4, 2, "same"), tf.keras.layers.BatchNormalization(), tf.keras.layers.ReLU(),
    Up(1, 4, 2, "same", activation="tanh"),
)
D = sequential(
    Conv(8, 4, 2, "same"), tf.keras.layers.LeakyReLU(), Conv(16, 4, 2, "same"), tf.keras.layers.LeakyReLU(),
    tf.keras.layers.Flatten(), Dense(1),
)
G.build((None, LATENT))
D.build((None, 16, 16, 1))
for_G, for_D = tf.keras.optimizers.Adam(2e-4, 0.5), tf.keras.optimizers.Adam(2e-4, 0.5)
for_G.build(G.trainable_variables)
for_D.build(D.trainable_variables)


@tf.function
def step(real):
    with tf.GradientTape() as tape:
        fake = G(tf.random.normal([BATCH, LATENT]), training=True)
        loss_D = tf.reduce_mean(tf.nn.softplus(-D(real)) + tf.nn.softplus(D(fake)))
    for_D.apply(tape.gradient(loss_D, D.trainable_variables), D.trainable_variables)
    with tf.GradientTape() as tape:
        loss_G = tf.reduce_mean(tf.nn.softplus(-D(G(tf.random.normal([BATCH, LATENT]), training=True))))
    for_G.apply(tape.gradient(loss_G, G.trainable_variables), G.trainable_variables)
    return loss_D, loss_G


print([float(loss) for loss in step(tf.random.uniform([BATCH, 16, 16, 1]))], flush=True)
