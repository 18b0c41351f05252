/** One line for each thing that set-up makes: rewritten in place on a terminal, a line every ten seconds elsewhere. */

/** @typedef {{ done: number, total: number, unit: string }} Amount */

/** @param {Amount} amount */
export function describeAmount({ done, total, unit }) {
  const percent = Math.min(100, Math.floor((100 * done) / total));
  return `${Math.min(done, total)} of ${total} ${unit}, ${percent} %`;
}

/**
 * Runs `work`, showing `title` and how far it is, then how long it took.
 * @template T
 * @param {string} title
 * @param {() => Amount | undefined} amount asked for now and then while the work runs
 * @param {() => Promise<T>} work
 * @param {{ isTTY?: boolean, write: (text: string) => unknown }} [out]
 * @returns {Promise<T>}
 */
export async function withProgress(title, amount, work, out = process.stderr) {
  const begin = Date.now();
  const seconds = () => `${Math.round((Date.now() - begin) / 1000)} s`;
  const text = () => {
    const now = amount();
    return `kiln set-up: ${title}${now ? ` (${describeAmount(now)})` : ''}`;
  };
  const show = out.isTTY
    ? () => out.write(`\r\x1b[K${text()} ${seconds()}`)
    : () => out.write(`${text()} … ${seconds()}\n`);
  out.write(out.isTTY ? text() : `kiln set-up: ${title}\n`);
  const timer = setInterval(show, out.isTTY ? 500 : 10_000);
  try {
    const result = await work();
    out.write(`${out.isTTY ? '\r\x1b[K' : ''}kiln set-up: ${title}: done in ${seconds()}\n`);
    return result;
  } catch (error) {
    if (out.isTTY) out.write('\n');
    throw error;
  } finally {
    clearInterval(timer);
  }
}
