import { type ConnectionLimits, checkNetworkRule, type NetworkRules } from '@patchbay/egress';
import type { EnvironmentRetention, EnvironmentRow, Store } from '@patchbay/store';
import { PlatformError } from '../errors/platform-error.ts';
import { BoundedCache } from '../http/bounded-cache.ts';

/** The ecosystem's 500 requests a minute on a connection; callers are slowed down for as long as a call may take. */
const platformLimits = {
  requestsPerMinute: 500,
  concurrentRequests: 0,
  maxWaitMs: 120_000,
  retryBudgetPercent: 20,
} satisfies ConnectionLimits;

type EnvironmentLimits = Omit<Required<ConnectionLimits>, 'timeoutMs'> & Pick<ConnectionLimits, 'timeoutMs'>;

/** Environments, their network rules, their limits, and how long they keep runs. */
export class EnvironmentService {
  readonly #store: Store;
  /** No environment lets a call take longer. */
  readonly #callTimeoutMs: number;
  /** Of environments that say nothing. */
  readonly #retention: EnvironmentRetention;
  /** One object per environment for as long as its rules stay, so that egress keeps its connections. */
  readonly #rules = new BoundedCache<string, NetworkRules>(200, 10_000);
  readonly #limits = new BoundedCache<string, EnvironmentLimits>(200, 10_000);

  constructor(store: Store, options: { readonly callTimeoutMs: number; readonly retention: EnvironmentRetention }) {
    this.#store = store;
    this.#retention = options.retention;
    this.#callTimeoutMs = options.callTimeoutMs;
  }

  list(): Promise<readonly EnvironmentRow[]> {
    return this.#store.environments.list();
  }

  /** The environment of this name; `~default` and nothing mean the default one. Throws `EnvironmentNotFound`. */
  async get(name: string | undefined): Promise<EnvironmentRow> {
    const found =
      name === undefined || name.toLowerCase() === '~default'
        ? (await this.list()).find((environment) => environment.isDefault)
        : await this.#store.environments.find(name);
    if (found !== undefined) return found;
    throw new PlatformError('EnvironmentNotFound', `There is no environment "${name ?? '~default'}".`);
  }

  async networkRules(environmentId: string): Promise<NetworkRules> {
    const known = this.#rules.get(environmentId, Date.now());
    if (known !== undefined) return known;
    const rules = { allow: (await this.get(environmentId)).allowedNetworks };
    this.#rules.set(environmentId, rules, Date.now());
    return rules;
  }

  async limits(environmentId: string): Promise<EnvironmentLimits> {
    const known = this.#limits.get(environmentId, Date.now());
    if (known !== undefined) return known;
    const own = (await this.get(environmentId)).limits;
    const limits: EnvironmentLimits = {
      ...platformLimits,
      ...own,
      ...(own?.timeoutMs !== undefined && { timeoutMs: Math.min(own.timeoutMs, this.#callTimeoutMs) }),
    };
    this.#limits.set(environmentId, limits, Date.now());
    return limits;
  }

  /** How long runs that have ended are kept. */
  async retention(environmentId: string): Promise<EnvironmentRetention> {
    return (await this.get(environmentId)).retention ?? this.#retention;
  }

  /** With the server's own, where the environment says nothing. */
  async allLimits(environmentId: string): Promise<Required<ConnectionLimits>> {
    return { timeoutMs: this.#callTimeoutMs, ...(await this.limits(environmentId)) };
  }

  /** Throws `InvalidRequest` for a time that the server does not allow. */
  async setLimits(environmentId: string, limits: ConnectionLimits): Promise<void> {
    if (limits.timeoutMs !== undefined && limits.timeoutMs > this.#callTimeoutMs) {
      throw new PlatformError(
        'InvalidRequest',
        `The server lets no call take longer than ${this.#callTimeoutMs} ms (PATCHBAY_CALL_TIMEOUT_MS): give a timeoutMs up to that.`,
      );
    }
    await this.#store.environments.update(environmentId, { limits });
    this.#limits.delete(environmentId);
  }

  /** Replaces what the environment may reach besides public addresses. Throws `InvalidRequest` naming a wrong entry. */
  async setNetworkRules(environmentId: string, allow: readonly string[]): Promise<void> {
    for (const entry of allow) {
      const problem = checkNetworkRule(entry);
      if (problem !== undefined) throw new PlatformError('InvalidRequest', problem);
    }
    await this.#store.environments.update(environmentId, { allowedNetworks: allow });
    this.#rules.delete(environmentId);
  }
}
