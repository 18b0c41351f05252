/** Network architectures, one folder each; single-device code only. */
export {};
