import type { JsonValue } from '@patchbay/expression';
import { type DataShape, weights } from './data-shape.ts';
import type { DefinitionAction } from './definition-actions.ts';
import { isObject, listOf, member, memberAt, textAt } from './json.ts';
import { kindOfType } from './kind-of-type.ts';
import type { Places, Sight, TemplateReader } from './read-template.ts';
import { applySchema } from './schema-shape.ts';

type Use = {
  readonly action: DefinitionAction;
  readonly sight: Sight;
  readonly reader: TemplateReader;
  readonly places: Places;
  readonly outputs: DataShape;
};

/** Notes what an action needs of the data that it reads, and what its outputs are made of. */
export function readActionUses(action: DefinitionAction, sight: Sight, reader: TemplateReader, places: Places): void {
  const outputs = places.action(action.name.toLowerCase(), sight).shape;
  const use = { action, sight, reader, places, outputs };
  (readers[action.type] ?? readAll)(use);
  reader.value(member(action.definition, 'trackedProperties') ?? null, sight);
  // Of the schemas before 2016-06-01.
  reader.value(member(action.definition, 'conditions') ?? null, sight);
}

const readers: Readonly<Record<string, (use: Use) => void>> = {
  compose: ({ action, sight, reader, outputs }) => {
    outputs.unite(reader.value(action.inputs, sight).shape);
  },
  parsejson: readParseJson,
  query: (use) => {
    const list = itemsOf(use, 'from');
    use.reader.condition(member(use.action.inputs, 'where'), { ...use.sight, item: list.item() });
    use.outputs.member('body').unite(list);
  },
  select: (use) => {
    const item = itemsOf(use, 'from').item();
    const made = use.reader.value(member(use.action.inputs, 'select') ?? null, { ...use.sight, item }).shape;
    use.outputs.member('body').hint('array', weights.used).item().unite(made);
  },
  table: (use) => {
    const item = itemsOf(use, 'from').item().hint('object', weights.usual);
    use.reader.value(member(use.action.inputs, 'columns') ?? null, { ...use.sight, item });
    use.outputs.member('body').hint('string', weights.used);
  },
  join: (use) => {
    itemsOf(use, 'from');
    use.reader.value(member(use.action.inputs, 'joinWith') ?? null, use.sight).shape.hint('string', weights.used);
    use.outputs.member('body').hint('string', weights.used);
  },
  foreach: ({ action, sight, reader, places }) => {
    const list = reader.value(member(action.definition, 'foreach') ?? null, sight).shape.hint('array', weights.looped);
    places.loop(action.name.toLowerCase()).unite(list.item());
  },
  if: ({ action, sight, reader }) => reader.condition(member(action.definition, 'expression'), sight),
  until: ({ action, sight, reader }) => {
    reader.condition(member(action.definition, 'expression'), sight);
    reader.value(member(action.definition, 'limit') ?? null, sight);
  },
  switch: ({ action, sight, reader }) => {
    const { shape } = reader.value(member(action.definition, 'expression') ?? null, sight);
    for (const branch of Object.values(member(action.definition, 'cases') ?? {})) {
      const value = member(branch, 'case');
      if (typeof value === 'string' || typeof value === 'number')
        shape.compare(value).hint(typeof value === 'string' ? 'string' : 'integer', weights.usual);
    }
  },
  initializevariable: ({ action, sight, reader, places }) => {
    for (const variable of listOf(member(action.inputs, 'variables'))) {
      const shape = places.variable(textAt(variable, 'name')?.toLowerCase() ?? '');
      const kind = kindOfType(textAt(variable, 'type'));
      if (kind !== undefined) shape.hint(kind, weights.used);
      shape.unite(reader.value(member(variable, 'value') ?? null, sight).shape);
    }
  },
  setvariable: (use) => {
    variableOf(use).unite(use.reader.value(member(use.action.inputs, 'value') ?? null, use.sight).shape);
  },
  appendtoarrayvariable: (use) => {
    const value = use.reader.value(member(use.action.inputs, 'value') ?? null, use.sight).shape;
    variableOf(use).hint('array', weights.used).item().unite(value);
  },
  incrementvariable: readStep,
  decrementvariable: readStep,
  wait: ({ action, sight, reader }) => {
    reader.value(memberAt(action.inputs, 'interval', 'count') ?? null, sight).shape.hint('integer', weights.used);
    const until = reader.value(memberAt(action.inputs, 'until', 'timestamp') ?? null, sight).shape;
    until.hint('string', weights.used).hintFormat('timestamp', weights.used);
  },
  expression: ({ action, sight, reader, outputs }) => {
    reader.value(action.inputs, sight);
    for (const [name, value] of Object.entries(action.inputs ?? {})) {
      const { shape } = reader.value(value as JsonValue, sight);
      if (/^basetime$/i.test(name)) shape.hint('string', weights.used).hintFormat('timestamp', weights.used);
      else if (/^(interval|number|startindex|length)$/i.test(name)) shape.hint('integer', weights.used);
      else if (/timezone$/i.test(name)) shape.hint('string', weights.used).hintFormat('time-zone', weights.used);
      else shape.hint('string', weights.used);
    }
    outputs.member('body').hint('string', weights.usual);
  },
  response: (use) => {
    readAll(use);
    const status = use.reader.value(member(use.action.inputs, 'statusCode') ?? null, use.sight).shape;
    status.hint('integer', weights.used).compare(200);
  },
};

/** An action that calls: its address and headers are texts. */
function readAll({ action, sight, reader, outputs }: Use): void {
  reader.value(action.inputs, sight);
  for (const name of ['uri', 'url', 'path', 'method']) {
    const value = member(action.inputs, name);
    if (typeof value === 'string') reader.value(value, sight).shape.hint('string', weights.used);
  }
  applySchema(outputs.member('body'), member(action.inputs, 'schema'), weights.usual);
}

function readParseJson({ action, sight, reader, outputs }: Use): void {
  const body = outputs.member('body');
  applySchema(body, member(action.inputs, 'schema'), weights.checked);
  const { shape, maker } = reader.value(member(action.inputs, 'content') ?? null, sight);
  if (maker === 'string') body.unite(shape);
  else if (maker !== undefined) shape.hint('string', weights.used).content('json').unite(body);
  else shape.unite(body).hint('object', weights.usual).hintFormat('json', weights.used);
}

function itemsOf({ action, sight, reader }: Use, name: string): DataShape {
  return reader.value(member(action.inputs, name) ?? null, sight).shape.hint('array', weights.looped);
}

function variableOf({ action, places }: Use): DataShape {
  return places.variable(textAt(action.inputs, 'name')?.toLowerCase() ?? '');
}

function readStep(use: Use): void {
  const value = member(use.action.inputs, 'value');
  if (!isObject(value)) use.reader.value(value ?? null, use.sight).shape.hint('integer', weights.used);
}
