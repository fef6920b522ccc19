import type { JsonValue, Value } from '@patchbay/expression';
import { memberAt } from '../plan/json.ts';
import { valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionSource, CompileContext } from './action-kind.ts';
import { readText } from './call.ts';

/** An action's schema or map: `{integrationAccount: {map: {name}}}` (Consumption) or `{map: {source, name}}` (Standard). */
export function reportArtifact(source: ActionSource, context: CompileContext, kind: 'map' | 'schema'): void {
  const named: JsonValue | undefined =
    memberAt(source.inputs, 'integrationAccount', kind, 'name') ?? memberAt(source.inputs, kind, 'name');
  if (typeof named === 'string' && named !== '') return;
  if (named === '') {
    // Templates leave the name to who uses them: the rest of the flow runs.
    const empty = `the name of the ${kind} of "${source.name}" is empty; it fails when it is reached`;
    context.report('action-invalid', 'warning', empty, `${source.pointer}/inputs`);
    return;
  }
  const message = `"${source.name}" names no ${kind}: give integrationAccount.${kind}.name, or ${kind} with source and name`;
  context.report('action-invalid', 'error', message, `${source.pointer}/inputs`);
}

/** The name of the schema or map, from evaluated inputs. Throws `ActionFailure` when it is empty. */
export function artifactName(inputs: Value, kind: 'map' | 'schema'): string {
  const name =
    readText(valueMember(valueMember(valueMember(inputs, 'integrationAccount'), kind), 'name')) ??
    readText(valueMember(valueMember(inputs, kind), 'name'));
  if (name !== undefined && name !== '') return name;
  throw new ActionFailure('InvalidTemplate', `The name of the ${kind} is empty.`, inputs);
}
