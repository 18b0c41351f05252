/** From the command to the end of the first step, beside importing TensorFlow in Python and running one tf.function. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Case } from '../case.ts';
import { startKiln } from '../startup/kiln.ts';

const whole = 's to the end of the first step';
const inTensorFlow = 's of them in TensorFlow';
const inKiln = 's of them in Kiln';

const script = join(import.meta.dirname, '../startup/tensorflow_first_step.py');
const workersIn: Readonly<Record<string, number>> = { '1 worker': 1, '2 workers': 2 };

export const startup: Case = {
  about: 'kiln train smoke to the end of its first step',
  sizes: Object.keys(workersIn),
  peers: ['tensorflow'],
  units: { [whole]: 'less', [inTensorFlow]: 'less', [inKiln]: 'less' },
  enter: async (programs) => {
    const tensorflow = programs.get('tensorflow');
    return [
      {
        name: 'Kiln',
        side: 'ours',
        measure: async (size) => {
          const start = await startKiln(workersIn[size]!);
          return {
            values: {
              [whole]: [start.whole],
              [inTensorFlow]: [start.inTensorFlow],
              [inKiln]: [start.whole - start.inTensorFlow],
            },
          };
        },
      },
      ...(tensorflow === undefined
        ? []
        : [
            {
              name: 'Python: import, one tf.function step',
              side: 'tensorflow' as const,
              measure: async () => {
                const began = performance.now();
                await promisify(execFile)(tensorflow, [script]);
                return { values: { [whole]: [(performance.now() - began) / 1000] } };
              },
            },
          ]),
    ];
  },
};
