/** Whose names and layouts a weights file may have, by the name that `kiln convert` knows them by. */
import type { DataInfo, Game } from '@kiln/recipes';
import { bigGanPyTorch, kilnNames, pretrainedBigGan, type Convention } from '@kiln/weights';
import { nearest } from '../nearest.ts';
import { WorkerError } from '../worker-error.ts';

/** What a convention must know of the network whose variables it names. */
export interface Subject {
  readonly recipe: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly data: DataInfo;
  readonly game: Game;
  /** The network's name in the game. */
  readonly network: string;
}

/** A row for each convention; those of other networks than these are refused by `familyOf`. */
const conventions: Readonly<Record<string, (subject: Subject) => Convention>> = {
  kiln: () => kilnNames,
  'biggan-pytorch': (subject) => {
    const { network, game, data } = subject;
    const model = familyOf(subject, ['biggan', 'biggan-deep'], 'biggan-pytorch');
    if (network !== 'G' && network !== 'D')
      throw new WorkerError('usage', `biggan-pytorch has networks G and D, got --network ${network}`);
    return bigGanPyTorch({
      model,
      network,
      resolution: data.imageShape[0],
      latent: game.sampler.latent.size,
    });
  },
  'pretrained-biggan': (subject) => {
    const { network, settings, data } = subject;
    familyOf(subject, ['biggan-deep'], 'pretrained-biggan');
    if (network !== 'G')
      throw new WorkerError(
        'usage',
        `pretrained-biggan has no other network than G, got --network ${network}`,
      );
    const stagesTo = (side: number): number => Math.log2(side / 4);
    return pretrainedBigGan({
      stages: stagesTo(data.imageShape[0]),
      attentionStage: stagesTo(Number(settings['attention'])),
    });
  },
};

export const conventionNames: readonly string[] = Object.keys(conventions);

/** Throws `WorkerError` (usage) for a name that is none, and for a recipe that it has no names for. */
export function conventionOf(name: string, flag: '--from' | '--to', subject: Subject): Convention {
  const make = Object.hasOwn(conventions, name) ? conventions[name] : undefined;
  if (make !== undefined) return make(subject);
  const close = nearest(name, conventionNames);
  throw new WorkerError(
    'usage',
    `${flag} ${name}: no such convention${close === undefined ? '' : `; did you mean "${close}"?`} (conventions: ${conventionNames.join(', ')})`,
  );
}

function familyOf<Family extends string>(
  { recipe, settings }: Subject,
  families: readonly Family[],
  convention: string,
): Family {
  const family = families.find((known) => known === settings['model']);
  if (family !== undefined) return family;
  throw new WorkerError(
    'usage',
    `${convention} has names for ${families.join(' and ')}, not for recipe ${recipe}; name another with --recipe`,
  );
}
