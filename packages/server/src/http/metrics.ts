import type { RunEntry, RunStore } from '@patchbay/workflow';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

type Observer = { observe(value: number): void };

/** What an operator watches, in a registry of its own. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #runs: Counter<'status'>;
  /** Bound label sets by route, so that a request looks nothing up by an object. */
  readonly #observers = new Map<string, Observer>();
  readonly #runCounters = new Map<string, Counter.Internal>();

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Histogram({
      name: 'patchbay_http_request_duration_seconds',
      help: 'Time to answer a request, by route.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
      registers,
    });
    this.#runs = new Counter({
      name: 'patchbay_runs_total',
      help: 'Runs started, and finished by status.',
      labelNames: ['status'],
      registers,
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  observeRequest(request: FastifyRequest, reply: FastifyReply): void {
    const route = request.routeOptions.url ?? 'none';
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    const key = `${request.method} ${status} ${route}`;
    let observer = this.#observers.get(key);
    if (observer === undefined) {
      observer = this.#requests.labels(request.method, route, status);
      this.#observers.set(key, observer);
    }
    observer.observe(reply.elapsedTime / 1000);
  }

  countRuns(entries: readonly RunEntry[]): void {
    for (const entry of entries) {
      if (entry.kind === 'run-started') this.#countRun('Started');
      else if (entry.kind === 'run-finished') this.#countRun(entry.status);
    }
  }

  #countRun(status: string): void {
    let counter = this.#runCounters.get(status);
    if (counter === undefined) {
      counter = this.#runs.labels(status);
      this.#runCounters.set(status, counter);
    }
    counter.inc();
  }
}

/** The record of runs, counted as it is written. */
export function countRuns(runs: RunStore, metrics: Metrics): RunStore {
  return {
    append: async (lease, entries) => {
      await runs.append(lease, entries);
      metrics.countRuns(entries);
    },
    admit: async (started, gate) => {
      const admission = await runs.admit(started, gate);
      if (admission !== 'full') metrics.countRuns([started]);
      return admission;
    },
    claim: (runId, owner, leaseUntilMs) => runs.claim(runId, owner, leaseUntilMs),
    renew: (owner, leaseUntilMs) => runs.renew(owner, leaseUntilMs),
    due: (nowMs, limit) => runs.due(nowMs, limit),
    nextDueMs: () => runs.nextDueMs(),
    sleeping: (range) => runs.sleeping(range),
    requestCancel: (runId) => runs.requestCancel(runId),
    cancelRequested: (owner) => runs.cancelRequested(owner),
    answered: (runIds) => runs.answered(runIds),
    putSignal: (signal) => runs.putSignal(signal),
    pendingSignals: (runId) => runs.pendingSignals(runId),
    findRun: (runId) => runs.findRun(runId),
    findRunByKey: (uniqueKey) => runs.findRunByKey(uniqueKey),
    listRuns: (query) => runs.listRuns(query),
    listRunSummaries: (query) => runs.listRunSummaries(query),
    findAction: (place) => runs.findAction(place),
    listActions: (runId, action) => runs.listActions(runId, action),
    tallyActions: (runId) => runs.tallyActions(runId),
    readActions: (query) => runs.readActions(query),
  };
}
