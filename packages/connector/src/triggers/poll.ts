import type { ConnectorModel, JsonObject, JsonValue, OperationModel, PathStep } from '@patchbay/definition';
import type { CallOptions, Connector } from '../contract.ts';
import { isObject, readAt, writeAt } from '../policies/property-path.ts';
import { followLocation, locate, type Place } from './follow-location.ts';
import { compileIdentity, type Identify, takeNew } from './item-identity.ts';
import { type PollingPolicy, pollingPolicyOf } from './polling-policy.ts';
import { operationOf, sendTriggerRequest, type TriggerAnswer, type TriggerRequest } from './trigger-request.ts';

/** What a poll keeps for the next one: plain JSON that a person may read and change. */
export type PollState = {
  /** What the next request says besides what the trigger says: the `pollingtrigger` policy's values. */
  readonly parameters?: { readonly [name: string]: string };
  /** Where the API wants to be asked next. */
  readonly place?: Place;
  /** Identities of the items that were seen, newest first. */
  readonly seen?: readonly string[];
};

export type Polled =
  /** `outputs` of the trigger; absent when there is nothing new. */
  | {
      readonly kind: 'polled';
      readonly state: PollState;
      readonly outputs?: JsonObject;
      /** As the API says it. */
      readonly retryAfter?: string;
    }
  /** The API answered with a status that is neither data nor none. */
  | { readonly kind: 'refused'; readonly answer: TriggerAnswer };

/** However many pages an API gives, so many are asked for at once; the rest is still new the next time. */
const mostPages = 50;

/**
 * Asks an API for what is new. With a `pollingtrigger` policy, or where the API answers with the same list again, each item is given once and the
 * first poll only finds out what is there; else the API says what is new: 200 is data, 202 is none, and `Location` is where to ask next.
 * Throws `ConnectorError` and `EgressError`.
 */
export async function pollTrigger(
  connector: Connector,
  model: ConnectorModel,
  request: TriggerRequest,
  state: PollState | null,
  options: CallOptions,
): Promise<Polled> {
  const operation = operationOf(connector, request);
  const policy = operation === undefined ? undefined : pollingPolicyOf(model, operation);
  if (operation !== undefined && policy !== undefined) {
    return pollByPolicy({ connector, request, operation, options }, policy, state);
  }
  return pollNatively({ connector, request, operation, options }, state);
}

type Asking = {
  readonly connector: Connector;
  readonly request: TriggerRequest;
  readonly operation: OperationModel | undefined;
  readonly options: CallOptions;
};

async function pollByPolicy(asking: Asking, policy: PollingPolicy, state: PollState | null): Promise<Polled> {
  const { operation } = asking;
  const first = await sendTriggerRequest(
    asking.connector,
    withParameters(asking, state?.parameters ?? {}),
    asking.options,
  );
  if (first.statusCode >= 300) return { kind: 'refused', answer: first };
  const identify = compileIdentity({ itemId: operation?.trigger?.itemId, cursors: policy.cursors });
  const firstItems = itemsAt(first.body, policy.dataPath);
  const retryAfter = first.headers['retry-after'];
  const asked = retryAfter === undefined ? {} : { retryAfter };
  if (firstItems.length === 0) return { kind: 'polled', state: { seen: [], ...state }, ...asked };
  const parameters = policy.parametersFrom(first.body, state?.parameters ?? {});
  if (state === null) {
    const { seen } = takeNew(firstItems, [], identify);
    return { kind: 'polled', state: { parameters, seen }, ...asked };
  }
  const items = await furtherItems(asking, policy, first, firstItems, identify, state);
  const { fresh, seen } = takeNew(items, state.seen ?? [], identify);
  const next = { ...state, parameters, seen };
  if (fresh.length === 0) return { kind: 'polled', state: next, ...asked };
  return { kind: 'polled', state: next, outputs: outputsWith(first, policy.dataPath, fresh), ...asked };
}

