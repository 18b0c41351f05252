/** Makes what a checkout needs and lacks. Nothing is printed, and no network is used, when everything is there. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addonStep } from './addon.mjs';
import { bundlesStep } from './bundles.mjs';
import { withLock } from './lock.mjs';
import { nodeStep } from './node.mjs';
import { packagesStep } from './packages.mjs';
import { requireTools } from './prerequisites.mjs';
import { nvidiaStep, tensorflowStep } from './tensorflow.mjs';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly import('./prerequisites.mjs').Tool[]} tools what the machine must have to make it
 * @property {(root: string) => boolean} isReady
 * @property {(root: string, temporary: string) => Promise<void>} make may be interrupted at any point and run again
 */

/** In this order: each may use the ones before it. @type {readonly Step[]} */
export const allSteps = [nodeStep, packagesStep, tensorflowStep, nvidiaStep, addonStep, bundlesStep];

/**
 * @param {string} root the checkout
 * @param {{ steps?: readonly Step[], say?: (message: string) => void }} [options]
 * @returns {Promise<boolean>} whether anything was made
 */
export async function setUp(
  root,
  { steps = allSteps, say = (message) => console.error(`kiln set-up: ${message}`) } = {},
) {
  const lacking = () => steps.filter((step) => !step.isReady(root));
  if (lacking().length === 0) return false;
  const home = join(root, '.kiln');
  return withLock(join(home, 'setup.lock'), () => makeAll(root, home, lacking()), say);
}

/** @param {string} root @param {string} home @param {readonly Step[]} lacking */
async function makeAll(root, home, lacking) {
  if (lacking.length === 0) return false;
  requireTools([...new Set(lacking.flatMap((step) => step.tools))]);
  // Only the owner of the lock is here, so every such folder is the rest of an interrupted set-up.
  for (const name of readdirSync(home)) {
    if (name.startsWith('tmp-')) rmSync(join(home, name), { recursive: true, force: true });
  }
  const temporary = join(home, `tmp-${process.pid}`);
  mkdirSync(temporary);
  try {
    for (const step of lacking) await step.make(root, temporary);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return true;
}
