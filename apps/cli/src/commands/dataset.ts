/** `kiln dataset pack|info|verify <data>`: sets of images, prepared and looked at. The worker does the work. */
import { exitCodes } from '@kiln/control';
import { type Command, Option } from 'commander';
import { imageSize, wholeNumber } from '../option-values.ts';
import { shown } from '../run-folder.ts';
import type { Context } from '../context.ts';
import { askWorker } from '../worker-process.ts';
import { examples, type AddCommand } from './command.ts';
import {
  type DatasetReport,
  infoText,
  type PackReport,
  packText,
  type VerifyReport,
  verifyText,
} from './dataset-report.ts';

interface PackFlags {
  readonly out: string;
  readonly size?: number | readonly [number, number];
  readonly fit?: string;
  readonly channels?: string;
  readonly labels?: string;
  readonly format?: string;
  readonly quality?: number;
  readonly onBadImage: string;
  readonly onDuplicate: string;
  readonly shardMb?: number;
  readonly maxPixels?: number;
  readonly json?: boolean;
}

export const addDataset: AddCommand = (program, context, end) => {
  const group = program
    .command('dataset')
    .summary('prepare and check data')
    .description('Packs a set of images into few files, and says what a set holds or what is wrong with it.');
  addPack(group, context);

  subcommand(group, 'info', 'count images, sizes and classes')
    .addHelpText('after', examples('kiln dataset info photos', 'kiln dataset info packed --json'))
    .action(async (data: string, { json }: { json?: boolean }) => {
      const report = await ask<DatasetReport>(context, { action: 'info', data });
      context.terminal.print(json ? JSON.stringify(report, null, 2) : infoText(report));
    });

  subcommand(group, 'verify', 'read all of it: compare hashes of a packed set, decode any other')
    .addHelpText('after', examples('kiln dataset verify packed', 'kiln dataset verify photos --json'))
    .action(async (data: string, { json }: { json?: boolean }) => {
      const report = await ask<VerifyReport>(context, { action: 'verify', data });
      context.terminal.print(json ? JSON.stringify(report, null, 2) : verifyText(report));
      if (report.problems.length > 0) end(exitCodes.data);
    });
};

function addPack(group: Command, context: Context): void {
  subcommand(group, 'pack', 'write images into TFRecords with an index and hashes')
    .requiredOption('--out <folder>', 'where the set goes; must not exist')
    .addOption(
      new Option('--size <n>', 'side, or width x height such as 96x64; default: as they are').argParser(
        imageSize,
      ),
    )
    .addOption(
      new Option('--fit <how>', 'how other proportions are brought to --size').choices([
        'crop',
        'pad',
        'stretch',
      ]),
    )
    .addOption(new Option('--channels <n>', '1 (grey) or 3 (colour)').choices(['1', '3']))
    .option(
      '--labels <file>',
      'CSV (file,label) or JSON with the label of each image; default: class folders',
    )
    .addOption(
      new Option('--format <name>', 'how images are stored; default: as they are, with --size PNG').choices([
        'keep',
        'png',
        'jpeg',
      ]),
    )
    .addOption(new Option('--quality <n>', 'of JPEGs').argParser(wholeNumber(1, 100)))
    .addOption(
      new Option('--on-bad-image <what>', 'what an unusable image does')
        .choices(['refuse', 'skip'])
        .default('refuse'),
    )
    .addOption(
      new Option('--on-duplicate <what>', 'what an image does that is there already')
        .choices(['keep', 'skip'])
        .default('keep'),
    )
    .addOption(
      new Option('--shard-mb <n>', 'size of the files (default: 256)').argParser(wholeNumber(1, 100_000)),
    )
    .addOption(new Option('--max-pixels <n>', 'refuse larger images').argParser(wholeNumber(1)))
    .addHelpText(
      'after',
      examples(
        'kiln dataset pack photos --out packed --size 64',
        'kiln dataset pack photos --out packed --labels labels.csv --on-bad-image skip',
        'kiln train digits-dcgan --data packed',
      ),
    )
    .action(async (data: string, flags: PackFlags) => {
      const { out, size, fit, channels, labels, maxPixels, format, quality, shardMb, json } = flags;
      const report = await ask<PackReport>(context, {
        action: 'pack',
        data,
        spec: { resolution: size, fit, channels: channels && Number(channels), labels, maxPixels },
        out,
        encoding: format,
        quality,
        onBadImage: flags.onBadImage,
        onDuplicate: flags.onDuplicate,
        shardBytes: shardMb === undefined ? undefined : shardMb * 1_000_000,
      });
      const { terminal, cwd } = context;
      for (const { file, reason } of report.manifest.skipped) terminal.note(`left out ${file}: ${reason}`);
      terminal.print(json ? JSON.stringify(report, null, 2) : packText(report, shown(cwd, report.out)));
    });
}

const subcommand = (group: Command, name: string, description: string): Command =>
  group
    .command(name)
    .description(`${description[0]?.toUpperCase()}${description.slice(1)}.`)
    .summary(description)
    .argument('<data>', 'a folder, a file or a packed set, with options as for kiln train --data')
    .option('--json', 'print JSON');

interface Progress {
  readonly fraction?: number;
  readonly done?: number;
  readonly total?: number;
  readonly skipped?: number;
}

/** Ctrl-C goes to the worker as well, which clears up and says so. */
async function ask<Report>(context: Context, options: object): Promise<Report> {
  const { terminal } = context;
  const begun = performance.now();
  const wait = (): void => {};
  process.on('SIGINT', wait);
  try {
    const { report } = await askWorker<{ report: Report }>(context, {
      mode: 'dataset',
      options,
      onProgress: (told) => {
        const { done, total, skipped, fraction = (done ?? 0) / (total ?? 1) } = told as Progress;
        const seconds = (performance.now() - begun) / 1000;
        terminal.progress({
          fraction,
          amount:
            done === undefined ? 'read' : `${done}/${total} images, ${Math.round(done / seconds)} images/s`,
          phase: skipped ? `${skipped} left out` : '',
          secondsLeft: fraction > 0 ? (seconds / fraction) * (1 - fraction) : undefined,
        });
      },
    });
    return report;
  } finally {
    process.off('SIGINT', wait);
    terminal.endProgress();
  }
}
