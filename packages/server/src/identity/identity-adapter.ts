import type { IdentityRow, Store } from '@patchbay/store';
import type { Adapter, AdapterPayload } from 'oidc-provider';

/** What the identity provider keeps, in the store: one adapter a model. */
export class IdentityAdapter implements Adapter {
  readonly #repository: Store['identity'];
  readonly #model: string;

  constructor(repository: Store['identity'], model: string) {
    this.#repository = repository;
    this.#model = model;
  }

  async upsert(id: string, payload: AdapterPayload, expiresInSeconds?: number): Promise<void> {
    const { grantId, userCode, uid } = payload;
    await this.#repository.upsert({
      model: this.#model,
      id,
      payload: JSON.stringify(payload),
      ...(grantId !== undefined && { grantId }),
      ...(userCode !== undefined && { userCode }),
      ...(uid !== undefined && { uid }),
      ...(typeof expiresInSeconds === 'number' && { expiresAtMs: Date.now() + expiresInSeconds * 1000 }),
    });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return toPayload(await this.#repository.find(this.#model, id));
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return toPayload(await this.#repository.findByUserCode(this.#model, userCode));
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return toPayload(await this.#repository.findByUid(this.#model, uid));
  }

  consume(id: string): Promise<void> {
    return this.#repository.consume(this.#model, id, Date.now());
  }

  destroy(id: string): Promise<void> {
    return this.#repository.delete(this.#model, id);
  }

  revokeByGrantId(grantId: string): Promise<void> {
    return this.#repository.deleteByGrant(grantId);
  }
}

function toPayload(row: IdentityRow | undefined): AdapterPayload | undefined {
  if (row === undefined || (row.expiresAtMs !== undefined && row.expiresAtMs <= Date.now())) return undefined;
  // What was written by `upsert` above.
  const payload = JSON.parse(row.payload) as AdapterPayload;
  return row.consumedAtMs === undefined ? payload : { ...payload, consumed: Math.floor(row.consumedAtMs / 1000) };
}
