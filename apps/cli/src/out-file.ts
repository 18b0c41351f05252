/** Files that commands write for people: looked at before anything is computed for them. */
import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { CliError } from './cli-error.ts';

export interface OutFile {
  /** As it was typed. */
  readonly text: string;
  readonly cwd: string;
  /** Such as `.png`; empty: any. */
  readonly endings?: readonly string[];
  /** How it was typed, for the message. */
  readonly flag?: string;
}

/** The absolute path. Throws `CliError` (usage) for another ending, a folder, or a place that cannot be written to. */
export async function outFile({ text, cwd, endings = [], flag = '--out' }: OutFile): Promise<string> {
  const refuse = (reason: string): never => {
    throw new CliError('usage', `${flag} ${text}: ${reason}`);
  };
  if (endings.length > 0 && !endings.includes(extname(text)))
    refuse(`expected a file that ends in ${endings.join(' or ')}`);
  const file = resolve(cwd, text);
  const there = await stat(file).catch(() => undefined);
  if (there?.isDirectory() === true) refuse('this is a folder; name a file');
  const folder = dirname(file);
  const parent = await stat(folder).catch(() => undefined);
  if (parent?.isDirectory() !== true) refuse(`there is no folder ${folder}; make it, or name another file`);
  await access(there === undefined ? folder : file, constants.W_OK).catch(() =>
    refuse('it cannot be written; change its permissions, or name another file'),
  );
  return file;
}

export interface PictureFile {
  /** As it was typed, if it was. */
  readonly out: string | undefined;
  readonly cwd: string;
  readonly endings: readonly string[];
  readonly runFolder: string;
  /** In the run's `samples`, where nothing was typed. */
  readonly name: string;
}

/** The same for pictures of a run, which are in its `samples` where nothing was typed. */
export function pictureFile({ out, cwd, endings, runFolder, name }: PictureFile): Promise<string> {
  return out === undefined
    ? Promise.resolve(join(runFolder, 'samples', name))
    : outFile({ text: out, cwd, endings });
}

/** For a picture in the `samples` of a run that has none yet, as one that was converted. */
export async function makeFolderOf(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
}
