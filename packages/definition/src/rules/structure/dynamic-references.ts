import { member } from '../../source/reading.ts';
import type { Report } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { type DynamicArgument, type DynamicCall, dynamicCalls } from './dynamic-calls.ts';
import { capital, nameOf } from './name-of.ts';
import { findInputs, type OperationInput } from './operation-inputs.ts';
import { createOwners } from './owners.ts';

type Reference = {
  readonly call: DynamicCall;
  readonly argument: DynamicArgument;
  /** The parameter that gets the value. */
  readonly target: OperationInput;
  /** What the value is taken from. */
  readonly source: OperationInput;
};

/** Visits every value that a dynamic call takes from its own operation, where both ends are known and each is one thing. */
export function forEachReference(subject: Subject, visit: (reference: Reference) => void): void {
  const ownersOf = subject.derive(createOwners);
  for (const call of subject.derive(dynamicCalls)) {
    for (const argument of call.target === undefined ? [] : call.arguments) {
      if (argument.value.kind !== 'reference' || call.target === undefined) continue;
      const { path } = argument.value;
      const targets = findInputs(subject, call.target, argument.name) ?? [];
      const sources = ownersOf(call.holder).map((owner) => findInputs(subject, owner, path) ?? []);
      const [target] = targets;
      const [source] = sources[0] ?? [];
      if (targets.length === 1 && target !== undefined && source !== undefined && sources[0]?.length === 1) {
        visit({ call, argument, target, source });
      }
    }
  }
}

/** Reports names that a dynamic call refers to and that mean two things, or a property, without the extension that refers by path. */
export function checkReferences(
  subject: Subject,
  report: Report,
  kind: DynamicCall['kind'],
  successor: string,
  problem: 'ambiguous' | 'property',
): void {
  const ownersOf = subject.derive(createOwners);
  for (const call of subject.derive(dynamicCalls)) {
    if (call.kind !== kind || member(call.holder.value, successor) !== undefined) continue;
    for (const { value, pointer } of call.arguments) {
      if (value.kind !== 'reference') continue;
      const isBreach = ownersOf(call.holder).some((owner) => {
        const found = findInputs(subject, owner, value.path) ?? [];
        return problem === 'ambiguous' ? found.length > 1 : found.length === 1 && found[0]?.kind === 'property';
      });
      if (!isBreach) continue;
      const what = problem === 'ambiguous' ? 'which means more than one thing' : 'which is a property of the body';
      report(
        pointer,
        `${capital(nameOf(call.holder))} takes a value from ${value.path}, ${what}. Give ${successor} as well, which refers by path.`,
      );
    }
  }
}
