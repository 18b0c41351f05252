/** A recipe's settings are its family's, with other defaults. */
import type { z } from 'zod';

/** `schema` with `defaults` in place of its own; descriptions stay. */
export function settingsWith<S extends z.ZodObject>(schema: S, defaults: Partial<z.infer<S>>): S {
  const shape = Object.entries(defaults).map(([key, value]) => {
    const setting = schema.shape[key] as z.ZodDefault<z.ZodType>;
    return [
      key,
      setting
        .removeDefault()
        .default(value as never)
        .describe(setting.description ?? ''),
    ];
  });
  return schema.extend(Object.fromEntries(shape) as z.ZodRawShape) as unknown as S;
}
