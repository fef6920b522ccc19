import { startJudgingServer } from './judging-server.ts';
import { createPrismJudge, refuse } from './prism-judge.ts';

/** What Prism made of one request. */
export type JudgedRequest = {
  readonly method: string;
  /** As it came, with the query. */
  readonly url: string;
  /** Why the definition does not allow it; empty when it does. */
  readonly violations: readonly string[];
  /** Why Prism could not make up an answer to a request that it found valid. */
  readonly noAnswer?: string;
};

export type PrismMock = {
  /** The address of the mocked API with the definition's base path: what a connector's `backendService.serviceUrl` takes. */
  readonly serviceUrl: string;
  /** In order of arrival. */
  readonly requests: readonly JudgedRequest[];
  readonly close: () => Promise<void>;
};

/** An API that is made of nothing but its definition, by Prism: it checks each request and its security, and makes up the answers. */
export async function startPrismMock(definition: object): Promise<PrismMock> {
  const basePath = basePathOf(definition);
  const judge = await createPrismJudge(definition);
  const requests: JudgedRequest[] = [];
  const { origin, close } = await startJudgingServer(async (request) => {
    const { method, url } = request;
    const { violations, noAnswer, answer } = url.startsWith(`${basePath}/`)
      ? await judge({ ...request, url: url.slice(basePath.length) })
      : refuse([`The path does not begin with the base path ${basePath}.`], 404);
    requests.push({ method, url, violations, ...(noAnswer !== undefined && { noAnswer }) });
    return answer;
  });
  return { serviceUrl: `${origin}${basePath}`, requests, close };
}

/** Without a slash at its end. */
function basePathOf(definition: object): string {
  const given: unknown = 'basePath' in definition ? definition.basePath : '';
  return typeof given === 'string' ? given.replace(/\/+$/, '') : '';
}
