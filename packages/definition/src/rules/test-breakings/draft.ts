/** A JSON document that may be changed. */
export type DraftValue = null | boolean | number | string | DraftValue[] | Draft;
export type Draft = { [name: string]: DraftValue };

export function isDraft(value: DraftValue | undefined): value is Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a path; throws when there is none, so that no breaking is silently empty. */
export function at(draft: Draft, ...names: readonly (string | number)[]): Draft {
  let found: DraftValue | undefined = draft;
  for (const name of names)
    found = Array.isArray(found) ? found[Number(name)] : isDraft(found) ? found[name] : undefined;
  if (!isDraft(found)) throw new Error(`There is no object at ${names.join('/')}.`);
  return found;
}

/** The array at a path. */
export function listAt(draft: Draft, ...names: readonly (string | number)[]): DraftValue[] {
  const holder = names.length > 1 ? at(draft, ...names.slice(0, -1)) : draft;
  const found = holder[String(names.at(-1))];
  if (!Array.isArray(found)) throw new Error(`There is no array at ${names.join('/')}.`);
  return found;
}

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);

export const info = (document: Draft): readonly Draft[] => children(document, 'info');

export function pathItems(document: Draft): readonly Draft[] {
  return Object.values(isDraft(document['paths']) ? document['paths'] : {}).filter(isDraft);
}

export function operations(document: Draft): readonly Draft[] {
  return pathItems(document).flatMap((item) =>
    Object.entries(item).flatMap(([name, value]) => (methods.has(name) && isDraft(value) ? [value] : [])),
  );
}

/** Parameters that are written in operations, without references. */
export function parameters(document: Draft): readonly Draft[] {
  return operations(document).flatMap((operation) =>
    (Array.isArray(operation['parameters']) ? operation['parameters'] : [])
      .filter(isDraft)
      .filter((one) => 'in' in one),
  );
}

export const parametersIn =
  (location: string) =>
  (document: Draft): readonly Draft[] =>
    parameters(document).filter((one) => one['in'] === location);

export function responses(document: Draft): readonly Draft[] {
  return operations(document).flatMap((operation) =>
    Object.values(isDraft(operation['responses']) ? operation['responses'] : {}).filter(isDraft),
  );
}

/** Every schema that is no reference: of definitions, bodies and responses, and their properties and items. */
export function schemas(document: Draft): readonly Draft[] {
  const start = [
    ...Object.values(isDraft(document['definitions']) ? document['definitions'] : {}),
    ...parametersIn('body')(document).map((one) => one['schema'] ?? null),
    ...responses(document).map((one) => one['schema'] ?? null),
  ];
  return start.flatMap(within);
}

/** Properties of schemas that are no references. */
export function properties(document: Draft): readonly Draft[] {
  return schemas(document).flatMap((schema) =>
    Object.values(isDraft(schema['properties']) ? schema['properties'] : {})
      .filter(isDraft)
      .filter((one) => !('$ref' in one)),
  );
}

/** Schemas of a type; properties and the like of a type. */
export const schemasOf =
  (type: string) =>
  (document: Draft): readonly Draft[] =>
    schemas(document).filter((one) => one['type'] === type);

/** Parameters outside the body, and properties, of a type. */
export const valuesOf =
  (type: string) =>
  (document: Draft): readonly Draft[] =>
    [...parameters(document).filter((one) => one['in'] !== 'body'), ...properties(document)].filter(
      (one) => one['type'] === type,
    );

function within(schema: DraftValue): readonly Draft[] {
  if (!isDraft(schema) || '$ref' in schema) return [];
  const inner = isDraft(schema['properties']) ? Object.values(schema['properties']) : [];
  return [schema, ...inner.flatMap(within), ...within(schema['items'] ?? null)];
}

function children(draft: Draft, name: string): readonly Draft[] {
  const found = draft[name];
  return isDraft(found) ? [found] : [];
}

/** Gives a member a value. */
export const set =
  (name: string, value: DraftValue) =>
  (place: Draft): void => {
    place[name] = structuredClone(value);
  };

export const remove =
  (name: string) =>
  (place: Draft): void => {
    delete place[name];
  };

/** Renames a member and keeps its place among the others. */
export function renameMember(holder: Draft, from: string, to: string): void {
  const entries = Object.entries(holder).map(([name, value]) => [name === from ? to : name, value] as const);
  for (const name of Object.keys(holder)) delete holder[name];
  for (const [name, value] of entries) holder[name] = value;
}

/** Every object in a document that has a member of a name. */
export const having =
  (name: string) =>
  (document: Draft): readonly Draft[] => {
    const found: Draft[] = [];
    const visit = (value: DraftValue): void => {
      if (Array.isArray(value)) for (const item of value) visit(item);
      else if (isDraft(value)) {
        if (name in value) found.push(value);
        for (const item of Object.values(value)) visit(item);
      }
    };
    visit(document);
    return found;
  };

/** The objects that are members of a name, wherever they are. */
export const named =
  (name: string) =>
  (document: Draft): readonly Draft[] =>
    having(name)(document).flatMap((holder) => (isDraft(holder[name]) ? [holder[name]] : []));

/** Operations that are of a method. */
export const operationsOf =
  (method: string) =>
  (document: Draft): readonly Draft[] =>
    pathItems(document).flatMap((item) => (isDraft(item[method]) ? [item[method]] : []));
