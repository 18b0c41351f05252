/** Kernels with floating-point results whose derivative is zero wherever it exists. The tape does not walk through them. */
export const stopKernels: ReadonlySet<string> = new Set([
  'Ceil',
  'Fill',
  'Floor',
  'FloorDiv',
  'LinSpace',
  'Multinomial',
  'OneHot',
  'OnesLike',
  'Range',
  'Round',
  'Sign',
  'Step',
  'ZerosLike',
]);
