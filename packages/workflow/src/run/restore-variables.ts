import { parseJson, toText, type Value } from '@patchbay/expression';
import type { ActionRecord } from '../contract.ts';
import type { ActionPlan, Plan } from '../plan/plan.ts';
import { iterationsOf, type PastRecords } from './past-records.ts';
import { isList, lowerText, valueMember } from './value-types.ts';
import { readVariableType, Variables } from './variables.ts';

/** Those that say what a variable is afterwards, whatever it was. */
const settingTypes = new Set(['initializevariable', 'setvariable', 'incrementvariable', 'decrementvariable']);
const appendingTypes = new Set(['appendtoarrayvariable', 'appendtostringvariable']);

type Change = { readonly sequence: number; readonly type: string; readonly name: string; readonly change: Value };

/** Does again, in the order of the records, what they say was done to variables, as far as it is still to be seen. */
export async function restoreVariables(
  plan: Plan,
  source: PastRecords,
  outer: readonly ActionRecord[],
): Promise<Variables> {
  const changes: Change[] = [];
  const actions = plan.actions.map((action) => ({ action, type: action.type.toLowerCase() }));
  for (const { action, type } of actions.filter((one) => settingTypes.has(one.type))) {
    const last = await lastRecord(action, source, outer);
    if (last !== undefined) changes.push(...changesOf(last, type));
  }
  const setAt = new Map<string, number>();
  for (const { name, sequence } of changes) setAt.set(name, Math.max(sequence, setAt.get(name) ?? 0));
  for (const { action, type } of actions.filter((one) => appendingTypes.has(one.type))) {
    const last = await lastRecord(action, source, outer);
    const [newest] = last === undefined ? [] : changesOf(last, type);
    if (newest === undefined) continue;
    const from = setAt.get(newest.name) ?? 0;
    for await (const page of recordsAfter(action, source, outer, from)) {
      for (const record of page) changes.push(...changesOf(record, type));
    }
  }
  changes.sort((left, right) => left.sequence - right.sequence);
  const variables = new Variables();
  for (const change of changes) apply(variables, change);
  return variables;
}

/** Of an action, which always changes the same variable, the record with the highest sequence. */
async function lastRecord(
  action: ActionPlan,
  source: PastRecords,
  outer: readonly ActionRecord[],
): Promise<ActionRecord | undefined> {
  const inLoops = source.tallies(action.name).filter(({ status }) => status === 'Succeeded');
  const from = inLoops.reduce((last, { lastSequence }) => Math.max(last, lastSequence), 0) - 1;
  let found: ActionRecord | undefined;
  for await (const page of recordsAfter(action, source, outer, from)) {
    for (const record of page) if (found === undefined || record.sequence > found.sequence) found = record;
  }
  return found;
}

/** The records of an action that say that it succeeded after a sequence. */
async function* recordsAfter(
  { name }: ActionPlan,
  source: PastRecords,
  outer: readonly ActionRecord[],
  after: number,
): AsyncGenerator<readonly ActionRecord[]> {
  const isAfter = (record: ActionRecord): boolean => record.status === 'Succeeded' && record.sequence > after;
  yield outer.filter((record) => record.action === name && isAfter(record));
  const iterations = source
    .tallies(name)
    .filter(({ status, lastSequence }) => status === 'Succeeded' && lastSequence > after)
    .flatMap(({ hundred }) => iterationsOf(hundred));
  for await (const page of source.pages([name], iterations)) yield page.filter(isAfter);
}

function changesOf(record: ActionRecord, type: string): readonly Change[] {
  if (record.outputs === undefined) return [];
  const body = valueMember(parseJson(record.outputs), 'body') ?? null;
  return (isList(body) ? body : [body]).flatMap((change) => {
    const name = valueMember(change, 'name');
    return typeof name === 'string' ? [{ sequence: record.sequence, type, name: name.toLowerCase(), change }] : [];
  });
}

function apply(variables: Variables, { type, change }: Change): void {
  const name = valueMember(change, 'name');
  const value = valueMember(change, 'value') ?? null;
  if (typeof name !== 'string') return;
  switch (type) {
    case 'initializevariable':
      variables.initialize(name, readVariableType(lowerText(valueMember(change, 'type'))) ?? 'Object', value);
      return;
    case 'appendtoarrayvariable':
      variables.append(name, value);
      return;
    case 'appendtostringvariable':
      variables.appendText(name, toText(value));
      return;
    default:
      variables.set(name, value);
  }
}
