import type { JsonValue } from '@patchbay/expression';
import { entriesOf, type JsonObject, member, memberAt, textMember } from '../plan/json.ts';
import { type Dialect, dialectDefaults } from './dialect.ts';
import { operationsOf, typeOf, typesOfPowerAutomate, typesOfStandard } from './operations.ts';

/** Kinds of Request triggers that only Power Automate has. */
const triggersOfPowerAutomate: ReadonlySet<string> = new Set([
  'button',
  'geofence',
  'powerapp',
  'powerappv2',
  'skills',
  'virtualagent',
]);

/**
 * Which product a definition was written for: what this platform noted in its metadata, else by what only one of them writes; `undefined` when nothing in it tells. Power Automate:
 * the parameter `$authentication`, values of environment variables, OpenApi types, connectors named `shared_…`, child flows by
 * `workflowReferenceName`, and its own kinds of Request triggers. Standard: a `kind`, connections by `referenceName`, and its own types.
 */
export function findDialect(definition: JsonValue): Dialect | undefined {
  const said = dialectNamed(memberAt(definition, 'metadata', 'dialect'));
  if (said !== undefined) return said;
  const parameters = entriesOf(member(definition, 'parameters'));
  if (parameters.some(([name, declared]) => isOfPowerAutomate(name, declared))) return 'powerAutomate';
  const operations = operationsOf(definition);
  if (operations.some(isOperationOfPowerAutomate)) return 'powerAutomate';
  const kind = textMember(definition, 'kind');
  if (kind !== undefined) return dialectOfKind(kind);
  return operations.some(isOperationOfStandard) ? 'standard' : undefined;
}

/** The dialect of that name, if there is one. */
export function dialectNamed(name: JsonValue | undefined): Dialect | undefined {
  const all = Object.keys(dialectDefaults) as readonly Dialect[];
  return all.find((dialect) => dialect === name);
}

/** Of what a Standard workflow says beside its definition: `Stateful`, `Stateless` or a kind of agent. */
export function dialectOfKind(kind: string): Dialect {
  return kind.toLowerCase() === 'stateless' ? 'standardStateless' : 'standard';
}

function isOfPowerAutomate(name: string, declared: JsonValue): boolean {
  return name.toLowerCase() === '$authentication' || memberAt(declared, 'metadata', 'schemaName') !== undefined;
}

function isOperationOfPowerAutomate(operation: JsonObject): boolean {
  const type = typeOf(operation);
  if (type.startsWith(typesOfPowerAutomate)) return true;
  if (type === 'request' && triggersOfPowerAutomate.has((textMember(operation, 'kind') ?? '').toLowerCase()))
    return true;
  const host = memberAt(operation, 'inputs', 'host');
  const connection = textMember(memberAt(host, 'connection'), 'name') ?? '';
  return member(host, 'workflowReferenceName') !== undefined || connection.includes("['shared_");
}

function isOperationOfStandard(operation: JsonObject): boolean {
  const reference = memberAt(operation, 'inputs', 'host', 'connection', 'referenceName');
  return reference !== undefined || typesOfStandard.has(typeOf(operation));
}
