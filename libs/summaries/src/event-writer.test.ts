import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEvents, readValues, type Message, type ReadValue } from '../test/event-reader.ts';
import { EventWriter, type EventWriterOptions } from './event-writer.ts';
import { encodePng } from './png.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kiln-events-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const quiet: EventWriterOptions = { clock: () => 1_700_000_000.25, flushMs: 60_000 };

async function write(use: (writer: EventWriter) => void, into = dir): Promise<string> {
  const writer = await EventWriter.open(into, quiet);
  use(writer);
  await writer.close();
  return writer.path;
}

async function single(use: (writer: EventWriter) => void): Promise<ReadValue> {
  const values = readValues(await write(use));
  expect(values).toHaveLength(1);
  return values[0]!;
}

describe('an event file', () => {
  it('is named for TensorBoard and begins with its version', async () => {
    const path = await write(() => {});
    expect(basename(path)).toMatch(/^events\.out\.tfevents\.1700000000\..+\.\d+\.\d+$/);
    const [first, ...rest] = readEvents(path);
    expect(first!.text(3)).toBe('brain.Event:2');
    expect(first!.message(10).text(1)).toBe('kiln');
    expect(first!.double(1)).toBe(1_700_000_000.25);
    expect(rest).toEqual([]);
  });

  it('is a new one for every writer, in a folder made when needed', async () => {
    const events = join(dir, 'runs', 'a', 'events');
    await write(() => {}, events);
    await write(() => {}, events);
    expect(readdirSync(events)).toHaveLength(2);
  });

  it('holds a graph as it was given', async () => {
    const path = await write((writer) => writer.graph(Uint8Array.of(1, 2, 3)));
    expect([...readEvents(path)[1]!.bytes(4)]).toEqual([1, 2, 3]);
  });
});

describe('scalar', () => {
  it('is a float32 tensor of rank 0 with step, time and plugin', async () => {
    const value = await single((writer) => writer.scalar('loss/generator', 0.75, 12_345_678_901));
    expect(value).toMatchObject({ tag: 'loss/generator', step: 12_345_678_901, wallTime: 1_700_000_000.25 });
    expect(value).toMatchObject({ plugin: 'scalars', dataClass: 1, dtype: 1, shape: [], floats: [0.75] });
  });

  it.each([Number.NaN, Infinity, -Infinity, 0])('keeps %d', async (number) => {
    expect((await single((writer) => writer.scalar('x', number, 0))).floats).toEqual([number]);
  });

  it('describes a tag with its first value only', async () => {
    const path = await write((writer) => {
      for (const step of [0, 1]) for (const tag of ['a', 'b']) writer.scalar(tag, step, step);
    });
    expect(readValues(path).map(({ tag, step, plugin }) => [tag, step, plugin])).toEqual([
      ['a', 0, 'scalars'],
      ['b', 0, 'scalars'],
      ['a', 1, undefined],
      ['b', 1, undefined],
    ]);
  });

  it.each([-1, 0.5, Number.NaN])('refuses step %d', async (step) => {
    await expect(single((writer) => writer.scalar('x', 1, step))).rejects.toMatchObject({
      code: 'bad-step',
      message: `[summaries] step of tag "x" must be a whole number from 0, got ${step} (bad-step)`,
    });
  });

  it('refuses an empty tag', async () => {
    await expect(single((writer) => writer.scalar('', 1, 0))).rejects.toMatchObject({ code: 'bad-tag' });
  });
});

describe('histogram', () => {
  it('is a matrix of left edge, right edge and count', async () => {
    const value = await single((writer) => writer.histogram('w', Float32Array.from([0, 15, 30, 30]), 3));
    expect(value).toMatchObject({ plugin: 'histograms', dataClass: 2, dtype: 2, shape: [30, 3] });
    expect(value.floats.slice(0, 6)).toEqual([0, 1, 1, 1, 2, 0]);
    expect(value.floats.slice(-3)).toEqual([29, 30, 2]);
  });

  it('takes ready buckets', async () => {
    const value = await single((writer) => writer.histogram('w', { edges: [0, 1, 3], counts: [5, 7] }, 3));
    expect(value).toMatchObject({ shape: [2, 3], floats: [0, 1, 5, 1, 3, 7] });
  });
});

