/** `kiln convert <in> <out>`: the weights of networks from and to other programs, done by a worker process. */
import { resolve } from 'node:path';
import { Option } from 'commander';
import { keyValue } from '../option-values.ts';
import { outFile } from '../out-file.ts';
import { shown } from '../run-folder.ts';
import { askWorker } from '../worker-process.ts';
import { examples, type AddCommand } from './command.ts';

interface ConvertOptions {
  readonly from?: string;
  readonly to?: string;
  readonly recipe?: string;
  readonly set?: readonly string[];
  readonly data?: string;
  readonly network?: string;
  readonly trained?: boolean;
}

/** What the worker answers. */
interface ConvertAnswer {
  readonly output: string;
  readonly numTensors: number;
  readonly numNumbers: number;
  readonly source: string;
}

export const addConvert: AddCommand = (program, context) => {
  program
    .command('convert')
    .summary('bring weights from and to other programs')
    .description(
      "Moves the weights of networks between a run, a weights file of Kiln's and files of other programs, whose names and order of " +
        'axes are a convention: kiln, biggan-pytorch, pretrained-biggan, pytorch-gan-zoo, style-based-gan-pytorch or ' +
        'stylegan2-pytorch. Whatever is missing, left over or of another shape is refused.',
    )
    .argument(
      '<in>',
      'a run, or a file: .safetensors, .pth, .pt (file.pth#key for one of several sets) or .h5',
    )
    .argument('<out>', 'a file that ends in .safetensors, or the folder of a run to be made')
    .option('--from <convention>', 'of the file that is read (default: kiln)')
    .option('--to <convention>', 'of the file that is written (default: kiln)')
    .option('--recipe <name>', 'whose networks they are; a run says it itself')
    .addOption(
      new Option('--set <key=value>', 'a setting of that recipe; may be given several times').argParser(
        keyValue,
      ),
    )
    .option('--data <spec>', 'data of a run to be made, as of kiln train; not needed to sample from it')
    .option('--network <name>', 'a network, or a player for all networks that it owns (default: G)')
    .option('--trained', 'of a run, the weights being trained; by default their average, where there is one')
    .addHelpText(
      'after',
      examples(
        'kiln convert runs/biggan-128-000 G.safetensors --to biggan-pytorch',
        'kiln convert G_ema.pth runs/imported --from biggan-pytorch --recipe biggan-128',
        'kiln convert 550000.pt runs/faces --from stylegan2-pytorch --recipe stylegan2-ffhq-256',
        'kiln convert weights.pth weights.safetensors',
      ),
    )
    .action(async (input: string, output: string, options: ConvertOptions) => {
      const { cwd, terminal } = context;
      if (output.endsWith('.safetensors')) await outFile({ text: output, cwd, flag: '<out>' });
      const answer = await askWorker<ConvertAnswer>(context, {
        mode: 'convert',
        options: { ...options, input: resolve(cwd, input), output: resolve(cwd, output) },
      });
      terminal.print(
        `${shown(cwd, answer.output)}: ${answer.numTensors} tensors with ${answer.numNumbers} numbers of ${shown(cwd, answer.source)}`,
      );
    });
};
