import { mediaType } from './capture-body.ts';
import type { CapturedRequest } from './captured-request.ts';

/** Requests that are samples of one operation, the first of which names it. */
export type RequestGroup = readonly [CapturedRequest, ...CapturedRequest[]];

/**
 * Puts together what is one operation: the same method, address and path (whatever its parameters are called) with a body of the same
 * kind. A request without a body joins one with a body.
 */
export function groupRequests(requests: readonly CapturedRequest[]): readonly RequestGroup[] {
  const byAddress = new Map<string, Map<string, [CapturedRequest, ...CapturedRequest[]]>>();
  for (const request of requests) {
    const address = addressOf(request);
    const kinds = byAddress.get(address) ?? new Map<string, [CapturedRequest, ...CapturedRequest[]]>();
    byAddress.set(address, kinds);
    const kind = kindOf(request);
    const joined = kinds.get(kind) ?? (kind === '' ? kinds.values().next().value : undefined) ?? takeEmpty(kinds, kind);
    if (joined === undefined) kinds.set(kind, [request]);
    else joined.push(request);
  }
  const groups = [...byAddress.values()].flatMap((kinds) => [...kinds.values()]);
  const order = new Map(requests.map((request, index) => [request, index]));
  return groups.sort((left, right) => (order.get(left[0]) ?? 0) - (order.get(right[0]) ?? 0));
}

/** Where a request goes, by what tells operations apart in any description. */
export function addressOf({ method, base, path }: CapturedRequest): string {
  return `${method.toUpperCase()} ${JSON.stringify(base)} ${path.replace(/\{[^{}]*\}/g, '{}')}`;
}

/** The group of requests without a body takes in the first kind of body that comes. */
function takeEmpty(
  kinds: Map<string, [CapturedRequest, ...CapturedRequest[]]>,
  kind: string,
): [CapturedRequest, ...CapturedRequest[]] | undefined {
  const empty = kinds.get('');
  if (empty === undefined || kind === '') return undefined;
  kinds.delete('');
  kinds.set(kind, empty);
  return empty;
}

function kindOf({ body }: CapturedRequest): string {
  if (body === undefined) return '';
  // JSON is JSON, whatever a vendor calls it; other media types are told apart.
  const type = body.kind === 'document' ? 'json' : mediaType(body.contentType);
  return `${body.kind} ${type} ${body.key ?? ''}`;
}
