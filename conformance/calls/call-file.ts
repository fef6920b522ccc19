import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type ConnectorModel, readJsonFile } from '@patchbay/definition';
import type { Egress } from '@patchbay/egress';
import { type Call, callOperations } from './call-operations.ts';
import { startConnectorMock } from './connector-mock.ts';

/** The calls of one connector. */
export type Calls = {
  readonly made: readonly Call[];
  /** What no rule explains. */
  readonly problems: readonly string[];
};

/** Calls every operation of a connector, before a mock that is made of its file. */
export async function callFile(file: string, model: ConnectorModel, egress: Egress): Promise<Calls> {
  const { root } = readJsonFile({ name: basename(file), content: readFileSync(file) });
  try {
    const mock = await startConnectorMock(root, { signsInElsewhere: signsInElsewhere(model) });
    if (mock instanceof Error) return { made: unmade(model, mock), problems: [] };
    try {
      const made = await callOperations(model, mock, egress);
      return { made, problems: made.flatMap(describeUnexplained) };
    } finally {
      await mock.close();
    }
  } catch (error) {
    return { made: [], problems: [`cannot be called: ${error instanceof Error ? error.message : error}`] };
  }
}

/** What became of all calls, for a person: how many were accepted, and by which rule the others are explained. */
export function describeCalls(calls: readonly Calls[]): readonly string[] {
  const made = calls.flatMap((one) => one.made);
  if (made.length === 0) return [];
  const accepted = made.filter(({ problems }) => problems.length === 0);
  const reasons = new Map<string, number>();
  for (const { why } of made) if (why !== undefined) reasons.set(why, (reasons.get(why) ?? 0) + 1);
  const before = accepted.filter((one) => one.isJudgedBeforePolicies).length;
  const share = Math.floor((accepted.length / made.length) * 10_000) / 100;
  return [
    ...[...reasons].map(([why, count]) => `not accepted: ${count} where ${why}`),
    `${made.length} calls of ${calls.length} connectors: ${accepted.length} accepted (${share} %), ${before} of them as they were before policies`,
  ];
}

/** Whether the properties ask for a sign-in that the definition does not know: then the properties count. */
function signsInElsewhere({ connectionParameters, securitySchemes }: ConnectorModel): boolean {
  const isSignIn = connectionParameters.some(({ type }) => type === 'oauthSetting');
  return isSignIn && ![...securitySchemes.values()].some(({ kind }) => kind === 'oauth2');
}

/** Where there is no mock, every call counts as one that it did not accept. */
function unmade({ operations }: ConnectorModel, { message }: Error): readonly Call[] {
  const why = 'Prism cannot read the definition';
  return operations.flatMap(({ operationId }) =>
    [false, true].map(() => ({ operationId, problems: [message], why, isJudgedBeforePolicies: false })),
  );
}

function describeUnexplained({ operationId, problems, why }: Call): readonly string[] {
  return problems.length === 0 || why !== undefined ? [] : [`${operationId}: called, ${problems.join(' ')}`];
}
