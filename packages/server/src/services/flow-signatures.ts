import { createHmac, randomBytes } from 'node:crypto';
import type { SealedSecret, Vault } from '@patchbay/credential';
import type { Store } from '@patchbay/store';
import { equalSecrets } from '../http/authenticator.ts';
import { BoundedCache } from '../http/bounded-cache.ts';

/** What a signature speaks for, field by field; the first names the kind, so that one kind never passes for another. */
export type SignedFields = readonly [kind: 'trigger' | 'content', ...fields: readonly string[]];

/** Signatures in addresses: HMAC-SHA256 under a key that each flow has for itself, sealed in the store. */
export class FlowSignatures {
  readonly #store: Store;
  readonly #vault: Vault;
  readonly #keys = new BoundedCache<string, Buffer>(1000, 60 * 60 * 1000);

  constructor(store: Store, vault: Vault) {
    this.#store = store;
    this.#vault = vault;
  }

  async sign(flowId: string, fields: SignedFields): Promise<string> {
    return computeSignature((await this.#key(flowId)) ?? (await this.#createKey(flowId)), flowId, fields);
  }

  /** Compares in constant time. A flow that never signed anything accepts nothing. */
  async verify(flowId: string, fields: SignedFields, signature: unknown): Promise<boolean> {
    if (typeof signature !== 'string') return false;
    const key = await this.#key(flowId);
    return key !== undefined && equalSecrets(signature, computeSignature(key, flowId, fields));
  }

  async #key(flowId: string): Promise<Buffer | undefined> {
    const known = this.#keys.get(flowId, Date.now());
    if (known !== undefined) return known;
    const name = settingName(flowId);
    const kept = await this.#store.settings.find(name);
    if (kept === undefined) return undefined;
    // What was written by `#createKey`.
    const { key = '' } = await this.#vault.open(JSON.parse(kept) as SealedSecret, name);
    return this.#keep(flowId, Buffer.from(key, 'base64url'));
  }

  async #createKey(flowId: string): Promise<Buffer> {
    const key = randomBytes(32);
    const name = settingName(flowId);
    await this.#store.settings.put(
      name,
      JSON.stringify(await this.#vault.seal({ key: key.toString('base64url') }, name)),
    );
    return this.#keep(flowId, key);
  }

  #keep(flowId: string, key: Buffer): Buffer {
    this.#keys.set(flowId, key, Date.now());
    return key;
  }
}

function settingName(flowId: string): string {
  return `flow.signature.${flowId}`;
}

/** Fields are joined as JSON, so that no two lists of fields give the same text. */
function computeSignature(key: Buffer, flowId: string, fields: SignedFields): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([flowId, ...fields]))
    .digest('base64url');
}
