import { createHmac, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SealedSecret, Vault } from '@patchbay/credential';
import type { Store } from '@patchbay/store';
import { BoundedCache } from '../http/bounded-cache.ts';

/** What a signature speaks for, field by field; the first names the kind, so that one kind never passes for another. */
export type SignedFields = readonly [
  kind: 'trigger' | 'content' | 'notification' | 'callback' | 'response' | 'webhook-secret',
  ...fields: readonly string[],
];

/** Signatures in addresses: HMAC-SHA256 under a key that each flow has for itself, sealed in the store. */
export class FlowSignatures {
  readonly #store: Store;
  readonly #vault: Vault;
  /** Briefly, so that a key that another process replaced is not good here for long. */
  readonly #keys = new BoundedCache<string, KeyObject>(1000, 10_000);
  readonly #signatures = new BoundedCache<string, { readonly key: KeyObject; readonly signature: string }>(
    1000,
    10 * 60_000,
  );

  constructor(store: Store, vault: Vault) {
    this.#store = store;
    this.#vault = vault;
  }

  async sign(flowId: string, fields: SignedFields): Promise<string> {
    return computeSignature((await this.#key(flowId)) ?? (await this.#createKey(flowId)), flowId, fields);
  }

  /** Signs at once, for as long as the flow's key is the same. */
  async signer(flowId: string): Promise<(fields: SignedFields) => string> {
    const key = (await this.#key(flowId)) ?? (await this.#createKey(flowId));
    return (fields) => computeSignature(key, flowId, fields);
  }

  /** Compares in constant time. A flow that never signed anything accepts nothing. */
  async verify(flowId: string, fields: SignedFields, signature: unknown): Promise<boolean> {
    if (typeof signature !== 'string') return false;
    const key = this.#keys.get(flowId, Date.now()) ?? (await this.#key(flowId));
    return key !== undefined && equalTexts(signature, this.#expected(key, flowId, fields));
  }

  /** Gives a flow a new key: every address that was signed before is refused from now on. */
  async rotate(flowId: string): Promise<void> {
    await this.#store.settings.put(settingName(flowId), await this.#seal(flowId));
    this.#keys.delete(flowId);
  }

  /** Forgets the key of a flow that is gone. */
  async forget(flowId: string): Promise<void> {
    await this.#store.settings.delete(settingName(flowId));
    this.#keys.delete(flowId);
  }

  /** An address is called again and again: what its signature has to be is calculated once while the key is the same. */
  #expected(key: KeyObject, flowId: string, fields: SignedFields): string {
    const text = signedText(flowId, fields);
    const known = this.#signatures.get(text, Date.now());
    if (known?.key === key) return known.signature;
    const signature = computeSignature(key, flowId, fields);
    this.#signatures.set(text, { key, signature }, Date.now());
    return signature;
  }

  async #key(flowId: string): Promise<KeyObject | undefined> {
    const known = this.#keys.get(flowId, Date.now());
    if (known !== undefined) return known;
    const kept = await this.#store.settings.find(settingName(flowId));
    return kept === undefined ? undefined : this.#open(flowId, kept);
  }

  async #createKey(flowId: string): Promise<KeyObject> {
    return this.#open(flowId, await this.#store.settings.putIfAbsent(settingName(flowId), await this.#seal(flowId)));
  }

  async #seal(flowId: string): Promise<string> {
    const key = randomBytes(32).toString('base64url');
    return JSON.stringify(await this.#vault.seal({ key }, settingName(flowId)));
  }

  async #open(flowId: string, kept: string): Promise<KeyObject> {
    // What was written by `#seal`.
    const { key = '' } = await this.#vault.open(JSON.parse(kept) as SealedSecret, settingName(flowId));
    return this.#keep(flowId, createSecretKey(key, 'base64url'));
  }

  #keep(flowId: string, key: KeyObject): KeyObject {
    this.#keys.set(flowId, key, Date.now());
    return key;
  }
}

function settingName(flowId: string): string {
  return `flow.signature.${flowId}`;
}

/** Fields are joined as JSON, so that no two lists of fields give the same text. */
function signedText(flowId: string, fields: SignedFields): string {
  return JSON.stringify([flowId, ...fields]);
}

function computeSignature(key: KeyObject, flowId: string, fields: SignedFields): string {
  return createHmac('sha256', key).update(signedText(flowId, fields)).digest('base64url');
}

/** Compares in a time that tells nothing but the length, which is no secret of a signature. */
function equalTexts(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
