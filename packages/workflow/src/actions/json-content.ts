import { parseJson, type Value } from '@patchbay/expression';
import { ActionFailure } from './action-failure.ts';
import { contentText } from './content.ts';

/** A JSON value as it is, or as text or an envelope holds it. Throws `ActionFailure` for text that is not JSON. */
export function jsonContent(given: Value, inputs: Value): Value {
  const text = contentText(given);
  if (text === undefined) return given;
  try {
    return parseJson(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ActionFailure('BadRequest', `The 'content' is not JSON: ${reason}`, inputs);
  }
}
