import type { Loss } from '../loss.ts';
import { type LossCode, lossTable } from '../loss-table.ts';
import type { ConnectorModel, JsonObject, JsonValue } from '../model.ts';
import { type Details, fillTemplate } from '../source/message-template.ts';
import { locateInText } from './document-text.ts';

/** More losses than this tell a person nothing more; what is written does not depend on them. */
const maxLosses = 1000;

type Lost = { readonly code: LossCode; readonly pointer: string; readonly details: Details };

/** One model being written, and what the format has no words for. */
export class Writing {
  readonly model: ConnectorModel;
  readonly #lost = new Map<string, Lost>();

  constructor(model: ConnectorModel) {
    this.model = model;
  }

  /** Notes that other readers will not see something. `pointer` is where it stands, or would stand, in the written document. */
  lose(code: LossCode, pointer: string, details: Details = {}): void {
    if (this.#lost.size < maxLosses)
      this.#lost.set(`${code} ${pointer} ${JSON.stringify(details)}`, { code, pointer, details });
  }

  /** The losses, each with its place in the text of the written document. */
  losses(name: string, document: JsonObject): readonly Loss[] {
    if (this.#lost.size === 0) return [];
    const locate = locateInText(document);
    return [...this.#lost.values()].map(({ code, pointer, details }) => {
      const [kind, template] = lossTable[code];
      return { code, kind, message: fillTemplate(template, details), source: name, pointer, ...locate(pointer) };
    });
  }
}

/** An object of the members that are there. */
export function members(all: { readonly [name: string]: JsonValue | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}

/** A text that says something, else nothing. */
export function someText(text: string): string | undefined {
  return text === '' ? undefined : text;
}

/** A list that holds something, else nothing. */
export function someItems(items: readonly JsonValue[]): readonly JsonValue[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** A map as an object. */
export function fromMap<Value>(
  map: ReadonlyMap<string, Value>,
  write: (value: Value, name: string) => JsonValue,
): JsonObject {
  return Object.fromEntries([...map].map(([name, value]) => [name, write(value, name)]));
}
