/** What a pasted text holds. */
export type FlowText =
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid'; readonly message: string }
  | {
      readonly kind: 'flow';
      readonly definition: unknown;
      readonly displayName: string;
      readonly references: readonly string[];
    };

type Holder = { readonly [name: string]: unknown };

/** Finds the definition in a bare document, `{definition}` or `{properties: {definition}}`, and the connections that it names. */
export function readFlowText(text: string): FlowText {
  if (text.trim() === '') return { kind: 'none' };
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return { kind: 'invalid', message: error instanceof Error ? error.message : String(error) };
  }
  const outer = asObject(document);
  const holder = asObject(outer['properties'])['definition'] === undefined ? outer : asObject(outer['properties']);
  const definition = holder['definition'] ?? ('actions' in outer || 'triggers' in outer ? outer : undefined);
  if (definition === undefined)
    return { kind: 'invalid', message: 'This is JSON, but it holds no definition with triggers and actions.' };
  const displayName = typeof holder['displayName'] === 'string' ? holder['displayName'] : 'New flow';
  return { kind: 'flow', definition, displayName, references: [...new Set(referencesIn(definition))].sort() };
}

/** `inputs.host.connectionName`, wherever an action or trigger has one. */
function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  const host = asObject((value as Holder)['host']);
  const name = host['connectionName'] ?? asObject(host['connection'])['referenceName'];
  return [...(typeof name === 'string' ? [name] : []), ...Object.values(value).flatMap(referencesIn)];
}

function asObject(value: unknown): Holder {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Holder) : {};
}
