/** How a step of `npm run check` ended. */
export type Outcome = { readonly ok: boolean; readonly output: string };
