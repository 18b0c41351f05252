/**
 * Reads Python pickles as data: dictionaries, lists, numbers, strings, and what `globals` allows. Nothing in a pickle is run; a
 * name that is not allowed and every instruction that would build another object is refused.
 */
import { WeightError } from '../weight-error.ts';

/** What a pickle may name: called with the arguments that the pickle gives. */
export interface Global {
  readonly name: string;
  readonly build?: (args: readonly unknown[]) => unknown;
}

export interface UnpickleOptions {
  readonly file: string;
  /** By `module.name`. */
  readonly globals: ReadonlyMap<string, Global>;
  /** What a persistent id, here a storage's, stands for. */
  readonly persistent: (id: unknown) => unknown;
}

export interface Unpickled {
  readonly value: unknown;
  /** Where the pickle ends: another may follow. */
  readonly end: number;
}

/** An object of which the attributes are read and nothing else, such as the options of a training program. */
export class Attributes extends Map<unknown, unknown> {}

const mark = Symbol('mark');

/** Dictionaries come as `Map`s, lists and tuples as arrays. Throws `WeightError`. */
export function unpickle(bytes: Buffer, begin: number, options: UnpickleOptions): Unpickled {
  return new Machine(bytes, begin, options).run();
}

class Machine {
  readonly #bytes: Buffer;
  readonly #options: UnpickleOptions;
  readonly #stack: unknown[] = [];
  readonly #memo = new Map<number, unknown>();
  #at: number;

  constructor(bytes: Buffer, begin: number, options: UnpickleOptions) {
    this.#bytes = bytes;
    this.#at = begin;
    this.#options = options;
  }

  run(): Unpickled {
    for (;;) {
      const code = this.#take(1)[0]!;
      if (code === 0x2e) return { value: this.#pop(), end: this.#at };
      const instruction = instructions[code];
      if (instruction === undefined) {
        const what = builders[code];
        const reason =
          what === undefined
            ? `its pickle has the unknown instruction 0x${code.toString(16)} at byte ${this.#at - 1}: it is damaged`
            : `its pickle builds an object (${what}), and only tensors, dictionaries, lists, numbers and strings are read; save model.state_dict() alone`;
        throw new WeightError(what === undefined ? 'malformed' : 'unsupported', this.#options.file, reason);
      }
      instruction(this);
    }
  }

  #damaged(what: string): never {
    throw new WeightError(
      'malformed',
      this.#options.file,
      `its pickle is damaged: ${what} at byte ${this.#at}`,
    );
  }

  #take(length: number): Buffer {
    if (!(this.#at + length <= this.#bytes.length)) this.#damaged('it ends');
    return this.#bytes.subarray(this.#at, (this.#at += length));
  }

  #pop(): unknown {
    const value = this.#stack.pop();
    if (value === undefined || value === mark) this.#damaged('nothing is on the stack');
    return value;
  }

  #top(): unknown {
    return this.#stack.at(-1);
  }

  readonly push = (value: unknown): void => {
    this.#stack.push(value);
  };

  /** An unsigned number of 1, 2, 4 or 8 bytes. */
  size(bytes: number): number {
    const taken = this.#take(bytes);
    return bytes === 8 ? Number(taken.readBigUInt64LE()) : taken.readUIntLE(0, bytes);
  }

  skip(bytes: number): void {
    this.#take(bytes);
  }

  pushMark(): void {
    this.push(mark);
  }

  pop(): void {
    this.#pop();
  }