/** Items of the pages that follow: newest come first, so that a page with anything known is the last. */
async function furtherItems(
  { connector, operation, options }: Asking,
  policy: PollingPolicy,
  first: TriggerAnswer,
  firstItems: readonly JsonValue[],
  identify: Identify,
  state: PollState,
): Promise<readonly JsonValue[]> {
  const known = new Set(state.seen ?? []);
  const all = [...firstItems];
  let answer = first;
  let page = firstItems;
  for (let pages = 1; pages < mostPages; pages += 1) {
    const link = policy.nextLink(answer.body);
    if (link === undefined || page.length === 0 || page.some((item) => known.has(identify(item)))) break;
    const place = locate(connector, link, sentBy(answer, operation), options.runtimeUrl);
    answer = await followLocation(connector, 'GET', place, options);
    if (answer.statusCode >= 300) break;
    page = itemsAt(answer.body, policy.dataPath);
    all.push(...page);
  }
  return all;
}

async function pollNatively(asking: Asking, state: PollState | null): Promise<Polled> {
  const { connector, request, operation, options } = asking;
  const answer =
    state?.place === undefined
      ? await sendTriggerRequest(connector, request, options)
      : await followLocation(connector, 'GET', state.place, options);
  if (answer.statusCode >= 300) return { kind: 'refused', answer };
  const { location, 'retry-after': retryAfter } = answer.headers;
  const place =
    location === undefined || location === ''
      ? state?.place
      : locate(connector, location, sentBy(answer, operation), options.runtimeUrl);
  const next: PollState = { ...state, ...(place !== undefined && { place }) };
  const asked = retryAfter === undefined ? {} : { retryAfter };
  if (answer.statusCode === 202 || answer.statusCode === 204) return { kind: 'polled', state: next, ...asked };
  const isRepeating = place === undefined && operation?.method === 'get' && operation.trigger?.batch !== false;
  const path = isRepeating ? listIn(answer.body) : undefined;
  if (path === undefined) return { kind: 'polled', state: next, outputs: outputsOf(answer), ...asked };
  const identify = compileIdentity({ itemId: operation?.trigger?.itemId, cursors: [] });
  const { fresh, seen } = takeNew(itemsAt(answer.body, path), state?.seen ?? [], identify);
  const isSilent = state === null || fresh.length === 0;
  const outputs = isSilent ? {} : { outputs: outputsWith(answer, path, fresh) };
  return { kind: 'polled', state: { ...next, seen }, ...outputs, ...asked };
}

/** The trigger's request with the policy's values in the place of its own. */
function withParameters({ request, operation }: Asking, values: { readonly [name: string]: string }): TriggerRequest {
  if (request.kind === 'connection-request') return { ...request, queries: { ...request.queries, ...values } };
  const parameters = operation?.parameters ?? [];
  const known = Object.entries(values).flatMap(([name, value]) => {
    const parameter = parameters.find((one) => one.name.toLowerCase() === name.toLowerCase());
    return parameter === undefined ? [] : [[parameter.name, value]];
  });
  return { ...request, parameters: { ...request.parameters, ...Object.fromEntries(known) } };
}

function sentBy(answer: TriggerAnswer, operation: OperationModel | undefined) {
  return { url: answer.sentUrl, path: operation?.path.includes('{') === false ? operation.path : '' };
}

/** What stands at a path as a list; something that is none is a list of one. */
function itemsAt(body: JsonValue, path: readonly PathStep[]): readonly JsonValue[] {
  const found = readAt(body, path);
  if (found === undefined || found === null) return [];
  return Array.isArray(found) ? (found as readonly JsonValue[]) : [found];
}

/** Where an answer's list is: the answer itself, its `value`, or the first of its members that is one. */
function listIn(body: JsonValue): readonly PathStep[] | undefined {
  if (Array.isArray(body)) return [];
  if (!isObject(body)) return undefined;
  const names = ['value', ...Object.keys(body)].filter((name) => Object.hasOwn(body, name));
  const name = names.find((one) => Array.isArray(body[one]));
  return name === undefined ? undefined : [name];
}

function outputsWith(answer: TriggerAnswer, path: readonly PathStep[], items: readonly JsonValue[]): JsonObject {
  const isList = Array.isArray(readAt(answer.body, path));
  return outputsOf({ ...answer, body: isList ? writeAt(answer.body, path, items) : answer.body });
}

function outputsOf({ statusCode, headers, body }: TriggerAnswer): JsonObject {
  return { statusCode, headers, body };
}
