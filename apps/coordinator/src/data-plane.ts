/** Decides what carries tensors between the workers, and refuses a worker that the others could not reach that way. */
import { ControlError, type DataAddress, type JoinRequest, type Transport } from '@kiln/control';
import type { Member } from './member.ts';

/** 'auto': shared memory when all workers report the same host, ZeroMQ otherwise. */
export type TransportChoice = Transport | 'auto';
export const transportChoices: readonly TransportChoice[] = ['auto', 'shared-memory', 'zeromq'];

export function chooseTransport(choice: TransportChoice, members: readonly Member[]): Transport {
  if (choice !== 'auto') return choice;
  return new Set(members.map(({ request }) => request.hostId)).size > 1 ? 'zeromq' : 'shared-memory';
}

/** Throws what the newcomer, or whoever sits already, must be started with. */
export function checkReach(
  choice: TransportChoice,
  newcomer: JoinRequest,
  members: readonly Pick<Member, 'title' | 'request'>[],
): void {
  const apart = members.find(({ request }) => request.hostId !== newcomer.hostId);
  if (choice === 'shared-memory' || (choice === 'auto' && apart === undefined)) return;
  const why =
    choice === 'zeromq' ? '--transport zeromq' : `${apart?.title} is on another host than the newcomer`;
  const all: { title: string; request: DataAddress }[] = [
    ...members,
    { title: `the worker on host ${newcomer.host} (pid ${newcomer.pid})`, request: newcomer },
  ];
  const unreachable = all.find(({ request }) => request.endpoint === '');
  if (unreachable !== undefined) {
    throw new ControlError(
      'invalid',
      `${why}, but ${unreachable.title} has no address for tensors; start it with --data-address <address of its host>`,
    );
  }
  const plain = all.find(({ request }) => request.publicKey === '');
  const encrypted = all.find(({ request }) => request.publicKey !== '');
  if (plain !== undefined && encrypted !== undefined) {
    throw new ControlError(
      'invalid',
      `${encrypted.title} encrypts what it sends and ${plain.title} does not; give --plain-data to all workers or to none`,
    );
  }
}
