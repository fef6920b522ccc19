import { createHash } from 'node:crypto';
import type { Store } from '@patchbay/store';
import {
  type ActionRecord,
  concealAction,
  concealRun,
  concealSummary,
  everythingSecured,
  type FlowSource,
  type JsonText,
  type RecordTally,
  type RunQuery,
  type RunRecord,
  type RunSummary,
  type SecuredParts,
  securedParts,
  staticActions,
} from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import { BoundedCache } from '../http/bounded-cache.ts';
import type { FlowSignatures } from './flow-signatures.ts';
import { listIterations, type RunIterations, readIterations } from './run-iterations.ts';

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

/** A signed, anonymous address of a payload, and how many bytes it is. */
export type SizedLink = { readonly uri: string; readonly contentSize: number };

/** The same in the ecosystem's whole shape. */
export type ContentLink = SizedLink & {
  readonly contentVersion: string;
  readonly contentHash: { readonly algorithm: 'md5'; readonly value: string };
};

const linkLifetimeMs = 4 * 60 * 60 * 1000;

/** Run history as people may see it: runs, action records, and the links to what went in and out. What a definition secures is not in it. */
export class RunService {
  readonly #store: Store;
  readonly #flows: FlowSource;
  readonly #signatures: FlowSignatures;
  readonly #origin: string;
  /** By flow and revision. */
  readonly #secured = new BoundedCache<string, SecuredParts>(500, 60 * 60 * 1000);
  readonly #static = new BoundedCache<string, ReadonlySet<string>>(500, 60 * 60 * 1000);

  constructor(options: {
    readonly store: Store;
    readonly flows: FlowSource;
    readonly signatures: FlowSignatures;
    readonly origin: string;
  }) {
    this.#store = options.store;
    this.#flows = options.flows;
    this.#signatures = options.signatures;
    this.#origin = options.origin;
  }

  /** Throws `WorkflowRunNotFound`, also for a run of another flow. */
  async get(flowId: string, runId: string): Promise<RunRecord> {
    const run = await this.#store.runs.findRun(runId);
    if (run !== undefined && run.flowId === flowId) return this.conceal(run);
    throw new PlatformError('WorkflowRunNotFound', `The flow "${flowId}" has no run "${runId}".`);
  }

  async list(query: RunQuery): Promise<readonly RunSummary[]> {
    const runs = await this.#store.runs.listRunSummaries(query);
    return Promise.all(runs.map((run) => this.concealSummary(run)));
  }

  async actions(run: RunRecord, action?: string): Promise<readonly ActionRecord[]> {
    const [records, secured] = await Promise.all([this.#store.runs.listActions(run.runId, action), this.secured(run)]);
    return records.map((record) => concealAction(record, secured));
  }

  /** Of all that a run has done in loops, how often and with what result. */
  tally(run: RunRecord): Promise<readonly RecordTally[]> {
    return this.#store.runs.tallyActions(run.runId);
  }

  /** Iterations of an action by their names, so many behind one of them. */
  async iterationsAfter(
    run: RunRecord,
    given: { readonly action: string; readonly after: string; readonly most: number },
  ): Promise<readonly ActionRecord[]> {
    const secured = await this.secured(run);
    const records = await listIterations(this.#store.runs, await this.tally(run), { ...given, runId: run.runId });
    return records.map((record) => concealAction(record, secured));
  }

  /** What a page shows of an action in loops, however often it ran. */
  async iterations(
    { runId, ...run }: RunRecord,
    tallies: readonly RecordTally[],
    { action, most }: { readonly action: string; readonly most: number },
  ): Promise<RunIterations> {
    const [{ count, last, records }, secured] = await Promise.all([
      readIterations(this.#store.runs, tallies, { runId, action, most }),
      this.secured(run),
    ]);
    return {
      count,
      last: last && concealAction(last, secured),
      records: records.map((record) => concealAction(record, secured)),
    };
  }

  async conceal(run: RunRecord): Promise<RunRecord> {
    return concealRun(run, await this.secured(run));
  }

  async concealSummary(run: RunSummary): Promise<RunSummary> {
    return concealSummary(run, await this.secured(run));
  }

  /** What of a run no history shows. */
  async secured({ flowId, flowRevision }: Pick<RunRecord, 'flowId' | 'flowRevision'>): Promise<SecuredParts> {
    const key = `${flowId}/${flowRevision}`;
    const known = this.#secured.get(key, Date.now());
    if (known !== undefined) return known;
    const flow = await this.#flows.load(flowId, flowRevision);
    // A revision that is gone says nothing any more of what it secured.
    if (flow === undefined) return everythingSecured;
    const secured = securedParts(flow.definition);
    this.#secured.set(key, secured, Date.now());
    return secured;
  }

  /** Whether a static result stood in the place of an action. */
  async isStatic({ flowId, flowRevision }: RunRecord, { action, status }: ActionRecord): Promise<boolean> {
    if (status === 'Skipped') return false;
    const key = `${flowId}/${flowRevision}`;
    let known = this.#static.get(key, Date.now());
    if (known === undefined) {
      const flow = await this.#flows.load(flowId, flowRevision);
      known = flow === undefined ? new Set<string>() : staticActions(flow.definition);
      this.#static.set(key, known, Date.now());
    }
    return known.has(action.toLowerCase());
  }

  async link(address: ContentAddress, content: JsonText): Promise<ContentLink> {
    const bytes = Buffer.from(content, 'utf8');
    const { uri, contentSize } = await this.sizedLink(address, bytes.length);
    const hash = createHash('md5').update(bytes).digest('base64');
    return { uri, contentVersion: hash, contentSize, contentHash: { algorithm: 'md5', value: hash } };
  }

  /** For lists, which read no payloads. */
  async sizedLink(address: ContentAddress, contentSize: number): Promise<SizedLink> {
    const expires = String(Date.now() + linkLifetimeMs);
    const signature = await this.#signatures.sign(address.flowId, signedFields(address, expires));
    const query = new URLSearchParams({
      ...(address.action !== undefined && { action: address.action }),
      ...(address.iteration !== undefined && address.iteration !== '' && { iteration: address.iteration }),
      se: expires,
      sig: signature,
    });
    const path = `${address.flowId}/${encodeURIComponent(address.runId)}/${address.kind}`;
    return { uri: `${this.#origin}/contents/${path}?${query}`, contentSize };
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
        return (await this.#record(run, address)).inputs;
      case 'ActionOutputs':
        return (await this.#record(run, address)).outputs;
    }
  }

  async #record(run: RunRecord, { runId, action = '', iteration = '' }: ContentAddress): Promise<ActionRecord> {
    const record = await this.#store.runs.findAction({ runId, action, iteration });
    if (record !== undefined) return concealAction(record, await this.secured(run));
    throw new PlatformError('WorkflowRunActionNotFound', `The run "${runId}" has no action "${action}".`);
  }
}

function signedFields({ runId, kind, action = '', iteration = '' }: ContentAddress, expires: string) {
  return ['content', runId, kind, action, iteration, expires] as const;
}
