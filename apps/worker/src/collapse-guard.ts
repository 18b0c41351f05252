/** Rank 0's watch over the run: tells people of a collapse, and all ranks when it is to have consequences. */
import { CollapseWatch, type Observation } from '@kiln/training';
import type { OnCollapse } from './run-config.ts';

export interface CollapseGuardOptions {
  readonly onCollapse: OnCollapse;
  /** Tells people, in the log, on the terminal and in TensorBoard. */
  warn(message: string, step: number): Promise<void>;
}

export class CollapseGuard {
  readonly #options: CollapseGuardOptions;
  readonly #watch = new CollapseWatch();
  #collapsedAfter: number | undefined;
  #reason = '';

  constructor(options: CollapseGuardOptions) {
    this.#options = options;
  }

  /** The vote of the next step: the last good step, once there is reason to act. */
  get collapsedAfter(): number | undefined {
    return this.#collapsedAfter;
  }

  /** Why, as people were told. */
  get reason(): string {
    return this.#reason;
  }

  /** The last step without a sign, where signs have consequences. */
  get goodStep(): number | undefined {
    return this.#options.onCollapse === 'warn' ? undefined : this.#watch.goodStep;
  }

  async observe(observation: Observation): Promise<void> {
    for (const { message, reason, goodStep } of this.#watch.observe(observation)) {
      await this.#options.warn(`this may be a collapse (${reason}): ${message}`, observation.step);
      if (this.#options.onCollapse === 'warn') continue;
      this.#reason ||= `${reason}: ${message}`;
      this.#collapsedAfter ??= goodStep;
    }
  }

  /** The run goes on from step `step`, an earlier one. */
  reset(step: number): void {
    this.#watch.reset(step);
    this.#collapsedAfter = undefined;
    this.#reason = '';
  }
}
