/** Names what the machine lacks, in one line that says how to install it. */
import { succeeds } from './exec.mjs';
import { SetupError } from './setup-error.mjs';

/** @typedef {{ name: string, apt: string, dnf: string, present: () => boolean }} Tool */

/** @type {Tool} */
export const compiler = {
  name: 'g++ with C++17',
  apt: 'g++',
  dnf: 'gcc-c++',
  present: () =>
    succeeds(
      'g++',
      ['-std=c++17', '-x', 'c++', '-fsyntax-only', '-'],
      '#include <optional>\nstd::optional<int> x;\n',
    ),
};

/** @type {Tool} */
export const python = {
  name: 'python3 with pip',
  apt: 'python3-pip',
  dnf: 'python3-pip',
  present: () => succeeds('python3', ['-m', 'pip', '--version']),
};

/**
 * The line for the tools that are not there, or undefined.
 * @param {readonly Tool[]} tools
 */
export function missingTools(tools) {
  const missing = tools.filter((tool) => !tool.present());
  if (missing.length === 0) return undefined;
  const names = missing.map((tool) => tool.name).join(' and ');
  const packages = (/** @type {'apt' | 'dnf'} */ kind) => missing.map((tool) => tool[kind]).join(' ');
  return (
    `missing ${names}; install with \`sudo apt-get install ${packages('apt')}\` (Debian, Ubuntu) ` +
    `or \`sudo dnf install ${packages('dnf')}\` (Fedora), then run the same command again`
  );
}

/**
 * @param {readonly Tool[]} tools
 * @param {{ platform: string, arch: string }} [machine]
 */
export function requireTools(tools, { platform, arch } = process) {
  if (platform !== 'linux' || arch !== 'x64') {
    throw new SetupError(
      `Kiln runs on Linux x86-64, got ${platform} ${arch}; use such a machine or a container (infra/)`,
    );
  }
  const line = missingTools(tools);
  if (line) throw new SetupError(line);
}
