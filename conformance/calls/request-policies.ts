import type { BoundRequest } from '@patchbay/connector';
import {
  type ConnectorModel,
  isPolicyUsable,
  type OperationModel,
  type PolicyParameters,
  parsePolicyText,
  readPolicyParameters,
} from '@patchbay/definition';
import type { JudgeableRequest } from './prism-judge.ts';

/** What the policies of an operation make of a request that its definition does not describe. */
export type RequestPolicies = {
  /** Another scheme, host and base path. */
  readonly movesHost: boolean;
  /** Another path and method: a pattern of the path below the base, and the method in upper case. */
  readonly route?: { readonly path: RegExp; readonly method: string };
  /** Lower case. */
  readonly headers: ReadonlySet<string>;
  readonly queries: ReadonlySet<string>;
  readonly changesBody: boolean;
  /** Paths below the base that a policy asks for a value before the request itself. */
  readonly asksFirst: readonly RegExp[];
};

/** Reads what the policies of an operation do to its requests from the connector's own words. */
export function requestPoliciesOf(model: ConnectorModel, { operationId, method }: OperationModel): RequestPolicies {
  const acting = model.policies.filter(isPolicyUsable).map(readPolicyParameters).filter(actsOn(operationId));
  const of = (...templateIds: readonly string[]): readonly PolicyParameters[] =>
    acting.filter(({ template }) => templateIds.includes(template?.templateId ?? ''));
  const namesOf = (templateId: string, lower: boolean): ReadonlySet<string> =>
    new Set(
      of(templateId)
        .map((one) => textOf(one, 'name').trim())
        .map((name) => (lower ? name.toLowerCase() : name)),
    );
  const route = of('routerequesttoendpoint').at(-1);
  const values = of('setvaluefromurl');
  const targets = values.map((one) => textOf(one, 'parameterTemplate'));
  return {
    movesHost: of('dynamichosturl', 'dynamicsubdomain').length > 0,
    ...(route !== undefined && {
      route: { path: patternOf(textOf(route, 'newPath')), method: routedMethod(route, method) },
    }),
    headers: namesOf('setheader', true).union(namesIn(targets, /^@?headers?\('([^']*)'/i, true)),
    queries: namesOf('setqueryparameter', false).union(namesIn(targets, /^@?queryparameters?\('([^']*)'/i, false)),
    changesBody: of(...bodyTemplates).length > 0,
    asksFirst: values.map((one) => patternOf(textOf(one, 'parameterValueUrl'))),
  };
}

const bodyTemplates = [
  'convertarraytoobject',
  'convertobjecttoarray',
  'encodepropertyvalue',
  'moveproperties',
  'setproperty',
  'stringreplace',
  'stringtoarray',
];

/** The same request with what policies set taken back to what it was before them, as far as they may have set it. */
export function beforePolicies(
  request: JudgeableRequest,
  bound: BoundRequest,
  policies: RequestPolicies,
): JudgeableRequest {
  const headers = Object.entries(request.headers).filter(([name]) => !policies.headers.has(name));
  const boundHeaders = Object.entries(bound.headers).filter(([name]) => policies.headers.has(name));
  const { pathname, searchParams } = new URL(`http://mock${request.url}`);
  const boundQuery = new URL(bound.url).searchParams;
  for (const name of [...policies.queries].map(decodeName)) {
    searchParams.delete(name);
    for (const value of boundQuery.getAll(name)) searchParams.append(name, value);
  }
  const query = searchParams.size === 0 ? '' : `?${searchParams}`;
  const content = policies.changesBody ? bound.body : request.body;
  return {
    ...request,
    url: `${pathname}${query}`,
    headers: Object.fromEntries([...headers, ...boundHeaders]),
    body: typeof content === 'string' ? new TextEncoder().encode(content) : (content ?? new Uint8Array()),
  };
}

/** Whether there is anything that {@link beforePolicies} takes back. */
export function changesContent({ headers, queries, changesBody }: RequestPolicies): boolean {
  return headers.size > 0 || queries.size > 0 || changesBody;
}

function actsOn(operationId: string): (policy: PolicyParameters) => boolean {
  return ({ section, operations }) =>
    section === 'request' && (operations.length === 0 || operations.includes(operationId));
}

function routedMethod(route: PolicyParameters, method: string): string {
  const given = textOf(route, 'httpMethod').trim();
  return (given === '' || given.startsWith('@') ? method : given).toUpperCase();
}

/** A path in which placeholders and references stand for anything. */
function patternOf(path: string): RegExp {
  const [beforeQuery = ''] = path.split('?', 1);
  const source = parsePolicyText(beforeQuery)
    .parts.map((part) =>
      part.kind === 'text'
        ? part.text
            .split(/\{[^{}]*\}/)
            .map(escapePattern)
            .join('[^/]*')
        : '.*',
    )
    .join('');
  return new RegExp(`^/?${source.replace(/^\//, '')}$`);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function namesIn(texts: readonly string[], pattern: RegExp, lower: boolean): ReadonlySet<string> {
  const names = texts.flatMap((text) => pattern.exec(text)?.[1] ?? []);
  return new Set(names.map((name) => (lower ? name.toLowerCase() : name)));
}

/** Some authors percent-encode the name of a query parameter. */
function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function textOf({ values }: PolicyParameters, name: string): string {
  return String(values.get(name) ?? '');
}
