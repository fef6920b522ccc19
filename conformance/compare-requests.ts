import type { BoundRequest } from '@patchbay/connector';

/** What to leave out of a comparison of two requests. */
export type LeftOut = {
  /** Lower case. */
  readonly names: ReadonlySet<string>;
  /** Media types that count as the same for `Accept` and `Content-Type`: what the description offers. */
  readonly accepted: readonly string[];
  readonly sent: readonly string[];
};

/** Stands for the whole body among the names that are left out. */
export const wholeBody = ' body';

/** How two requests differ, or undefined. Fields and parts of a form, and parameters of a query, may stand in any order. */
export async function compareRequests(
  expected: BoundRequest,
  actual: BoundRequest,
  leftOut: LeftOut,
): Promise<string | undefined> {
  const [left, right] = [await describe(expected, leftOut), await describe(actual, leftOut)];
  for (const part of ['method', 'path', 'query', 'headers', 'body'] as const) {
    const [one, other] = [JSON.stringify(left[part]), JSON.stringify(right[part])];
    if (one !== other) return `${part}: ${one?.slice(0, 200)} became ${other?.slice(0, 200)}`;
  }
  return undefined;
}

async function describe(request: BoundRequest, { names, accepted, sent }: LeftOut) {
  const url = new URL(request.url);
  const { accept = '', 'content-type': contentType = '', ...others } = request.headers;
  return {
    method: request.method,
    path: url.pathname,
    query: [...url.searchParams].filter(([name]) => !isLeftOut(name, names)).sort(byText),
    headers: [
      ...Object.entries(others).filter(([name]) => !names.has(name)),
      ...(names.has('accept') ? [] : [['accept', nameType(accept, accepted)]]),
      ...(names.has('content-type') || names.has(wholeBody) || request.body === undefined
        ? []
        : [['content-type', nameType(contentType, sent)]]),
    ].sort(byText),
    body: names.has(wholeBody) ? undefined : await readBody(request, contentType, names),
  };
}

/** Members of an object stand as `name[member]`. */
function isLeftOut(name: string, names: ReadonlySet<string>): boolean {
  const lower = name.toLowerCase();
  return names.has(lower) || names.has(lower.split('[', 1)[0] ?? '');
}

/** One of several types on offer is as good as another. */
function nameType(type: string, offered: readonly string[]): string {
  const bare = bareType(type);
  return offered.map(bareType).includes(bare) ? 'offered' : bare;
}

export function bareType(type: string): string {
  return (type.split(/[;,]/, 1)[0] ?? '').trim().toLowerCase();
}

async function readBody({ body }: BoundRequest, contentType: string, names: ReadonlySet<string>): Promise<unknown> {
  if (body === undefined) return undefined;
  if (typeof body === 'string' && /^[[{"]/.test(body)) return asText(body);
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(contentType)) return asText(body);
  const form = await new Response(typeof body === 'string' ? body : new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  const fields: (readonly [string, string])[] = [];
  for (const [name, value] of form) {
    if (!isLeftOut(name, names)) fields.push([name, typeof value === 'string' ? value : await value.text()]);
  }
  return fields.sort(byText);
}

function asText(body: string | Uint8Array): unknown {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('latin1');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function byText(left: readonly (string | undefined)[], right: readonly (string | undefined)[]): number {
  const [one, other] = [JSON.stringify(left), JSON.stringify(right)];
  return one < other ? -1 : one > other ? 1 : 0;
}
