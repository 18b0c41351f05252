/** Lines on stdout, warnings on stderr, and one progress bar below them where a person is looking. */
import { renderBar, type BarState } from './progress-bar.ts';

/** The part of a stream that is used. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

type Colour = 'red' | 'yellow' | 'green' | 'dim' | 'bold';

const codes: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  dim: [2, 22],
  bold: [1, 22],
};

const clearLine = '\r\u001B[2K';

export class Terminal {
  /** Whether a progress bar would be seen. */
  readonly hasBar: boolean;
  readonly #stdout: Output;
  readonly #stderr: Output;
  readonly #plain: boolean;
  #bar = '';

  constructor(stdout: Output, stderr: Output, env: NodeJS.ProcessEnv) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    // https://no-color.org: set and not empty, whatever the value.
    this.#plain = Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb';
    this.hasBar = !this.#plain && stderr.isTTY === true;
  }

  /** One or more lines of the command's result. */
  print(text: string): void {
    this.#above(this.#stdout, `${text}\n`);
  }

  /** A line for a person that is no part of the result. */
  note(text: string): void {
    this.#above(this.#stderr, `${text}\n`);
  }

  /** Draws the bar in place of the one before; nothing without a terminal. */
  progress(state: BarState): void {
    if (!this.hasBar) return;
    // A terminal that does not know its width says 0.
    const bar = renderBar(state, (this.#stderr.columns || 80) - 1);
    if (bar === this.#bar) return;
    this.#bar = bar;
    this.#stderr.write(clearLine + bar);
  }

  endProgress(): void {
    if (this.#bar !== '') this.#stderr.write(clearLine);
    this.#bar = '';
  }

  /** For `print`. */
  style(colour: Colour, text: string): string {
    return this.#paint(this.#stdout, colour, text);
  }

  /** For `note`. */
  styleNote(colour: Colour, text: string): string {
    return this.#paint(this.#stderr, colour, text);
  }

  #paint(output: Output, colour: Colour, text: string): string {
    if (this.#plain || output.isTTY !== true) return text;
    const [on, off] = codes[colour];
    return `\u001B[${on}m${text}\u001B[${off}m`;
  }

  #above(output: Output, text: string): void {
    if (this.#bar !== '') this.#stderr.write(clearLine);
    output.write(text);
    if (this.#bar !== '') this.#stderr.write(this.#bar);
  }
}
