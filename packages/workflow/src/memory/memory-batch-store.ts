import {
  type BatchMessage,
  type BatchPartition,
  type BatchRelease,
  type BatchStore,
  countToRelease,
  keptKeysMs,
  type ReleaseRule,
} from '../contract.ts';

type Held = { readonly message: BatchMessage; releaseId: string | undefined; settledAtMs: number | undefined };

/** A batch store in memory, for the command line and for tests. */
export function createMemoryBatchStore(): BatchStore {
  return new MemoryBatchStore();
}

class MemoryBatchStore implements BatchStore {
  /** By flow and key, in the order in which they came. */
  readonly #held = new Map<string, Held>();

  async add(message: BatchMessage): Promise<string> {
    const key = `${message.flowId}/${message.key}`;
    const known = this.#held.get(key);
    if (known !== undefined) return known.message.messageId;
    this.#held.set(key, { message, releaseId: undefined, settledAtMs: undefined });
    return message.messageId;
  }

  async partitions(flowId: string): Promise<readonly BatchPartition[]> {
    const found = new Map<string, BatchPartition>();
    for (const { message, releaseId } of this.#held.values()) {
      if (message.flowId === flowId && releaseId === undefined) found.set(partitionKey(message), partitionOf(message));
    }
    return [...found.values()];
  }

  async release(release: BatchRelease, rule: ReleaseRule): Promise<boolean> {
    const waiting = [...this.#held.values()].filter(
      ({ message, releaseId }) => releaseId === undefined && partitionKey(message) === partitionKey(release),
    );
    const count = countToRelease(
      waiting.map(({ message }) => Buffer.byteLength(message.content)),
      rule,
    );
    for (const held of waiting.slice(0, count)) held.releaseId = release.releaseId;
    return count > 0;
  }

  async unsettled(flowId?: string): Promise<readonly BatchRelease[]> {
    const found = new Map<string, BatchRelease>();
    for (const { message, releaseId, settledAtMs } of this.#held.values()) {
      if (releaseId === undefined || settledAtMs !== undefined || found.has(releaseId)) continue;
      if (flowId === undefined || message.flowId === flowId) {
        found.set(releaseId, { ...partitionOf(message), releaseId });
      }
    }
    return [...found.values()];
  }

  async messages(releaseId: string): Promise<readonly BatchMessage[]> {
    return [...this.#held.values()]
      .filter((held) => held.releaseId === releaseId && held.settledAtMs === undefined)
      .map(({ message }) => message);
  }

  async settle(releaseId: string, nowMs: number): Promise<void> {
    for (const [key, held] of this.#held) {
      if (held.releaseId === releaseId) held.settledAtMs ??= nowMs;
      else if (held.settledAtMs !== undefined && held.settledAtMs < nowMs - keptKeysMs) this.#held.delete(key);
    }
  }

  async remove(flowId: string): Promise<void> {
    for (const [key, { message }] of this.#held) if (message.flowId === flowId) this.#held.delete(key);
  }
}

function partitionOf({ flowId, trigger, batchName, partition }: BatchPartition): BatchPartition {
  return { flowId, trigger, batchName, partition };
}

function partitionKey({ flowId, trigger, batchName, partition }: BatchPartition): string {
  return JSON.stringify([flowId, trigger, batchName, partition]);
}
