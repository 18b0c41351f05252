/** What the control plane sees of this worker, and what it has asked for. */
import { setImmediate } from 'node:timers/promises';
import type { Phase, Progress } from '@kiln/control';
import { watchFirstCalls } from '@kiln/engine';

export class Standing {
  phase: Phase = 'starting';
  step = 0;
  images = 0;
  stop = false;
  checkpoint = false;
  /** Why there is no going on: the coordinator cannot be heard, or has ended the run. */
  lost: Error | undefined;
  #numCompiling = 0;

  get progress(): Progress {
    const { step, images } = this;
    const phase = this.#numCompiling > 0 ? 'compiling' : this.phase;
    return { phase, step, images, kimg: images / 1000 };
  }

  /**
   * From now on every function that is traced, of the step, of samples or of what evaluates them, is told of by `beat` first: tracing
   * holds the event loop, and only a worker that compiles may be silent for long.
   */
  tellOfCompiling(beat: () => void): void {
    watchFirstCalls({
      begins: async () => {
        this.#numCompiling += 1;
        beat();
        await setImmediate();
      },
      ends: () => (this.#numCompiling -= 1),
    });
  }
}
