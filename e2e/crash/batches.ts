import { deployFlow } from '../platform/maker.ts';
import type { SignedInClient } from '../platform/signed-in-client.ts';
import type { Records } from './judge.ts';

/** The flow that gathers what others send. */
export const gatheringFlowName = 'Crash batches';

/** What became of messages. Every list is empty when all is well. */
export type BatchVerdict = {
  readonly messages: number;
  readonly batches: number;
  readonly lostMessages: readonly string[];
  /** Messages that are in more than one run. */
  readonly repeatedMessages: readonly string[];
};

/** Five messages of a ticket. */
export const sendMessages: object = {
  type: 'Foreach',
  foreach: '@range(0, 5)',
  actions: {
    Send: {
      type: 'SendToBatch',
      inputs: {
        host: { triggerName: 'Gather', workflow: { id: gatheringFlowName } },
        batchName: 'messages',
        content: "@concat(triggerBody()['ticket'], '/', item())",
      },
    },
  },
  runAfter: {},
};

/** Takes seven messages at a time, and every few seconds whatever there is. */
export function deployGathering(client: SignedInClient): Promise<string> {
  return deployFlow(client, gatheringFlowName, {
    triggers: {
      Gather: {
        type: 'Batch',
        inputs: {
          mode: 'Inline',
          configurations: {
            messages: { releaseCriteria: { messageCount: 7, recurrence: { frequency: 'Second', interval: 4 } } },
          },
        },
      },
    },
    actions: { Keep: { type: 'Compose', inputs: "@triggerBody()['items']", runAfter: {} } },
  });
}

/** Whether every message has its run. */
export function areAllReleased(records: Records): boolean {
  return records.all('select 1 from batch_message where settled_at_ms is null limit 1').length === 0;
}

/** The query for what the runs of the gathering flow were given, as `outputs`. */
export function gatheredBy(flow: string): string {
  return `select outputs from action_record
    where action = 'Keep' and status = 'Succeeded' and run_id in (select run_id from run where flow_id = '${flow}')`;
}

/** Holds what the runs of the gathering flow were given against what acknowledged runs have sent, by their tickets. */
export function judgeBatches(
  tickets: readonly string[],
  gathered: readonly { readonly outputs?: unknown }[],
): BatchVerdict {
  const counts = new Map<string, number>();
  for (const { outputs } of gathered) {
    for (const { content } of JSON.parse(String(outputs)) as readonly { readonly content: string }[]) {
      counts.set(content, (counts.get(content) ?? 0) + 1);
    }
  }
  const sent = tickets.flatMap((ticket) => [0, 1, 2, 3, 4].map((at) => `${ticket}/${at}`));
  return {
    messages: sent.length,
    batches: gathered.length,
    lostMessages: sent.filter((message) => !counts.has(message)),
    repeatedMessages: [...counts].flatMap(([message, count]) => (count > 1 ? [message] : [])),
  };
}
