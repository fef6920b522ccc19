import type { Vault } from '@patchbay/credential';
import type { Store, VariableRow } from '@patchbay/store';
import { PlatformError } from '../errors/platform-error.ts';
import { BoundedCache } from '../http/bounded-cache.ts';

const reference = /^@environmentVariables\(\s*(["'])([^"']+)\1\s*\)$/i;

/** Whether a text of a definition stands for a variable of the environment. */
export function isReference(text: string): boolean {
  return reference.test(text.trim());
}

/** Values and secrets that definitions of an environment refer to, resolved when they are used. */
export class VariableService {
  readonly #store: Store;
  readonly #vault: Vault;
  readonly #values = new BoundedCache<string, ReadonlyMap<string, string>>(100, 5_000);

  constructor(store: Store, vault: Vault) {
    this.#store = store;
    this.#vault = vault;
  }

  list(environmentId: string): Promise<readonly VariableRow[]> {
    return this.#store.variables.list(environmentId);
  }

  async put(environmentId: string, name: string, value: string, isSecret: boolean): Promise<void> {
    await this.#store.variables.put({
      environmentId,
      name,
      ...(isSecret ? { secret: await this.#vault.seal({ value }, contextOf(environmentId, name)) } : { value }),
      changedAtMs: Date.now(),
    });
    this.#values.delete(environmentId);
  }

  async delete(environmentId: string, name: string): Promise<boolean> {
    this.#values.delete(environmentId);
    return this.#store.variables.delete(environmentId, name);
  }

  /** What a text of a definition means in an environment. The function throws `VariableNotFound`. */
  async resolver(environmentId: string): Promise<(text: string) => string> {
    const values = this.#values.get(environmentId, Date.now()) ?? (await this.#read(environmentId));
    return (text) => {
      const name = reference.exec(text.trim())?.[2];
      if (name === undefined) return text;
      const value = values.get(name.toLowerCase());
      if (value !== undefined) return value;
      throw new PlatformError(
        'VariableNotFound',
        `The definition refers to the variable "${name}", which the environment does not have. Add it to the environment.`,
      );
    };
  }

  async #read(environmentId: string): Promise<ReadonlyMap<string, string>> {
    const rows = await this.list(environmentId);
    const entries = rows.map(async (row): Promise<readonly [string, string]> => {
      if (row.secret === undefined) return [row.name.toLowerCase(), row.value ?? ''];
      const { value = '' } = await this.#vault.open(row.secret, contextOf(environmentId, row.name));
      return [row.name.toLowerCase(), value];
    });
    const values = new Map(await Promise.all(entries));
    this.#values.set(environmentId, values, Date.now());
    return values;
  }
}

function contextOf(environmentId: string, name: string): string {
  return `variable ${name} of ${environmentId}`;
}