  int(): void {
    this.push(this.#take(4).readInt32LE());
  }

  double(): void {
    this.push(this.#take(8).readDoubleBE());
  }

  /** Two's complement, little-endian, of any length. Beyond 2^53 it is not exact, and no counter is that large. */
  long(length: number): void {
    const bytes = Buffer.from(this.#take(length).toReversed());
    const value = length === 0 ? 0n : BigInt.asIntN(8 * length, BigInt(`0x${bytes.toString('hex')}`));
    this.push(Number(value));
  }

  text(length: number): void {
    this.push(this.#take(length).toString('utf8'));
  }

  #line(): string {
    const end = this.#bytes.indexOf(10, this.#at);
    if (end < 0) this.#damaged('a name does not end');
    return this.#take(end - this.#at + 1)
      .toString('utf8')
      .slice(0, -1);
  }

  /** Everything above the last mark, which goes too. */
  #sinceMark(): unknown[] {
    const at = this.#stack.lastIndexOf(mark);
    if (at < 0) this.#damaged('a mark is missing');
    return this.#stack.splice(at).slice(1);
  }

  tupleSinceMark(): void {
    this.push(this.#sinceMark());
  }

  tupleOf(length: number): void {
    const items = Array.from({ length }, () => this.#pop());
    this.push(items.toReversed());
  }

  append(): void {
    const item = this.#pop();
    this.#list().push(item);
  }

  extend(): void {
    const items = this.#sinceMark();
    const list = this.#list();
    for (const item of items) list.push(item);
  }

  #list(): unknown[] {
    const list = this.#top();
    return Array.isArray(list) ? (list as unknown[]) : this.#damaged('items are added to what is no list');
  }

  setItem(): void {
    const value = this.#pop();
    const key = this.#pop();
    this.#dictionary().set(key, value);
  }

  setItems(): void {
    const items = this.#sinceMark();
    const dictionary = this.#dictionary();
    for (let i = 0; i < items.length; i += 2) dictionary.set(items[i], items[i + 1]);
  }

  #dictionary(): Map<unknown, unknown> {
    const dictionary = this.#top();
    return dictionary instanceof Map ? dictionary : this.#damaged('a key is set in what is no dictionary');
  }

  put(index = this.#memo.size): void {
    if (this.#stack.length === 0) this.#damaged('nothing to remember');
    this.#memo.set(index, this.#top());
  }

  get(index: number): void {
    if (!this.#memo.has(index)) this.#damaged(`nothing is remembered as ${index}`);
    this.push(this.#memo.get(index));
  }

  global(): void {
    const module = this.#line();
    this.#name(module, this.#line());
  }

  stackGlobal(): void {
    const name = this.#pop();
    this.#name(String(this.#pop()), String(name));
  }

  #name(module: string, name: string): void {
    const full = `${module}.${name}`;
    const allowed = this.#options.globals.get(full);
    if (allowed !== undefined) return this.push(allowed);
    const shown = JSON.stringify(full.slice(0, 200));
    throw new WeightError(
      'unsupported',
      this.#options.file,
      `its pickle names ${shown}, which is refused and was not run: only tensors, dictionaries, lists, numbers and strings are read; save model.state_dict() alone`,
    );
  }

  reduce(): void {
    const args = this.#pop();
    const callee = this.#pop() as Partial<Global> | null;
    if (!Array.isArray(args) || typeof callee?.build !== 'function')
      this.#damaged('what is called is no constructor');
    this.push(callee.build(args as unknown[]));
  }

  /** The attributes of a state dictionary, such as the versions of its modules, are not needed. */
  build(): void {
    const state = this.#pop();
    const object = this.#top();
    if (!(object instanceof Map)) this.#damaged('attributes are set on what is no dictionary');
    if (object instanceof Attributes && state instanceof Map)
      for (const [name, value] of state) object.set(name, value);
  }

  persistent(): void {
    this.push(this.#options.persistent(this.#pop()));
  }
}

/** By their codes in Python's pickle.py; strings of Python 2 are taken for UTF-8. */
const instructions: Readonly<Record<number, ((machine: Machine) => void) | undefined>> = {
  0x80: (m) => m.skip(1), // PROTO
  0x95: (m) => m.skip(8), // FRAME
  0x28: (m) => m.pushMark(),
  0x30: (m) => m.pop(),
  0x4e: (m) => m.push(null),
  0x88: (m) => m.push(true),
  0x89: (m) => m.push(false),
  0x4a: (m) => m.int(),
  0x4b: (m) => m.push(m.size(1)),
  0x4d: (m) => m.push(m.size(2)),
  0x8a: (m) => m.long(m.size(1)),
  0x47: (m) => m.double(),
  0x58: (m) => m.text(m.size(4)),
  0x8c: (m) => m.text(m.size(1)),
  0x8d: (m) => m.text(m.size(8)),
  0x55: (m) => m.text(m.size(1)),
  0x54: (m) => m.text(m.size(4)),
  0x5d: (m) => m.push([]),
  0x61: (m) => m.append(),
  0x65: (m) => m.extend(),
  0x29: (m) => m.push([]),
  0x74: (m) => m.tupleSinceMark(),
  0x85: (m) => m.tupleOf(1),
  0x86: (m) => m.tupleOf(2),
  0x87: (m) => m.tupleOf(3),
  0x7d: (m) => m.push(new Map()),
  0x73: (m) => m.setItem(),
  0x75: (m) => m.setItems(),
  0x71: (m) => m.put(m.size(1)),
  0x72: (m) => m.put(m.size(4)),
  0x94: (m) => m.put(),
  0x68: (m) => m.get(m.size(1)),
  0x6a: (m) => m.get(m.size(4)),
  0x63: (m) => m.global(),
  0x93: (m) => m.stackGlobal(),
  0x52: (m) => m.reduce(),
  0x81: (m) => m.reduce(), // NEWOBJ: of an allowed class as well
  0x62: (m) => m.build(),
  0x51: (m) => m.persistent(),
};

/** Instructions that are sound but make objects of classes. */
const builders: Readonly<Record<number, string | undefined>> = {
  0x69: 'INST',
  0x6f: 'OBJ',
  0x92: 'NEWOBJ_EX',
  0x82: 'EXT1',
  0x83: 'EXT2',
  0x84: 'EXT4',
  0x42: 'BINBYTES',
  0x43: 'SHORT_BINBYTES',
  0x8e: 'BINBYTES8',
  0x96: 'BYTEARRAY8',
  0x8f: 'EMPTY_SET',
};
