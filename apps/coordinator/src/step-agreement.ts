/** Finds, for one command, the first step at which all ranks can act on it: the highest that any has started. */
import { ControlError } from '@kiln/control';

interface Question {
  started: Map<number, number>;
  answer: PromiseWithResolvers<number>;
}

export class StepAgreement {
  private readonly worldSize: number;
  private readonly questions = new Map<number, Question>();
  private ended: ControlError | undefined;

  constructor(worldSize: number) {
    this.worldSize = worldSize;
  }

  /** Resolves when every rank has asked for this command. */
  agree(commandId: number, rank: number, started: number): Promise<number> {
    if (this.ended) return Promise.reject(this.ended);
    const question = this.questions.get(commandId) ?? open();
    this.questions.set(commandId, question);
    question.started.set(rank, started);
    if (question.started.size === this.worldSize)
      question.answer.resolve(Math.max(...question.started.values()));
    return question.answer.promise;
  }

  abort(error: ControlError): void {
    this.ended = error;
    for (const { answer } of this.questions.values()) answer.reject(error);
  }
}

function open(): Question {
  const answer = Promise.withResolvers<number>();
  // Whoever asked has its own promise chain; with nobody left to ask, a rejection is no news.
  answer.promise.catch(() => undefined);
  return { started: new Map(), answer };
}
