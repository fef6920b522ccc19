import { closestNames } from '../closest-names.ts';
import { ConnectorError } from '../errors.ts';
import type { OperationPolicies } from '../policies/operation-policies.ts';

/** A step that a call can be replayed from. */
export type StepPlace =
  | { readonly kind: 'request' }
  | { readonly kind: 'transport' }
  | { readonly kind: 'result' }
  /** A policy that acts on the answer, by its place among them. */
  | { readonly kind: 'answer-policy'; readonly index: number; readonly name: string };

/** How a step is called: by what it is, a policy by its name too, and the later of the same name by their number. */
export function createStepCounter(): (step: string, name?: string) => string {
  const counts = new Map<string, number>();
  return (step, name) => {
    const plain = name === undefined ? step : `${step} ${name}`;
    const count = (counts.get(plain) ?? 0) + 1;
    counts.set(plain, count);
    return count === 1 ? plain : `${plain} #${count}`;
  };
}

/** Where a step of an operation stands. Throws `replay-invalid` with the ids that there are. */
export function findStep(id: string, policies: OperationPolicies | undefined): StepPlace {
  const places = placesOf(policies);
  const place = places.get(id);
  if (place !== undefined) return place;
  const ids = [...places.keys()];
  const close = closestNames(id, ids);
  const hint = close.length === 0 ? `Its steps are ${ids.join(', ')}.` : `Did you mean ${close.join(' or ')}?`;
  throw new ConnectorError('replay-invalid', `The call has no step "${id}" to go on from. ${hint}`);
}

function placesOf(policies: OperationPolicies | undefined): ReadonlyMap<string, StepPlace> {
  const idOf = createStepCounter();
  const request = (policies?.requestNames ?? []).map((name): [string, StepPlace] => [
    idOf('policy', name),
    { kind: 'request' },
  ]);
  const answer = (policies?.responseNames ?? []).map((name, index): [string, StepPlace] => [
    idOf('policy', name),
    { kind: 'answer-policy', index, name },
  ]);
  return new Map<string, StepPlace>([
    ['bind', { kind: 'request' }],
    ['authenticate', { kind: 'request' }],
    ...request,
    ['transport', { kind: 'transport' }],
    ['result', { kind: 'result' }],
    ...answer,
  ]);
}
