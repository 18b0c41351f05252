/** Lets a long host-side scan give way to the event loop, so that a worker that is opening its data still answers. */

const SLICE_MS = 20;

/** Returns a function to call in the loop: it gives a promise to await when the loop has held the thread long enough. */
export function breather(): () => Promise<void> | null {
  let since = performance.now();
  return () => {
    if (performance.now() - since < SLICE_MS) return null;
    return new Promise((resume) => {
      setImmediate(() => {
        since = performance.now();
        resume();
      });
    });
  };
}
