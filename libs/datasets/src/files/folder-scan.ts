/** Lists the image files of a folder in an order that no file system can change: each folder's entries by code unit. */
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { DatasetError, fileError } from '../errors.ts';
import { MAX_FOLDER_DEPTH } from '../limits.ts';

export interface FolderScan {
  /** Names of the class sub-folders, sorted; empty when the images lie in the folder itself. */
  readonly classNames: readonly string[];
  /** Paths relative to the folder, with `/`. */
  readonly files: readonly string[];
  /** Index into `classNames` for each file; all 0 without classes. */
  readonly labels: Int32Array;
}

export const IMAGE_EXTENSIONS = new Set(['.png', '.jpg', '.jpeg', '.gif', '.webp']);

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
}

export async function scanFolder(root: string): Promise<FolderScan> {
  const entries = await list(root);
  const direct = entries.filter((entry) => !entry.isFolder && isImage(entry.name)).map((entry) => entry.name);
  const folders = entries.filter((entry) => entry.isFolder).map((entry) => entry.name);
  const classes = await Promise.all(folders.map((name) => imagesBelow(root, name, 1)));
  const populated = classes.some((files) => files.length > 0);
  if (direct.length > 0 && populated) {
    throw new DatasetError(
      'ambiguous',
      `${direct.length} images beside class folders (${quoteSome(folders)}); move them into a class folder or out of this one`,
      { file: root },
    );
  }
  if (direct.length > 0) return { classNames: [], files: direct, labels: new Int32Array(direct.length) };
  if (!populated)
    throw new DatasetError(
      'empty',
      `no PNG, JPEG, GIF or WebP images here or in its sub-folders${strangers(entries)}; change --data`,
      { file: root },
    );
  const empty = folders.find((_, i) => classes[i]?.length === 0);
  if (empty !== undefined)
    throw new DatasetError('empty', 'a class folder without images; remove it or fill it', {
      file: join(root, empty),
    });
  const labels = classes.flatMap((files, label) => files.map(() => label));
  return { classNames: folders, files: classes.flat(), labels: Int32Array.from(labels) };
}

export function isImage(name: string): boolean {
  return IMAGE_EXTENSIONS.has(extname(name).toLowerCase());
}

/** The folder's entries without hidden ones, sorted; links are followed. */
export async function list(folder: string): Promise<Entry[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const visible = entries.filter((entry) => !entry.name.startsWith('.'));
    const named = await Promise.all(
      visible.map(async (entry) => ({
        name: entry.name,
        isFolder: entry.isSymbolicLink()
          ? (await stat(join(folder, entry.name))).isDirectory()
          : entry.isDirectory(),
      })),
    );
    return named.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    throw fileError(folder, cause);
  }
}

async function imagesBelow(root: string, folder: string, depth: number): Promise<string[]> {
  if (depth > MAX_FOLDER_DEPTH)
    throw new DatasetError(
      'too-large',
      `folders nested deeper than ${MAX_FOLDER_DEPTH}; is a link pointing at its own parent?`,
      { file: join(root, folder) },
    );
  const found = (await list(join(root, folder))).map(({ name, isFolder }) => {
    if (isFolder) return imagesBelow(root, `${folder}/${name}`, depth + 1);
    return isImage(name) ? [`${folder}/${name}`] : [];
  });
  return (await Promise.all(found)).flat();
}

function strangers(entries: readonly Entry[]): string {
  const extensions = [
    ...new Set(entries.filter((entry) => !entry.isFolder).map((entry) => extname(entry.name) || entry.name)),
  ];
  return extensions.length === 0 ? '' : ` (found only ${quoteSome(extensions)})`;
}

function quoteSome(names: readonly string[]): string {
  return (
    names
      .slice(0, 4)
      .map((name) => `"${name}"`)
      .join(', ') + (names.length > 4 ? ', …' : '')
  );
}
