/** Tells people who asked for something what they should know of it: the command line shows lines that begin with a tag. */
export function warn(message: string): void {
  process.stderr.write(`${message}\n`);
}
