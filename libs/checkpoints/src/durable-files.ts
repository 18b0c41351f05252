/** Writes that survive a power cut: exclusive creation, fsync of files and of the folders that name them. */
import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asCheckpointError } from './checkpoint-error.ts';
import { writeHashed } from './hashed-io.ts';

/** Every call that changes a disk goes through here, which lets tests make any of them fail. */
export const disk = { mkdir, open, rename, rm, readdir, stat, write: writeAll, writeHashed };

/** Creates `file`, hands it to `fill`, flushes it to the disk. Leaves no part of it behind on failure. */
export async function createDurably<T>(file: string, fill: (handle: FileHandle) => Promise<T>): Promise<T> {
  try {
    const handle = await disk.open(file, 'wx', 0o644);
    try {
      const result = await fill(handle);
      await handle.sync();
      return result;
    } catch (error) {
      await disk.rm(file, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw asCheckpointError(error, file, 'writing');
  }
}

/** Puts `text` under the name `file` at once: a reader sees the old or the new content, never a part. */
export async function replaceDurably(file: string, text: string): Promise<void> {
  const temporary = `${file}.tmp-${process.pid}`;
  await disk.rm(temporary, { force: true });
  await createDurably(temporary, (handle) => disk.write(handle, Buffer.from(text)));
  await renameDurably(temporary, file);
}

/** Renames within a folder, and returns when the new name is on the disk. */
export async function renameDurably(from: string, to: string): Promise<void> {
  try {
    await disk.rename(from, to);
  } catch (error) {
    throw asCheckpointError(error, to, 'renaming into place');
  }
  await syncFolder(dirname(to));
}

/** A new name is only durable once its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await disk.open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    throw asCheckpointError(error, folder, 'flushing');
  }
}

/** Opens for reading, and never follows a link out of the checkpoint. */
export async function openToRead(file: string): Promise<FileHandle> {
  try {
    return await disk.open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    throw asCheckpointError(error, file, 'opening');
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
}
