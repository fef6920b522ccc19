import { type ConnectorModel, type OperationModel, resolveSchema, type SchemaModel } from '@patchbay/definition';
import { compileRoutes, type RouteTable } from './route-table.ts';

/** Nested further, members are neither asked for nor named; what is given there is taken. */
const maxDepth = 6;
/** As many names as a person chooses among. */
const maxNames = 500;

/** What those who write a call of an operation have to give and may give, by the flat names of flows: `id`, `body/title`. */
export type OperationShape = {
  readonly operationId: string;
  /** Without these a call fails, or the API is described to refuse it. What has a default, or is not for people to give, is not among them. */
  readonly required: readonly string[];
  readonly known: readonly string[];
  /** Whether the operation takes a name; what an open body may hold is taken. */
  readonly takes: (name: string) => boolean;
};

export type ConnectorShape = {
  readonly displayName: string;
  readonly operations: ReadonlyMap<string, OperationShape>;
  /** The operation that a method and a path below the connection belong to. */
  readonly match: (method: string, path: string) => OperationShape | undefined;
};

/** The shape of a connector's calls; each operation is looked into when it is asked for. */
export function shapeOf(model: ConnectorModel): ConnectorShape {
  const byId = new Map(
    model.operations.toReversed().map((operation) => [operation.operationId, shapeOperation(model, operation)]),
  );
  let routes: RouteTable | undefined;
  return {
    displayName: model.info.title,
    operations: byId,
    match: (method, path) => {
      routes ??= compileRoutes(model.operations);
      const operation = routes.find(method, path);
      return operation && byId.get(operation.operationId);
    },
  };
}

function shapeOperation(model: ConnectorModel, operation: OperationModel): OperationShape {
  const { operationId, parameters, body } = operation;
  const names = new Set(parameters.map(({ name }) => name));
  let required: readonly string[] | undefined;
  let known: readonly string[] | undefined;
  return {
    operationId,
    get required() {
      required ??= requiredBy(model, operation);
      return required;
    },
    get known() {
      known ??= [
        ...names,
        ...(body === undefined ? [] : [body.name, ...membersOf(model, body.schema, body.name, 0)]),
      ].slice(0, maxNames);
      return known;
    },
    takes: (name) => {
      if (names.has(name)) return true;
      if (body === undefined || (name !== body.name && !name.startsWith(`${body.name}/`))) return false;
      const path = name.slice(body.name.length + 1);
      return path === '' || isDynamic(body) || takesMember(model, body.schema, path.split('/'));
    },
  };
}

function requiredBy(model: ConnectorModel, { parameters, body, trigger }: OperationModel): readonly string[] {
  const own = parameters
    .filter((one) => one.required && one.default === undefined && one.visibility !== 'internal')
    .map(({ name }) => name);
  if (body === undefined || !body.required || body.default !== undefined || body.visibility === 'internal') return own;
  // The address to call back is not the author's to give.
  const callback =
    trigger?.callbackUrlPath === undefined ? undefined : [body.name, ...trigger.callbackUrlPath].join('/');
  const members = requiredMembers(model, body.schema, body.name, 0);
  return [...own, ...(members.length === 0 ? [body.name] : members)].filter(
    (name) => callback === undefined || (name !== callback && !callback.startsWith(`${name}/`)),
  );
}

/** The innermost members that must be given, one by one. */
function requiredMembers(model: ConnectorModel, schema: SchemaModel, path: string, depth: number): readonly string[] {
  const resolved = resolveSchema(model, schema);
  if (resolved.kind !== 'object' || depth > maxDepth) return [];
  return resolved.required.flatMap((name) => {
    const property = resolved.properties.get(name);
    if (property === undefined) return [];
    const inner = resolveSchema(model, property);
    if (
      [property, inner].some(
        (one) => one.default !== undefined || one.readOnly === true || one.visibility === 'internal',
      )
    ) {
      return [];
    }
    const flat = `${path}/${flatName(name)}`;
    const below = requiredMembers(model, property, flat, depth + 1);
    return below.length === 0 ? [flat] : below;
  });
}

function membersOf(model: ConnectorModel, schema: SchemaModel, path: string, depth: number): readonly string[] {
  const resolved = resolveSchema(model, schema);
  if (resolved.kind !== 'object' || depth > maxDepth) return [];
  return [...resolved.properties].flatMap(([name, property]) => {
    const flat = `${path}/${flatName(name)}`;
    return depth > 1 ? [flat] : [flat, ...membersOf(model, property, flat, depth + 1)];
  });
}

function takesMember(model: ConnectorModel, schema: SchemaModel, steps: readonly string[]): boolean {
  const [first, ...rest] = steps;
  const resolved = resolveSchema(model, schema);
  // Only an object that names its members can tell; what is computed by the API, or one of several, is open.
  if (first === undefined || resolved.kind !== 'object' || isDynamic(schema) || isDynamic(resolved)) return true;
  if (resolved.properties.size === 0 || steps.length > maxDepth) return true;
  const property = resolved.properties.get(first.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (property !== undefined) return takesMember(model, property, rest);
  return resolved.additionalProperties !== false && isStatedOpen(resolved.additionalProperties);
}

/** An object says by a schema what further members look like; that it says nothing of them is not an invitation. */
function isStatedOpen(additional: boolean | SchemaModel): boolean {
  return typeof additional === 'object';
}

function isDynamic({ extensions }: Pick<SchemaModel, 'extensions'>): boolean {
  return Object.keys(extensions ?? {}).some((name) => /^x-ms-dynamic-(schema|properties)$/i.test(name));
}

/** RFC 6901 §3: names hold slashes escaped. */
function flatName(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
