/**
 * A recipe is a game: networks, players who each own some of them and minimise a loss, and phases that say who moves
 * when. The trainer knows these words and no system in particular.
 */
import type { Named, Network, Optimizer } from '@kiln/nn';
import type * as tf from '@tensorflow/tfjs-core';
import type { DeclaredState } from './declared-state.ts';
import type { Circumstances, Play, PlayerLoss } from './play.ts';
import type { Sampler } from './sampler.ts';
import type { Stage } from './stage.ts';

/** What is done to a player's gradients between the all-reduce and the update, in this order. */
export interface GradientRules {
  /** NaN becomes 0 and infinities become this bound, so that one bad batch is no end (Karras et al., 2020). */
  readonly replaceNonFiniteBy?: number;
  /** Adds a term that depends on parameters alone, such as orthogonal regularisation. */
  readonly regularize?: (gradients: Named, params: Named) => Named;
  /** Longest norm of all gradients of the player together. */
  readonly clipNorm?: number;
  /** Largest absolute value of any of their numbers. */
  readonly clipValue?: number;
}

export interface Player {
  /** The networks whose parameters this player updates. */
  readonly owns: readonly string[];
  readonly optimizer: Optimizer;
  /** A function of the real images seen, never of the run's length, so that a longer run begins like a shorter one. */
  learningRate(images: number): number;
  readonly gradients?: GradientRules;
  /** Parameters after an update, such as weights clipped to a box (Arjovsky et al., 2017). */
  readonly constrain?: (params: Named) => Named;
  loss(play: Play): PlayerLoss;
}

interface Timing {
  readonly name: string;
  /** The phase is part of every `every`-th step. */
  readonly every: number;
  /** Stages the phase is part of; all where left out. */
  readonly stages?: readonly number[];
}

/** A move: gradients of a loss, and an update of the player's networks. */
export interface Move extends Timing {
  /** Whose move it is. Phases of one player share its optimiser's memory. */
  readonly player: string;
  /** Updates in one step, each with a batch of its own. */
  readonly steps: number;
  /** A loss of this phase's own, in place of the player's: a lazy penalty. */
  readonly loss?: (play: Play) => PlayerLoss;
  /** Only every `shrink`-th sample of the batch takes part: what costs much may take fewer. Default 1. */
  readonly shrink?: number;
  /** Samples that are drawn for each that takes part: a batch of G in multiples of D's. Default 1. */
  readonly drawFactor?: number;
}

/** New values of declared state from declared state, once all workers agree on it: ADA's p, MAGAN's margin. */
export interface Rule extends Timing {
  readonly rule: (
    play: Circumstances & { readonly imagesPerStep: number },
  ) => Readonly<Record<string, tf.Tensor>>;
}

export type Phase = Move | Rule;

/** A network to be averaged over training; samples come from the average. */
export interface Average {
  readonly network: string;
  /** Thousands of images after which an old weight's share has halved. */
  readonly halfLifeKimg: number;
  /** Early on, the half-life is this share of the images seen. */
  readonly ramp: number;
}

export interface Game {
  readonly networks: Readonly<Record<string, Network>>;
  readonly players: Readonly<Record<string, Player>>;
  readonly phases: readonly Phase[];
  readonly averages: readonly Average[];
  readonly sampler: Sampler;
  /** State beside weights, by name. */
  readonly state?: Readonly<Record<string, DeclaredState>>;
  /** Numbers that are functions of the real images seen; inputs of the compiled step. */
  readonly schedules?: Readonly<Record<string, (images: number) => number>>;
  /** Samples that a network compares with each other (minibatch standard deviation): larger batches must be multiples of it. */
  readonly comparedSamples?: number;
  /** In order of `fromKimg`. Without them a run has one stage. */
  readonly stages?: readonly Stage[];
}

/** Whether a phase is a player's move. */
export function isMove(phase: Phase): phase is Move {
  return 'player' in phase;
}
