/** `kiln compare <images> <data>`: how near two sets of images are to each other, measured by worker processes. */
import { resolve } from 'node:path';
import { askTogether, distanceRows, featuresRow, type Measured } from '../evaluation-workers.ts';
import { table } from '../table.ts';
import { examples, type AddCommand } from './command.ts';
import { extractorOptions } from './extractor-options.ts';
import { deviceOption } from './train-options.ts';

interface CompareOptions {
  readonly extractor?: string;
  readonly weights?: string;
  readonly workers: number;
  readonly device: string;
  readonly json?: boolean;
}

/** What the worker answers. */
interface Comparison extends Measured {
  readonly numImages: number;
}

export const addCompare: AddCommand = (program, context) => {
  const command = program
    .command('compare')
    .summary('measure how near two sets of images are')
    .description(
      'Measures FID and KID between the features of all images of one set, such as a folder of samples of any program, and those of ' +
        'all images of another. The statistics of the second are kept for the next time.',
    )
    .argument('<images>', 'what is judged: a folder, a file or a packed set, as for kiln train --data')
    .argument('<data>', 'the real images, likewise');
  for (const option of [...extractorOptions(), deviceOption().default('cpu')]) command.addOption(option);
  command
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'kiln compare fakes photos --extractor inception-v3 --weights pt_inception-2015-12-05.pth',
        'kiln compare fakes:range=0..5000 packed:resolution=64 --extractor inception-v3 --weights pt_inception-2015-12-05.pth --json',
      ),
    )
    .action(async (images: string, data: string, options: CompareOptions) => {
      const { cwd, terminal } = context;
      const { extractor, device, workers } = options;
      const weights = options.weights === undefined ? undefined : resolve(cwd, options.weights);
      const { comparison } = await askTogether<{ comparison: Comparison }>(
        context,
        { mode: 'compare', options: { images, data, extractor, weights, device } },
        workers,
      );
      const { numImages, numReal } = comparison;
      terminal.print(
        options.json === true
          ? JSON.stringify(comparison, null, 2)
          : table([
              ...distanceRows(comparison),
              ['images', `${numImages}, beside ${numReal} real images`],
              featuresRow(comparison),
            ]),
      );
    });
};
