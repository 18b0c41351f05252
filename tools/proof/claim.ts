/** A claim is something measured with a bound on it. Every proof returns some; one that fails fails `npm run proof`. */

export interface Claim {
  readonly what: string;
  readonly measured: string;
  readonly bound: string;
  readonly holds: boolean;
}

export const atMost = (what: string, measured: number, bound: number): Claim => ({
  what,
  measured: measured.toPrecision(3),
  bound: `<= ${bound}`,
  holds: measured <= bound,
});

export const atLeast = (what: string, measured: number, bound: number): Claim => ({
  what,
  measured: measured.toPrecision(3),
  bound: `>= ${bound}`,
  holds: measured >= bound,
});

export const equal = (what: string, measured: string, expected: string): Claim => ({
  what,
  measured: measured.slice(0, 16),
  bound: `= ${expected.slice(0, 16)}`,
  holds: measured === expected,
});
