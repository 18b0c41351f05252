/** Stages of a run: progressive growing as data. */

/** A stretch of training with networks, batch and optimiser memory of its own. */
export interface Stage {
  /** As people call it, for the log: `16x16, fading in`. */
  readonly name: string;
  /** It begins with the first step that starts when so many thousand images were seen; the first stage's is 0. */
  readonly fromKimg: number;
  /** Largest global batch of the stage; the run's batch where left out. */
  readonly maxBatch?: number;
  /** Optimisers begin anew with the stage (Karras et al., 2018, appendix A.1). */
  readonly resetOptimizers?: boolean;
}
