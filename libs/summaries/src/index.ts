/** TensorBoard event files and pictures of samples, written without TensorFlow. */
export { EventWriter } from './event-writer.ts';
export type { EventWriterOptions, ImageSummary } from './event-writer.ts';
export type { Experiment, HParamValue, SessionOutcome } from './hparams.ts';
export type { Buckets } from './histogram.ts';
export { imageGrid } from './image-grid.ts';
export type { GridOptions, ImageBatch } from './image-grid.ts';
export { encodeGif } from './gif.ts';
export { encodePng } from './png.ts';
export type { Pixels } from './png.ts';
export { chromeTrace } from './chrome-trace.ts';
export type { Span, TracedProcess } from './chrome-trace.ts';
export { encodeNpy } from './npy.ts';
export { SummaryError } from './summary-error.ts';
export type { SummaryErrorCode } from './summary-error.ts';

// For sibling libs and the proofs.
export { bucketsOf } from './histogram.ts';
