/** What the readers of all image formats give, and how they refuse. */
import { DatasetError } from '../../errors.ts';
import type { ByteWindow } from '../file-window.ts';

export interface ImageHeader {
  readonly format: 'png' | 'jpeg' | 'gif' | 'webp';
  readonly width: number;
  readonly height: number;
  /** Alpha is not counted: decoding drops it. */
  readonly channels: 1 | 3;
  /** A WebP that is decoded with its alpha, because TensorFlow's decoder cannot leave it out. */
  readonly alpha?: true;
  /** Of a GIF: its bytes up to the end of the first frame, all that a decoder gets to see. */
  readonly firstFrameBytes?: number;
}

export function broken(window: ByteWindow, offset: number, reason: string): DatasetError {
  return new DatasetError('malformed', reason, { file: window.file, offset });
}

export function hex(value: number, digits = 8): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}
