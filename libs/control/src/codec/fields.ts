/** Reads fields of a decoded message, keeping the first thing wrong with it; remote bytes never throw. */
import { maxNameLength, maxTextBytes } from '../limits.ts';

export type Parsed<T> = { value: T; error?: undefined } | { value?: undefined; error: string };

export class Fields {
  error: string | undefined;
  private readonly context: string;

  constructor(context: string) {
    this.context = context;
  }

  refuse(name: string, expected: string, got: unknown): void {
    this.error ??= `${this.context}.${name}: expected ${expected}, got ${JSON.stringify(got) ?? 'nothing'}`;
  }

  /** A string that is a name: short, without control characters. */
  name(value: string | null | undefined, name: string): string {
    const text = value ?? '';
    // oxlint-disable-next-line no-control-regex
    if (text.length > maxNameLength || /[\u0000-\u001f]/.test(text)) {
      this.refuse(name, `at most ${maxNameLength} printable characters`, text.slice(0, 40));
    }
    return text;
  }

  text(value: string | null | undefined, name: string, maxBytes = maxTextBytes): string {
    const text = value ?? '';
    if (text.length > maxBytes) this.refuse(name, `at most ${maxBytes} characters`, text.length);
    return text;
  }

  /** A whole number from 0 that a double holds exactly. */
  count(value: number | null | undefined, name: string, max = Number.MAX_SAFE_INTEGER): number {
    const number = value ?? 0;
    if (!Number.isSafeInteger(number) || number < 0 || number > max) this.refuse(name, `0 to ${max}`, number);
    return number;
  }

  optionalCount(value: number | null | undefined, name: string, max?: number): number | undefined {
    return value === null || value === undefined ? undefined : this.count(value, name, max);
  }

  finite(value: number | null | undefined, name: string): number {
    const number = value ?? 0;
    if (!Number.isFinite(number)) this.refuse(name, 'a finite number', String(number));
    return number;
  }

  /** An enum's number as its name: number i + 1 is names[i]. */
  choice<const T extends string>(value: number | null | undefined, names: readonly T[], name: string): T {
    const found = names[(value ?? 0) - 1];
    if (found === undefined) this.refuse(name, `one of ${names.join(', ')}`, value ?? 0);
    return found ?? (names[0] as T);
  }

  required<T>(value: T | null | undefined, name: string, otherwise: T): T {
    if (value === null || value === undefined) this.refuse(name, 'to be present', undefined);
    return value ?? otherwise;
  }
}

/** The wire number of an enum's name. */
export const enumNumber = <T extends string>(names: readonly T[], name: T): number => names.indexOf(name) + 1;
