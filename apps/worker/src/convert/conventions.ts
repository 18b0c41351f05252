/** Whose names and layouts a weights file may have, by the name that `kiln convert` knows them by. */
import { variableShapes } from '@kiln/nn';
import {
  bigGanPyTorch,
  ganZooApproximations,
  ganZooMismatch,
  ganZooStddevGroup,
  kilnNames,
  pretrainedBigGan,
  pytorchGanZoo,
  styleBasedGanPyTorch,
  styleGan2PyTorch,
  together,
  type Convention,
  type Weights,
} from '@kiln/weights';
import { nearest } from '../nearest.ts';
import { WorkerError } from '../worker-error.ts';
import type { Subject } from './subject.ts';

/** Names for all variables of a subject. */
export interface FileConvention {
  readonly names: Convention;
  /** The sets of a checkpoint of theirs that are read where none is chosen; '' is what lies beside the sets. */
  readonly sets?: readonly string[];
  /** The sets beside those that a run is made of as well: what is being trained, of networks or players of the game. */
  readonly trained?: readonly { readonly set: string; readonly network: string }[];
  /** What a checkpoint of theirs says of its networks beside their tensors. */
  readonly options?: {
    /** Of the dictionary or object that holds it. */
    readonly key: string;
    /** Why networks with such options are others than Kiln's; null when they are not. */
    mismatch(options: ReadonlyMap<string, unknown>): string | null;
    /** What is read otherwise than it is, one sentence each. */
    approximations(theirs: Weights, options: ReadonlyMap<string, unknown>): string[];
  };
}

/** A row for each convention; those of other networks than these are refused by `familyOf` and `onlyOf`. */
const conventions: Readonly<Record<string, (subject: Subject) => FileConvention>> = {
  // Of one network without its name.
  kiln: ({ networks: [only, ...others] }) => {
    const named = (path: string): string =>
      others.length === 0 && path.startsWith(`${only}/`) ? path.slice(only!.length + 1) : path;
    return { names: { counterpart: (path, shape) => kilnNames.counterpart(named(path), shape) } };
  },
  'biggan-pytorch': (subject) => {
    const { game, data } = subject;
    const model = familyOf(subject, ['biggan', 'biggan-deep'], 'biggan-pytorch');
    const network = onlyOf(subject, ['G', 'D'], 'biggan-pytorch');
    const [resolution, latent] = [data.imageShape[0], game.sampler.latent.size];
    return { names: together({ [network]: bigGanPyTorch({ model, network, resolution, latent }) }) };
  },
  'pretrained-biggan': (subject) => {
    const { settings, data } = subject;
    familyOf(subject, ['biggan-deep'], 'pretrained-biggan');
    const network = onlyOf(subject, ['G'], 'pretrained-biggan');
    const stagesTo = (side: number): number => Math.log2(side / 4);
    const names = pretrainedBigGan({
      stages: stagesTo(data.imageShape[0]),
      attentionStage: stagesTo(Number(settings['attention'])),
    });
    return { names: together({ [network]: names }) };
  },
  'pytorch-gan-zoo': (subject) => {
    const { game, data, settings } = subject;
    familyOf(subject, ['progan'], 'pytorch-gan-zoo');
    const network = onlyOf(subject, ['G', 'D'], 'pytorch-gan-zoo');
    if (network === 'D' && settings['stddevGroup'] !== ganZooStddevGroup)
      throw new WorkerError(
        'usage',
        `a D of pytorch-gan-zoo compares ${ganZooStddevGroup} samples with each other, got stddevGroup=${String(settings['stddevGroup'])}; choose --set stddevGroup=${ganZooStddevGroup}, or --network G`,
      );
    const [resolution, shapes] = [data.imageShape[0], variableShapes(game.networks[network]!)];
    return {
      names: together({ [network]: pytorchGanZoo({ network, resolution, shapes }) }),
      sets: [network === 'G' ? 'avgG' : 'netD'],
      trained: [
        { set: 'netG', network: 'G' },
        { set: 'netD', network: 'D' },
      ],
      options: {
        key: 'config',
        mismatch: (options) => ganZooMismatch(network, options),
        approximations: ganZooApproximations,
      },
    };
  },
  'style-based-gan-pytorch': (subject) => {
    familyOf(subject, ['stylegan'], 'style-based-gan-pytorch');
    refuseClasses(subject, 'style-based-gan-pytorch');
    const { settings, data, networks } = subject;
    const [lrMultiplier, resolution] = [Number(settings['mappingRate']), data.imageShape[0]];
    const { D, ...ofG } = styleBasedGanPyTorch({ lrMultiplier, resolution });
    if (networks.includes('D')) return { names: together({ D }), sets: ['discriminator'] };
    return {
      names: together(chosen(ofG, networks)),
      sets: ['g_running'],
      trained: [{ set: 'generator', network: 'G' }],
    };
  },
  'stylegan2-pytorch': (subject) => {
    familyOf(subject, ['stylegan2'], 'stylegan2-pytorch');
    refuseClasses(subject, 'stylegan2-pytorch');
    const { data, networks } = subject;
    const { D, ...ofG } = styleGan2PyTorch({ resolution: data.imageShape[0] });
    if (networks.includes('D')) return { names: together({ D }), sets: ['d'] };
    return {
      names: together(chosen(ofG, [...networks, 'declared'])),
      sets: ['g_ema', ''],
      trained: [
        { set: 'g', network: 'G' },
        { set: 'd', network: 'D' },
      ],
    };
  },
};

export const conventionNames: readonly string[] = Object.keys(conventions);

/** Throws `WorkerError` (usage) for a name that is none, and for a recipe that it has no names for. */
export function conventionOf(name: string, flag: '--from' | '--to', subject: Subject): FileConvention {
  const make = Object.hasOwn(conventions, name) ? conventions[name] : undefined;
  if (make !== undefined) return make(subject);
  const close = nearest(name, conventionNames);
  throw new WorkerError(
    'usage',
    `${flag} ${name}: no such convention${close === undefined ? '' : `; did you mean "${close}"?`} (conventions: ${conventionNames.join(', ')})`,
  );
}

const chosen = (
  parts: Readonly<Record<string, Convention>>,
  names: readonly string[],
): Record<string, Convention> =>
  Object.fromEntries(Object.entries(parts).filter(([name]) => names.includes(name)));

function familyOf<Family extends string>(
  { recipe, settings }: Subject,
  families: readonly Family[],
  convention: string,
): Family {
  // The recipes of BigGANs say it themselves; the others have settings of their own.
  const own = { stylegan2: 'pathEvery', stylegan: 'mappingRate', progan: 'driftWeight' };
  const other = Object.entries(own).find(([, setting]) => setting in settings)?.[0];
  const family = families.find((known) => known === (settings['model'] ?? other));
  if (family !== undefined) return family;
  throw new WorkerError(
    'usage',
    `${convention} has names for ${families.join(' and ')}, not for recipe ${recipe}; name another with --recipe`,
  );
}

function onlyOf<Network extends string>(
  { networks, asked }: Subject,
  names: readonly Network[],
  convention: string,
): Network {
  const network = names.find((name) => networks.length === 1 && name === networks[0]);
  if (network !== undefined) return network;
  throw new WorkerError('usage', `${convention} has networks ${names.join(' and ')}, got --network ${asked}`);
}

function refuseClasses({ game, recipe }: Subject, convention: string): void {
  if (game.sampler.numClasses > 0)
    throw new WorkerError(
      'usage',
      `${convention} has no names for networks that take classes, as those of recipe ${recipe} with --set conditional=true do`,
    );
}
