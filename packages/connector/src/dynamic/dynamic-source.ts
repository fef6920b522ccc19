import type { JsonObject, JsonValue } from '@patchbay/definition';
import { isObject } from '../policies/property-path.ts';

/** Where an argument of the operation that is asked comes from. */
export type DynamicArgument =
  | { readonly kind: 'literal'; readonly value: JsonValue }
  /** What a person chose for another parameter, by its name or path: `team`, `body/owner/id`. */
  | { readonly kind: 'parameter'; readonly path: string }
  /** A property of the item that was chosen in a tree. */
  | { readonly kind: 'selected'; readonly path: string };

export type DynamicCall = {
  readonly operationId: string;
  readonly arguments: ReadonlyMap<string, DynamicArgument>;
};

/** Choices of a parameter (`x-ms-dynamic-values`, `x-ms-dynamic-list`). Paths are within the answer, then within an item. */
export type DynamicValuesSource = DynamicCall & {
  readonly itemsPath?: string;
  readonly valuePath?: string;
  readonly titlePath?: string;
  readonly descriptionPath?: string;
  readonly selectablePath?: string;
};

/** One level of a tree (`x-ms-dynamic-tree`, the `file-picker` capability). */
export type DynamicLevelSource = DynamicValuesSource & {
  readonly fullTitlePath?: string;
  readonly mediaTypePath?: string;
  /** `true`, a path, or a comparison: `(is_folder eq true)`. */
  readonly isParent: string;
};

export type DynamicTreeSource = {
  readonly canSelectParents: boolean;
  readonly canSelectLeaves: boolean;
  readonly open: DynamicLevelSource;
  readonly browse: DynamicLevelSource;
};

/** A schema that the API tells (`x-ms-dynamic-schema`, `x-ms-dynamic-properties`). */
export type DynamicSchemaSource = DynamicCall & {
  readonly schemaPath?: string;
  /** Whether what is found is the map of properties, not the schema itself. */
  readonly isPropertyMap: boolean;
};

/**
 * The choices that extensions name. `x-ms-dynamic-list` comes first: its references can say what they mean, and where both are given
 * they mean the same.
 */
export function readValuesSource(extensions: JsonObject): DynamicValuesSource | undefined {
  const list = objectAt(extensions, 'x-ms-dynamic-list');
  if (list !== undefined && typeof list['operationId'] === 'string') return readList(list);
  const values = objectAt(extensions, 'x-ms-dynamic-values');
  if (values === undefined || typeof values['operationId'] !== 'string') return undefined;
  return {
    operationId: values['operationId'],
    arguments: readArguments(values['parameters']),
    ...path('itemsPath', values['value-collection']),
    ...path('valuePath', values['value-path']),
    ...path('titlePath', values['value-title']),
    ...path('descriptionPath', values['value-description']),
    ...path('selectablePath', values['value-selectable']),
  };
}

/** The tree that extensions name; `root` are those of the document, which may describe a file picker. */
export function readTreeSource(extensions: JsonObject, root: JsonObject): DynamicTreeSource | undefined {
  const tree = objectAt(extensions, 'x-ms-dynamic-tree');
  if (tree !== undefined) return readTree(tree);
  const values = objectAt(extensions, 'x-ms-dynamic-values');
  const picker = objectAt(objectAt(root, 'x-ms-capabilities') ?? {}, 'file-picker');
  return values?.['capability'] === 'file-picker' && picker !== undefined ? readPicker(picker, values) : undefined;
}

