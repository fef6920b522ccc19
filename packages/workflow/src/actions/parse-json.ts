import { parseJson, type Value } from '@patchbay/expression';
import { member } from '../plan/json.ts';
import { createSchemaCheck, type SchemaCheck } from '../schema/schema-check.ts';
import { ActionFailure } from './action-failure.ts';
import { type ActionKind, succeeded } from './action-kind.ts';
import { contentText } from './content.ts';

/** Parses JSON text (or takes a value as it is) and checks it against a JSON Schema. */
export const parseJsonAction: ActionKind = {
  type: 'ParseJson',
  compile(source, context) {
    const content = context.evaluator(member(source.inputs, 'content') ?? null, `${source.pointer}/inputs/content`);
    const schemaSource = member(source.inputs, 'schema');
    const literal = typeof schemaSource === 'object' ? schemaSource : undefined;
    const dynamic =
      typeof schemaSource === 'string' ? context.evaluator(schemaSource, `${source.pointer}/inputs/schema`) : undefined;
    let check: SchemaCheck | undefined;
    return {
      role: 'plain',
      blocks: [],
      execute(step) {
        const given = content(step.scope);
        const schema = (dynamic?.(step.scope) ?? literal ?? {}) as Value;
        const inputs = { content: given, schema };
        if (given === null) {
          throw new ActionFailure('InvalidTemplate', nullContent(source.name), inputs);
        }
        const value = parseContent(given, source.name, inputs);
        if (check === undefined || dynamic !== undefined) check = createSchemaCheck(schema);
        const problems = check(value);
        if (problems.length > 0) {
          const message = problems.map((problem) => problem.message).join(' ');
          throw new ActionFailure('ValidationFailed', message, inputs, { errors: problems });
        }
        return succeeded(inputs, { body: value });
      },
    };
  },
};

function nullContent(action: string): string {
  return (
    `Unable to process template language expressions in action '${action}' inputs at line '0' and column '0': ` +
    `'Required property 'content' expects a value but got null. Path ''.'`
  );
}

function parseContent(given: Value, action: string, inputs: Value): Value {
  const text = contentText(given);
  if (text === undefined) return given;
  try {
    return parseJson(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ActionFailure('InvalidTemplate', `The content of action '${action}' is not JSON: ${reason}`, inputs);
  }
}
