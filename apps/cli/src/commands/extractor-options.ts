/** The options of commands that compare images by their features. */
import { Option } from 'commander';
import { wholeNumber } from '../option-values.ts';
import { maxWorkers } from './train-options.ts';

export const extractorOptions = (): Option[] => [
  new Option(
    '--extractor <name>',
    'what features are compared: digits-classifier (default for the digits) or inception-v3',
  ),
  new Option(
    '--weights <file>',
    'weights of inception-v3: .pth of torchvision or pytorch-fid, or .h5 of Keras',
  ),
  new Option('--workers <n>', 'processes that share the work; the numbers are the same')
    .argParser(wholeNumber(1, maxWorkers))
    .default(1),
];
