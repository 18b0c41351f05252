import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildZip } from './build-zip.ts';
import { nvidia, tensorflowGpu } from './pins.mjs';
import { chosenPin, installWheel, nvidiaPlaceOf, nvidiaStep, placeOf, verifyWheel } from './tensorflow.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiln-tensorflow-'));
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const wheelEntries = [
  { name: 'tensorflow/libtensorflow_framework.so.2', data: Buffer.from('framework') },
  { name: 'tensorflow/include/tensorflow/c/c_api.h', data: Buffer.from('#pragma once') },
  { name: 'tensorflow/libtensorflow_cc.so.2', data: Buffer.from('library'.repeat(1000)), deflate: true },
  { name: 'tensorflow/python/__init__.py', data: Buffer.from('') },
];

describe('placeOf', () => {
  it.each([
    ['tensorflow/libtensorflow_cc.so.2', 'lib/libtensorflow_cc.so.2'],
    ['tensorflow/include/tensorflow/c/eager/c_api.h', 'include/tensorflow/c/eager/c_api.h'],
    ['tensorflow/include/xla/tsl/c/tsl_status.h', 'include/xla/tsl/c/tsl_status.h'],
    ['tensorflow/include/tensorflow/cc/ops/array_ops.h', undefined],
    ['tensorflow/xla_aot_runtime_src/xla/tsl/c/x.h', undefined],
    ['tensorflow/python/framework/ops.py', undefined],
  ])('%s belongs at %s', (name, place) => {
    expect(placeOf(name)).toBe(place);
  });
});

describe('verifyWheel', () => {
  it('accepts the pinned bytes and refuses others, giving both hashes', async () => {
    const wheel = join(folder, 'x.whl');
    writeFileSync(wheel, 'bytes');
    const hash = createHash('sha256').update('bytes').digest('hex');
    const pin = { package: 'x', version: '1', sha256: hash };
    await verifyWheel(wheel, pin);
    await expect(verifyWheel(wheel, { ...pin, sha256: 'f'.repeat(64) })).rejects.toThrow(
      `expected SHA-256 ${'f'.repeat(64)}, got ${hash}`,
    );
  });

  it('says that the variable names no file', async () => {
    await expect(
      verifyWheel(join(folder, 'none.whl'), { package: 'x', version: '1', sha256: '' }),
    ).rejects.toThrow(/KILN_TENSORFLOW_WHEEL names .*none\.whl/);
  });
});

describe('installWheel', () => {
  it('leaves the libraries and the C headers in the target folder', async () => {
    const wheel = join(folder, 'x.whl');
    writeFileSync(wheel, buildZip(wheelEntries));
    const target = join(folder, 'tensorflow', '2.21.0-cpu');
    await installWheel(wheel, join(folder, 'tmp'), target);
    expect(readdirSync(join(target, 'lib')).toSorted()).toEqual([
      'libtensorflow_cc.so.2',
      'libtensorflow_framework.so.2',
    ]);
    expect(readFileSync(join(target, 'include/tensorflow/c/c_api.h'), 'utf8')).toBe('#pragma once');
  });

  it('makes no target folder when it is interrupted half way, and succeeds when run again', async () => {
    const broken = buildZip(wheelEntries);
    const library = broken.lastIndexOf('tensorflow/libtensorflow_cc.so.2', broken.length - 200);
    broken.fill(0xff, library + 40, library + 60);
    const wheel = join(folder, 'x.whl');
    const target = join(folder, 'tensorflow', '2.21.0-cpu');
    writeFileSync(wheel, broken);
    await expect(installWheel(wheel, join(folder, 'tmp'), target)).rejects.toThrow('libtensorflow_cc.so.2');
    expect(existsSync(join(folder, 'tmp/tensorflow/lib/libtensorflow_framework.so.2'))).toBe(true);
    expect(existsSync(target)).toBe(false);

    writeFileSync(wheel, buildZip(wheelEntries));
    await installWheel(wheel, join(folder, 'tmp'), target);
    expect(readFileSync(join(target, 'lib/libtensorflow_framework.so.2'), 'utf8')).toBe('framework');
  });

  it('refuses a wheel without the libraries', async () => {
    const wheel = join(folder, 'x.whl');
    writeFileSync(wheel, buildZip(wheelEntries.slice(0, 2)));
    await expect(installWheel(wheel, join(folder, 'tmp'), join(folder, 'out'))).rejects.toThrow(
      'lacks lib/libtensorflow_cc.so.2',
    );
  });
});

describe('the build for GPUs', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is taken when it is asked for, and kept once it is there', () => {
    expect(chosenPin(folder).folder).toBe('2.21.0-cpu');
    expect(nvidiaStep.isReady(folder)).toBe(true);
    vi.stubEnv('KILN_DEVICE', 'gpu');
    expect(chosenPin(folder).folder).toBe('2.21.0-gpu');
    expect(nvidiaStep.isReady(folder)).toBe(false);
    vi.unstubAllEnvs();
    mkdirSync(join(folder, '.kiln', 'tensorflow', '2.21.0-gpu'), { recursive: true });
    expect(chosenPin(folder).folder).toBe('2.21.0-gpu');
    mkdirSync(join(folder, '.kiln', 'tensorflow', '2.21.0-gpu', 'nvidia'));
    expect(nvidiaStep.isReady(folder)).toBe(true);
  });

  it("CUDA's libraries stand where TensorFlow's own run path looks for them", () => {
    // Read off the wheel: libtensorflow_framework.so.2 has $ORIGIN/../nvidia/cuda_runtime/lib, and its place is `lib`.
    const origin = join(tensorflowGpu.folder, 'lib');
    expect(join(origin, '../nvidia')).toBe(nvidia.folder);
  });

  it.each([
    ['nvidia/cublas/lib/libcublas.so.12', 'cublas/lib/libcublas.so.12'],
    ['nvidia/cuda_nvcc/bin/ptxas', 'cuda_nvcc/bin/ptxas'],
    ['nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc', 'cuda_nvcc/nvvm/libdevice/libdevice.10.bc'],
    ['nvidia/cuda_cupti/lib/libnvperf_host.so', undefined],
    ['nvidia/cublas/include/cublas.h', undefined],
    ['nvidia_cublas_cu12-12.9.3.13.dist-info/RECORD', undefined],
  ])('%s belongs at %s', (name, place) => {
    expect(nvidiaPlaceOf(name)).toBe(place);
  });
});
