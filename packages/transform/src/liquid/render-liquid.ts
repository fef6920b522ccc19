import { type JsonValue, parseJson, stringify, type Value } from '@patchbay/expression';
import { Liquid } from 'liquidjs';
import { TransformError } from '../errors.ts';
import { platformFilters } from './platform-filters.ts';
import { xmlAsJson } from './xml-as-json.ts';

export type LiquidRequest = {
  readonly from: 'json' | 'xml';
  readonly to: 'json' | 'text';
  /** A JSON value, or the text of an XML document. */
  readonly content: Value;
  readonly template: string;
  /** Templates that this one may include: file name → text. */
  readonly templates: Readonly<Record<string, string>>;
};

const limits = { parseLimit: 1_000_000, renderLimit: 20_000, memoryLimit: 50_000_000 };

/**
 * Renders a Liquid template. The content is `content` in it, as in DotLiquid on the platform, whose filters have names in upper case
 * (`Upcase`, `DividedBy`) beside those of Liquid. Throws `TransformError`.
 */
export async function renderLiquid(request: LiquidRequest): Promise<Value> {
  const engine = new Liquid({
    ...limits,
    templates: { ...request.templates },
    ownPropertyOnly: true,
    strictFilters: false,
    strictVariables: false,
    jekyllInclude: false,
  });
  for (const [name, filter] of platformFilters(engine)) engine.registerFilter(name, filter);
  const content = request.from === 'xml' ? xmlAsJson(request.content) : plain(request.content);
  const text = await render(engine, request.template, content);
  return request.to === 'text' ? text : readJson(text);
}

async function render(engine: Liquid, template: string, content: JsonValue): Promise<string> {
  const parsed = (() => {
    try {
      return engine.parse(template);
    } catch (error) {
      throw new TransformError('ArtifactInvalid', `The Liquid template cannot be used: ${messageOf(error)}`, {
        cause: error,
      });
    }
  })();
  try {
    // The type of what is rendered says `any`; without streams it is text.
    return String(await engine.render(parsed, { content }));
  } catch (error) {
    const isLimit = /limit exceeded/i.test(messageOf(error));
    const code = isLimit ? 'TransformationLimitExceeded' : 'TransformationFailed';
    throw new TransformError(code, `The Liquid template failed: ${messageOf(error)}`, { cause: error });
  }
}

/** As data without the marks of the expression language. */
function plain(value: Value): JsonValue {
  return JSON.parse(stringify(value)) as JsonValue;
}

/** What a template writes may have commas before closing brackets, as the platform's reader allows. */
function readJson(text: string): Value {
  const tidy = text.replace(/"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/g, (part) => (part === ',' ? '' : part));
  try {
    return parseJson(tidy);
  } catch (error) {
    throw new TransformError(
      'TransformationFailed',
      `What the Liquid template wrote is not JSON: ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  }
}

function messageOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line;
}
