/** Small facts of the installation (signing keys' ids, what was seeded), JSON text by name. */
export interface SettingRepository {
  find(name: string): Promise<string | undefined>;
  put(name: string, value: string): Promise<void>;
  /** Keeps the value unless there is one; answers the one that is kept, so that of two makers of a secret both use the first one's. */
  putIfAbsent(name: string, value: string): Promise<string>;
  delete(name: string): Promise<void>;
}
