/** A picture on TensorBoard's page of images, beside those of the training. */
import { join } from 'node:path';
import { EventWriter, type ImageSummary } from '@kiln/summaries';

export async function showImage(
  runFolder: string,
  tag: string,
  image: ImageSummary,
  step: number,
): Promise<void> {
  const events = await EventWriter.open(join(runFolder, 'events'));
  events.images(tag, [image], step);
  await events.close();
}
