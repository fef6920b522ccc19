import type { BoundRequest } from '@patchbay/connector';
import type { OperationModel } from '@patchbay/definition';
import type { Egress } from '@patchbay/egress';
import { startJudgingServer } from './judging-server.ts';
import { type Answer, createPrismJudge, type JudgeableRequest, type Judgement, refuse } from './prism-judge.ts';
import { beforePolicies, changesContent, type RequestPolicies } from './request-policies.ts';
import type { Known } from './say-for-prism.ts';

/** A call that is about to be made. */
export type ExpectedCall = {
  readonly operation: OperationModel;
  /** Bound and authenticated, before policies. */
  readonly request: BoundRequest;
  /** Scheme, host and base path of the operation. */
  readonly baseUrl: string;
  readonly policies: RequestPolicies;
};

/** What the mock saw of a call. */
export type SeenCall = Judgement & {
  readonly request: JudgeableRequest;
  /** Policies made something of its content that is not described: it was judged as it was before them. */
  readonly isJudgedBeforePolicies: boolean;
};

export type ConnectorMock = {
  /** Leads every request to the mock, whatever its host, over the egress that is given. */
  readonly lead: (egress: Egress) => Egress;
  readonly expect: (call: ExpectedCall) => void;
  readonly forget: () => void;
  /** The requests of the call that was expected last: of more than one, all but the last are a policy's own. */
  readonly seen: () => readonly SeenCall[];
  readonly close: () => Promise<void>;
};

/**
 * Stands in for the API of a connector, wherever its policies lead, and judges each request by the operation that is called. The error
 * is Prism's, where it cannot read the definition.
 */
export async function startConnectorMock(definition: unknown, known: Known): Promise<ConnectorMock | Error> {
  const judge = await createPrismJudge(definition, known).catch(toError);
  if (judge instanceof Error) return judge;
  let expected: ExpectedCall | undefined;
  let sentUrl = '';
  let seen: SeenCall[] = [];
  const { origin, close } = await startJudgingServer(async (request): Promise<Answer> => {
    if (expected === undefined) return refuse(['No call was expected.'], 404).answer;
    const { operation, policies } = expected;
    const described = toDescribed(expected, request, sentUrl, seen.length);
    if (described === 'asked by a policy') {
      seen.push({ violations: [], answer: forPolicy, request, isJudgedBeforePolicies: false });
      return forPolicy;
    }
    if (typeof described === 'string') {
      seen.push({ ...refuse([described], 404), request, isJudgedBeforePolicies: false });
      return refuse([described], 404).answer;
    }
    const judgement = await judge(described, operation);
    const isAllowed = judgement.violations.length === 0 && judgement.noAnswer === undefined;
    const isJudgedBeforePolicies = !isAllowed && changesContent(policies);
    const final = isJudgedBeforePolicies
      ? await judge(beforePolicies(described, expected.request, policies), operation)
      : judgement;
    seen.push({ ...final, request, isJudgedBeforePolicies });
    return final.answer;
  });
  return {
    lead: (egress) => ({
      send: (request, rules) => {
        sentUrl = request.url;
        return egress.send({ ...request, url: origin + targetOf(request.url) }, rules);
      },
      close: () => egress.close(),
    }),
    expect: (call) => {
      expected = call;
    },
    forget: () => {
      expected = undefined;
      seen = [];
    },
    seen: () => seen,
    close,
  };
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** What a policy asks for need not be an operation: it is answered, and not judged. */
const forPolicy: Answer = { status: 200, headers: { 'content-type': 'application/json' }, body: {} };

/**
 * The request as the definition describes it: a dynamic host takes the place of host and base path, and a route that of path and method;
 * both have to be what the policy says. Without them, address and path have to be the ones that were bound.
 */
function toDescribed(
  { operation, request: { url: boundUrl }, baseUrl, policies }: ExpectedCall,
  request: JudgeableRequest,
  sentUrl: string,
  earlier: number,
): JudgeableRequest | string {
  const { movesHost, route, asksFirst } = policies;
  const basePath = new URL(baseUrl).pathname.replace(/\/$/, '');
  const below = new URL(boundUrl).pathname.slice(basePath.length);
  const path = pathOf(request.url);
  if (!movesHost && new URL(sentUrl).origin !== new URL(baseUrl).origin) return `It was sent to ${sentUrl}.`;
  const isBelow = (wanted: (rest: string) => boolean): boolean =>
    movesHost ? suffixesOf(path).some(wanted) : path.startsWith(basePath) && wanted(path.slice(basePath.length));
  const first = asksFirst[earlier];
  if (first !== undefined) {
    return isBelow((rest) => first.test(rest)) ? 'asked by a policy' : `${path} is not what a policy asks for.`;
  }
  const isPlace = route === undefined ? (rest: string) => rest === below : (rest: string) => route.path.test(rest);
  if (!isBelow(isPlace)) return `The path ${path} is not the operation's.`;
  const method = route?.method ?? operation.method.toUpperCase();
  if (request.method !== method) return `The method ${request.method} is not ${method}.`;
  return { ...request, method: operation.method, url: below + request.url.slice(path.length) };
}

/** Path and query. */
function targetOf(url: string): string {
  return url.replace(/^https?:\/\/[^/?#]*/i, '');
}

function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? '';
}

/** Every rest of a path that begins with a slash. */
function suffixesOf(path: string): readonly string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(index));
}