describe('images', () => {
  it('are width, height and the files', async () => {
    const png = encodePng({ width: 3, height: 1, channels: 1, data: Uint8Array.of(0, 128, 255) });
    const image = { width: 3, height: 1, file: png };
    const value = await single((writer) => writer.images('samples', [image, image], 9));
    expect(value).toMatchObject({ plugin: 'images', dataClass: 3, dtype: 7, shape: [4] });
    expect(value.strings.slice(0, 2).map(String)).toEqual(['3', '1']);
    expect(value.strings.slice(2).map((bytes) => [...bytes])).toEqual([[...png], [...png]]);
  });

  it('refuses none', async () => {
    await expect(write((writer) => writer.images('samples', [], 9))).rejects.toMatchObject({
      code: 'bad-value',
    });
  });
});

describe('text', () => {
  it('is one string of rank 0', async () => {
    const value = await single((writer) => writer.text('config', '# größer\n```json\n{}\n```', 0));
    expect(value).toMatchObject({ plugin: 'text', dataClass: 2, dtype: 7, shape: [] });
    expect(value.strings.map(String)).toEqual(['# größer\n```json\n{}\n```']);
  });
});

const asObject = (entries: Message[]): Record<string, unknown> =>
  Object.fromEntries(
    entries.map((entry) => {
      const value = entry.message(2);
      if (value.has(3)) return [entry.text(1), value.text(3)];
      return [entry.text(1), value.has(4) ? value.integer(4) === 1 : value.double(2)];
    }),
  );

describe('hparams', () => {
  it('starts a session with values of three types', async () => {
    const settings = { recipe: 'digits-dcgan', batch: 64, ema: false, seed: 0 };
    const value = await single((writer) => writer.hparamsSessionStart(settings, 'group-1'));
    expect(value).toMatchObject({
      tag: '_hparams_/session_start_info',
      plugin: 'hparams',
      dataClass: 2,
      shape: [0],
    });
    const start = value.content.message(3);
    expect(asObject(start.messages(1))).toEqual(settings);
    expect([start.text(4), start.double(5)]).toEqual(['group-1', 1_700_000_000.25]);
  });

  it.each([
    ['success', 1],
    ['failure', 2],
  ] as const)('ends a session with %s', async (outcome, status) => {
    const value = await single((writer) => writer.hparamsSessionEnd(outcome));
    expect(value.tag).toBe('_hparams_/session_end_info');
    expect(value.content.message(4).integer(1)).toBe(status);
    expect(value.content.message(4).double(2)).toBe(1_700_000_000.25);
  });

  it('declares settings and metrics', async () => {
    const value = await single((writer) =>
      writer.hparamsExperiment({
        hparams: [
          { name: 'batch', type: 'number' },
          { name: 'recipe', type: 'string' },
        ],
        metrics: [{ tag: 'fid', displayName: 'FID' }],
      }),
    );
    const experiment = value.content.message(2);
    expect(experiment.messages(4).map((info) => [info.text(1), info.integer(4)])).toEqual([
      ['batch', 3],
      ['recipe', 1],
    ]);
    const [metric] = experiment.messages(5);
    expect([metric!.message(1).text(2), metric!.text(3)]).toEqual(['fid', 'FID']);
  });
});

describe('flushing', () => {
  it('writes a little later by itself', async () => {
    const writer = await EventWriter.open(dir, { flushMs: 20 });
    writer.scalar('x', 1, 0);
    await expect.poll(() => statSync(writer.path).size, { timeout: 5000 }).toBeGreaterThan(0);
    expect(readValues(writer.path)).toHaveLength(1);
    await writer.close();
  });

  it('writes at once when much was collected', async () => {
    const writer = await EventWriter.open(dir, { flushMs: 60_000, flushBytes: 1000 });
    writer.scalar('x', 1, 0);
    await sleep(50);
    expect(statSync(writer.path).size).toBe(0);
    writer.text('t', 'x'.repeat(1000), 0);
    await expect.poll(() => statSync(writer.path).size, { timeout: 5000 }).toBeGreaterThan(1000);
    await writer.close();
  });

  it('keeps the order of values given while a write is under way', async () => {
    const writer = await EventWriter.open(dir, { flushMs: 1, flushBytes: 100 });
    for (let step = 0; step < 500; step += 1) {
      writer.scalar('x', step, step);
      if (step % 100 === 0) await writer.flush();
    }
    await writer.close();
    expect(readValues(writer.path).map(({ step }) => step)).toEqual(
      Array.from({ length: 500 }, (_, step) => step),
    );
  });

  it('refuses values after close, which may be called twice', async () => {
    const writer = await EventWriter.open(dir, quiet);
    await writer.close();
    await writer.close();
    expect(() => writer.scalar('x', 1, 0)).toThrow(/is closed; nothing can be written/);
  });
});
