/** A row of a table in a collection. */
type Row = { readonly key?: string; readonly value?: unknown };
type Item = { readonly item?: readonly Item[]; readonly request?: Request };
type Request = {
  readonly method?: string;
  readonly url?: {
    readonly path?: readonly string[];
    readonly query?: readonly Row[];
    readonly variable?: readonly Row[];
  };
  readonly header?: readonly Row[];
  readonly body?: { readonly mode?: string; readonly urlencoded?: readonly Row[]; readonly formdata?: readonly Row[] };
};

/** What Postman's importer wrote for an operation: names with the values it shows for them. */
export type WrittenRequest = {
  readonly method: string;
  /** Below the base address, parameters without their names. */
  readonly path: string;
  readonly values: ReadonlyMap<string, string>;
  readonly hasBody: boolean;
};

/** Lists the requests of a collection that Postman's importer wrote, by looking at nothing but its own pieces. */
export function listWritten(collection: object): readonly WrittenRequest[] {
  const found: WrittenRequest[] = [];
  const walk = ({ item = [] }: Item): void => {
    for (const one of item) {
      if (one.request !== undefined) found.push(toWritten(one.request));
      walk(one);
    }
  };
  walk(collection);
  return found;
}

/** Whether the path of the address that Postman's importer wrote depends on something that a person fills in. */
export function hasAddressVariable(collection: { readonly variable?: readonly Row[] }): boolean {
  return (collection.variable ?? []).some(
    ({ key, value }) => key === 'baseUrl' && /\/\/[^/]*\/.*[{<]/.test(String(value)),
  );
}

/** A path without the names of its parameters. */
export function pathShape(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}');
}

function toWritten({ method = 'GET', url, header = [], body }: Request): WrittenRequest {
  const segments = (url?.path ?? []).map((segment) => segment.replace(/^:.+$|\{\{[^{}]*\}\}/g, '{}'));
  const rows = [...(url?.query ?? []), ...(url?.variable ?? []), ...header];
  const fields = [...(body?.urlencoded ?? []), ...(body?.formdata ?? [])];
  return {
    method: method.toLowerCase(),
    path: `/${segments.join('/')}`,
    values: new Map([...rows, ...fields].map(({ key = '', value }) => [key.toLowerCase(), String(value ?? '')])),
    // Postman sends no body with these.
    hasBody: (body?.mode === 'raw' || body?.mode === 'file' || fields.length > 0) && !/^(get|head)$/i.test(method),
  };
}
