import { createHash } from 'node:crypto';
import {
  type Dynamic,
  type DynamicChoice,
  type DynamicNode,
  dynamicSchema,
  dynamicTree,
  dynamicValues,
  type ParameterValues,
  type SchemaPlace,
} from '@patchbay/connector';
import type { JsonValue } from '@patchbay/definition';
import { BoundedCache } from '../http/bounded-cache.ts';
import type { ConnectionService } from './connection-service.ts';

type Asked = { readonly connection: string; readonly operation: string; readonly given: ParameterValues };

/** Answers of APIs to what forms ask them, kept a short while for each connection and what was given. */
export class DynamicService {
  readonly #connections: ConnectionService;
  readonly #answers = new BoundedCache<string, Promise<unknown>>(500, 60_000);

  constructor(connections: ConnectionService) {
    this.#connections = connections;
  }

  choices(asked: Asked, path: string): Promise<Dynamic<readonly DynamicChoice[]>> {
    return this.#once(['choices', asked, path], async () => dynamicValues(await this.#question(asked), path));
  }

  /** `opened`: the item of the node to look into; the roots without it. */
  nodes(asked: Asked, path: string, opened?: JsonValue): Promise<Dynamic<readonly DynamicNode[]>> {
    return this.#once(['nodes', asked, path, opened], async () =>
      dynamicTree(await this.#question(asked), path, opened),
    );
  }

  schema(asked: Asked, place: SchemaPlace): Promise<Dynamic<JsonValue>> {
    return this.#once(['schema', asked, place], async () => dynamicSchema(await this.#question(asked), place));
  }

  async #question({ connection, operation, given }: Asked) {
    const { connector, model, options } = await this.#connections.open(connection);
    return { connector, model, operation: connector.operation(operation).model, given, options };
  }

  /** Asks once for all who ask the same at a time; a failure is not kept. */
  #once<T>(what: readonly unknown[], ask: () => Promise<T>): Promise<T> {
    const key = createHash('sha256').update(JSON.stringify(what)).digest('base64');
    const known = this.#answers.get(key, Date.now());
    // What stands under a key was put there by the same question.
    if (known !== undefined) return known as Promise<T>;
    const answer = ask();
    this.#answers.set(key, answer, Date.now());
    answer.catch(() => this.#answers.delete(key));
    return answer;
  }
}
