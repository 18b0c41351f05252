/** What the HParams page needs: which settings and metrics there are, and the values and the end of one run. */
import { tensorboard } from './gen/tensorboard.js';

export type HParamValue = string | number | boolean;

export type Experiment = {
  readonly description?: string;
  readonly hparams: readonly { readonly name: string; readonly type: 'string' | 'number' | 'boolean' }[];
  /** A metric is a scalar tag of the session's own run, or of a run in a folder below it. */
  readonly metrics: readonly {
    readonly tag: string;
    readonly group?: string;
    readonly displayName?: string;
  }[];
};

export type SessionOutcome = 'success' | 'failure';

const { DataType, HParamsPluginData, Status } = tensorboard.hparams;
const dataTypes = {
  string: DataType.DATA_TYPE_STRING,
  number: DataType.DATA_TYPE_FLOAT64,
  boolean: DataType.DATA_TYPE_BOOL,
} as const;

export const hparamsTags = {
  experiment: '_hparams_/experiment',
  sessionStart: '_hparams_/session_start_info',
  sessionEnd: '_hparams_/session_end_info',
} as const;

export function experimentContent(
  { description = '', hparams, metrics }: Experiment,
  seconds: number,
): Uint8Array {
  const experiment = {
    description,
    timeCreatedSecs: seconds,
    hparamInfos: hparams.map(({ name, type }) => ({ name, type: dataTypes[type] })),
    metricInfos: metrics.map(({ tag, group = '', displayName = '' }) => ({
      name: { group, tag },
      displayName,
    })),
  };
  return HParamsPluginData.encode({ experiment }).finish();
}

export function sessionStartContent(
  values: Readonly<Record<string, HParamValue>>,
  groupName: string,
  seconds: number,
): Uint8Array {
  const hparams = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, protoValue(value)]),
  );
  const sessionStartInfo = { hparams, groupName, startTimeSecs: seconds };
  return HParamsPluginData.encode({ sessionStartInfo }).finish();
}

export function sessionEndContent(outcome: SessionOutcome, seconds: number): Uint8Array {
  const status = outcome === 'success' ? Status.STATUS_SUCCESS : Status.STATUS_FAILURE;
  return HParamsPluginData.encode({ sessionEndInfo: { status, endTimeSecs: seconds } }).finish();
}

function protoValue(
  value: HParamValue,
): { stringValue: string } | { numberValue: number } | { boolValue: boolean } {
  if (typeof value === 'string') return { stringValue: value };
  return typeof value === 'number' ? { numberValue: value } : { boolValue: value };
}
