import { createHash } from 'node:crypto';
import type { Store } from '@patchbay/store';
import type { ActionRecord, JsonText, RunRecord } from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import type { FlowSignatures } from './flow-signatures.ts';

/** Which payload of a run a content link leads to. */
export type ContentKind = 'TriggerInputs' | 'TriggerOutputs' | 'ActionInputs' | 'ActionOutputs';
export const contentKinds = [
  'TriggerInputs',
  'TriggerOutputs',
  'ActionInputs',
  'ActionOutputs',
] as const satisfies readonly ContentKind[];

export type ContentAddress = {
  readonly flowId: string;
  readonly runId: string;
  readonly kind: ContentKind;
  readonly action?: string;
  readonly iteration?: string;
};

/** A signed, anonymous address of a payload, in the ecosystem's shape. */
export type ContentLink = {
  readonly uri: string;
  readonly contentVersion: string;
  readonly contentSize: number;
  readonly contentHash: { readonly algorithm: 'md5'; readonly value: string };
};

const linkLifetimeMs = 4 * 60 * 60 * 1000;

/** Run history: runs, action records, and the links to what went in and out. */
export class RunService {
  readonly #store: Store;
  readonly #signatures: FlowSignatures;
  readonly #origin: string;

  constructor(options: { readonly store: Store; readonly signatures: FlowSignatures; readonly origin: string }) {
    this.#store = options.store;
    this.#signatures = options.signatures;
    this.#origin = options.origin;
  }

  /** Throws `WorkflowRunNotFound`, also for a run of another flow. */
  async get(flowId: string, runId: string): Promise<RunRecord> {
    const run = await this.#store.runs.findRun(runId);
    if (run !== undefined && run.flowId === flowId) return run;
    throw new PlatformError('WorkflowRunNotFound', `The flow "${flowId}" has no run "${runId}".`);
  }

  list: Store['runs']['listRuns'] = (query) => this.#store.runs.listRuns(query);

  actions(runId: string, action?: string): Promise<readonly ActionRecord[]> {
    return this.#store.runs.listActions(runId, action);
  }

  async link(address: ContentAddress, content: JsonText): Promise<ContentLink> {
    const expires = String(Date.now() + linkLifetimeMs);
    const signature = await this.#signatures.sign(address.flowId, signedFields(address, expires));
    const query = new URLSearchParams({
      ...(address.action !== undefined && { action: address.action }),
      ...(address.iteration !== undefined && address.iteration !== '' && { iteration: address.iteration }),
      se: expires,
      sig: signature,
    });
    const bytes = Buffer.from(content, 'utf8');
    const hash = createHash('md5').update(bytes).digest('base64');
    return {
      uri: `${this.#origin}/contents/${address.flowId}/${encodeURIComponent(address.runId)}/${address.kind}?${query}`,
      contentVersion: hash,
      contentSize: bytes.length,
      contentHash: { algorithm: 'md5', value: hash },
    };
  }

  /** What a link leads to. Throws `SignatureInvalid`, `WorkflowRunNotFound`, `WorkflowRunActionNotFound`. */
  async content(address: ContentAddress, expires: string, signature: string): Promise<JsonText | undefined> {
    const isSigned = await this.#signatures.verify(address.flowId, signedFields(address, expires), signature);
    if (!isSigned || !(Number(expires) > Date.now())) {
      throw new PlatformError(
        'SignatureInvalid',
        'The link is not valid, or not any more. Read the run again for a fresh one.',
      );
    }
    const run = await this.get(address.flowId, address.runId);
    switch (address.kind) {
      case 'TriggerInputs':
        return run.trigger.inputs;
      case 'TriggerOutputs':
        return run.trigger.outputs;
      case 'ActionInputs':
        return (await this.#record(address)).inputs;
      case 'ActionOutputs':
        return (await this.#record(address)).outputs;
    }
  }

  async #record({ runId, action = '', iteration = '' }: ContentAddress): Promise<ActionRecord> {
    const records = await this.#store.runs.listActions(runId, action);
    const record = records.find((one) => one.iteration === iteration);
    if (record !== undefined) return record;
    throw new PlatformError('WorkflowRunActionNotFound', `The run "${runId}" has no action "${action}".`);
  }
}

function signedFields({ runId, kind, action = '', iteration = '' }: ContentAddress, expires: string) {
  return ['content', runId, kind, action, iteration, expires] as const;
}
