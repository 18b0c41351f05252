/** A case whose contestants run the same training step, each turn in a process of its own. */
import { join } from 'node:path';
import type { Case, Contestant, Settings } from '../case.ts';
import type { PeerName } from '../peers.ts';
import { runProgram } from './program.ts';
import type { RoundSettings, Timing } from './timing.ts';

/** A way in which a framework runs the step: the first argument of its program. */
interface Mode {
  readonly name: string;
  readonly mode: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly aside?: true;
}

// TensorFlow turns oneDNN on by itself for CPUs with AVX-512 VNNI only, Kiln on all; so it is measured both ways.
const oneDNN = { TF_ENABLE_ONEDNN_OPTS: '1' };

const kilnModes: readonly Mode[] = [
  { name: 'Kiln compiled', mode: 'compiled' },
  { name: 'Kiln eager', mode: 'eager', aside: true },
];

/** Other ways to compile the step, for the cases that name them. */
const compilers = {
  'Kiln bfloat16': { name: 'Kiln bfloat16', mode: 'bfloat16', aside: true },
  'Kiln XLA': { name: 'Kiln XLA', mode: 'xla', aside: true },
} as const satisfies Record<string, Mode>;

const modes = {
  'tf.function': { name: 'tf.function', mode: 'function', env: oneDNN },
  'tf.function, oneDNN as shipped': { name: 'tf.function, oneDNN as shipped', mode: 'function' },
  'TensorFlow eager': { name: 'TensorFlow eager', mode: 'eager', env: oneDNN },
  'PyTorch eager': { name: 'PyTorch eager', mode: 'eager' },
  'PyTorch channels_last': { name: 'PyTorch channels_last', mode: 'channels_last' },
  // Compilers in processes of their own would outlive it when it is stopped.
  'PyTorch compile': {
    name: 'PyTorch compile',
    mode: 'compile',
    env: { TORCHINDUCTOR_COMPILE_THREADS: '1' },
  },
  'JAX jit': { name: 'JAX jit', mode: 'jit' },
  'tfjs-node': { name: 'tfjs-node', mode: 'eager', env: oneDNN },
} as const satisfies Record<string, Mode>;

export interface StepCase {
  readonly compilers?: readonly (keyof typeof compilers)[];
  readonly about: string;
  /** What the programs are called: `<name>.ts` of ours, `<name>_<peer>.py` and `<name>-tfjs.ts` of the peers. */
  readonly name: string;
  readonly size: string;
  readonly peers: Readonly<Partial<Record<PeerName, readonly (keyof typeof modes)[]>>>;
}

const limitSeconds = 240;

const roundSettings = ({ threads, quick }: Settings): RoundSettings =>
  quick ? { threads, warmup: 1, steps: 2 } : { threads, warmup: 3, steps: 12 };

const toTurn = ({ stepMs, cpuMs, peakMegabytes, firstMs, otherCores }: Timing) => ({
  values: {
    'ms a step': stepMs,
    'CPU ms a step': [cpuMs],
    'MB resident at peak': [peakMegabytes],
    'ms to the end of the first step': [firstMs],
  },
  otherCores,
});

export function stepCase({ about, name, size, peers, compilers: others = [] }: StepCase): Case {
  const file = (base: string): string => join(import.meta.dirname, base);
  return {
    about,
    sizes: [size],
    peers: Object.keys(peers) as PeerName[],
    units: {
      'ms a step': 'less',
      'CPU ms a step': 'less',
      'MB resident at peak': 'less',
      'ms to the end of the first step': 'less',
    },
    enter: async (programs, settings) => {
      const contestant = (side: Contestant['side'], mode: Mode, command: readonly string[]): Contestant => ({
        name: mode.name,
        side: mode.aside ? 'aside' : side,
        measure: async () =>
          toTurn(
            await runProgram(
              [...command, mode.mode, JSON.stringify(roundSettings(settings))],
              mode.env ?? {},
              limitSeconds,
            ),
          ),
      });
      const node = [process.execPath, '--conditions=@kiln/source'];
      const kiln = [...node, file('kiln.ts'), name];
      const commandOf = (peer: PeerName, program: string): string[] =>
        peer === 'tfjs' ? [...node, file(`${name}-tfjs.ts`), program] : [program, file(`${name}_${peer}.py`)];
      return [
        ...kilnModes.map((mode) => contestant('ours', mode, kiln)),
        ...others.map((other) => contestant('ours', compilers[other], kiln)),
        ...[...programs].flatMap(([peer, program]) =>
          (peers[peer] ?? []).map((mode) => contestant(peer, modes[mode], commandOf(peer, program))),
        ),
      ];
    },
  };
}