/** Where the API tells the schema of what carries the extensions. */
export function readSchemaSource(extensions: JsonObject): DynamicSchemaSource | undefined {
  const properties = objectAt(extensions, 'x-ms-dynamic-properties');
  if (properties !== undefined && typeof properties['operationId'] === 'string') {
    // Without a path the whole answer is the schema.
    return {
      operationId: properties['operationId'],
      arguments: readArguments(properties['parameters']),
      ...path('schemaPath', properties['itemValuePath']),
      isPropertyMap: false,
    };
  }
  const schema = objectAt(extensions, 'x-ms-dynamic-schema');
  if (schema === undefined || typeof schema['operationId'] !== 'string') return undefined;
  const valuePath = schema['value-path'];
  // Without a path the whole answer is the map of properties: the two generations differ here.
  const isPropertyMap = typeof valuePath !== 'string' || valuePath === '' || /(^|\/)properties$/.test(valuePath);
  return {
    operationId: schema['operationId'],
    arguments: readArguments(schema['parameters']),
    ...path('schemaPath', valuePath),
    isPropertyMap,
  };
}

function readList(list: JsonObject): DynamicValuesSource {
  return {
    operationId: String(list['operationId']),
    arguments: readArguments(list['parameters']),
    ...path('itemsPath', list['itemsPath']),
    ...path('valuePath', list['itemValuePath']),
    ...path('titlePath', list['itemTitlePath']),
  };
}

function readTree(tree: JsonObject): DynamicTreeSource | undefined {
  const [open, browse] = [objectAt(tree, 'open'), objectAt(tree, 'browse')];
  if (open === undefined || typeof open['operationId'] !== 'string') return undefined;
  const level = (source: JsonObject): DynamicLevelSource => ({
    ...readList(source),
    ...path('fullTitlePath', source['itemFullTitlePath']),
    isParent: String(source['itemIsParent'] ?? 'false'),
  });
  const settings = objectAt(tree, 'settings') ?? {};
  return {
    canSelectParents: settings['canSelectParentNodes'] !== false,
    canSelectLeaves: settings['canSelectLeafNodes'] !== false,
    open: level(open),
    browse: level(browse !== undefined && typeof browse['operationId'] === 'string' ? browse : open),
  };
}

function readPicker(picker: JsonObject, values: JsonObject): DynamicTreeSource | undefined {
  const [open, browse] = [objectAt(picker, 'open'), objectAt(picker, 'browse')];
  if (open === undefined || typeof open['operationId'] !== 'string') return undefined;
  const level = (source: JsonObject): DynamicLevelSource => ({
    operationId: String(source['operationId']),
    arguments: readArguments(source['parameters']),
    ...path('itemsPath', picker['value-collection']),
    ...path('valuePath', values['value-path']),
    ...path('titlePath', picker['value-title']),
    ...path('mediaTypePath', picker['value-media-property']),
    isParent: String(picker['value-folder-property'] ?? 'false'),
  });
  const wanted = objectAt(values, 'parameters') ?? {};
  const isFolder = wanted['isFolder'];
  return {
    canSelectParents: isFolder !== false,
    canSelectLeaves: isFolder !== true,
    open: level(open),
    browse: level(browse !== undefined && typeof browse['operationId'] === 'string' ? browse : open),
  };
}

function readArguments(parameters: JsonValue | undefined): ReadonlyMap<string, DynamicArgument> {
  if (!isObject(parameters)) return new Map();
  return new Map(Object.entries(parameters).map(([name, value]) => [name, readArgument(value)]));
}

function readArgument(value: JsonValue): DynamicArgument {
  if (!isObject(value)) return { kind: 'literal', value };
  const reference = value['parameterReference'] ?? value['parameter'];
  if (typeof reference === 'string') return { kind: 'parameter', path: reference };
  const selected = value['selectedItemValuePath'] ?? value['value-property'];
  if (typeof selected === 'string') return { kind: 'selected', path: selected };
  return { kind: 'literal', value: Object.hasOwn(value, 'value') ? (value['value'] ?? null) : value };
}

function path<Name extends string>(name: Name, value: JsonValue | undefined): { readonly [key in Name]?: string } {
  return typeof value === 'string' && value !== '' ? ({ [name]: value } as { readonly [key in Name]: string }) : {};
}

function objectAt(value: JsonObject, name: string): JsonObject | undefined {
  const found = Object.hasOwn(value, name) ? value[name] : undefined;
  return isObject(found) ? found : undefined;
}
