import type { SealedSecret, Vault } from '@patchbay/credential';
import type { Store } from '@patchbay/store';
import type { FlowSignatures } from './flow-signatures.ts';

/** The addresses that APIs send notifications to, and the secrets that belong to them. */
export class NotificationAddresses {
  readonly #store: Store;
  readonly #vault: Vault;
  readonly #signatures: FlowSignatures;
  readonly #origin: string;

  constructor(options: {
    readonly store: Store;
    readonly vault: Vault;
    readonly signatures: FlowSignatures;
    readonly origin: string;
  }) {
    this.#store = options.store;
    this.#vault = options.vault;
    this.#signatures = options.signatures;
    this.#origin = options.origin;
  }

  /** The signature is a part of the path: services add queries of their own, and some drop the one that is there. */
  async create(flowId: string, addressId: string): Promise<string> {
    const signature = await this.#signatures.sign(flowId, ['notification', addressId]);
    return `${this.#origin}/notifications/${flowId}/${addressId}/${signature}`;
  }

  isSigned(flowId: string, addressId: string, signature: string): Promise<boolean> {
    return this.#signatures.verify(flowId, ['notification', addressId], signature);
  }

  /** A secret for what is sent to an address: the same whenever it is asked for, so that it need not be kept. */
  secretFor(flowId: string, addressId: string): Promise<string> {
    return this.#signatures.sign(flowId, ['webhook-secret', addressId]);
  }

  /** Keeps the secret that a service gave in its first request; a second one changes nothing. */
  async keepSecret(addressId: string, secret: string): Promise<void> {
    const name = settingName(addressId);
    await this.#store.settings.putIfAbsent(name, JSON.stringify(await this.#vault.seal({ secret }, name)));
  }

  async keptSecret(addressId: string): Promise<string | undefined> {
    const name = settingName(addressId);
    const kept = await this.#store.settings.find(name);
    if (kept === undefined) return undefined;
    // Written by `keepSecret`.
    return (await this.#vault.open(JSON.parse(kept) as SealedSecret, name))['secret'];
  }

  forget(addressId: string): Promise<void> {
    return this.#store.settings.delete(settingName(addressId));
  }
}

function settingName(addressId: string): string {
  return `webhook.secret.${addressId}`;
}
