import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ConnectorModel,
  type JsonObject,
  type JsonValue,
  readConnector,
  resolveSchema,
  type SchemaModel,
} from '@patchbay/definition';
import { expect, it } from 'vitest';
import { compile } from '../compile.ts';
import type { CallOptions, Operation, ParameterValues } from '../contract.ts';
import { ConnectorError } from '../errors.ts';
import { parameterNames } from '../sign-in/parameter-names.ts';

const corpus = join(import.meta.dirname, '../../../../../shared/corpus/connectors');

const options = {
  credential: { kind: 'none' },
  egress: { send: () => Promise.reject(new Error('it was sent')), close: () => Promise.resolve() },
  networkRules: { allow: [] },
  send: false,
} as const satisfies CallOptions & { readonly send: boolean };

const samples: { readonly [kind: string]: JsonValue } = {
  integer: 1,
  number: 1,
  boolean: true,
  array: ['filled-in'],
  object: {},
  file: { '$content-type': 'text/plain', $content: 'eA==' },
};

function sampleOf(model: ConnectorModel, given: SchemaModel, preset: JsonValue | undefined): JsonValue {
  const schema = resolveSchema(model, given);
  const [first] = schema.enum ?? [];
  if (schema.kind === 'array') return [sampleOf(model, schema.items, undefined)];
  if (preset !== undefined && preset !== '') return preset;
  return first ?? samples[schema.kind] ?? 'filled-in';
}

/** A value for every parameter. */
function argumentsOf(connector: ConnectorModel, { model }: Operation): ParameterValues {
  const { parameters, body } = model;
  return Object.fromEntries([
    ...parameters.map((one) => [one.name, sampleOf(connector, one.schema, one.default)]),
    ...(body === undefined ? [] : [[body.name, sampleOf(connector, body.schema, body.default)]]),
  ]) as JsonObject;
}

/**
 * What became of an operation: its policies acted, one of them failed, or it cannot be called: `undeclared` is a
 * policy that needs a parameter which the definition does not give to the operation. */
async function outcomeOf(
  model: ConnectorModel,
  operation: Operation,
  connectionParameters: JsonObject,
): Promise<string> {
  try {
    const { error, trace } = await operation.explain(argumentsOf(model, operation), {
      ...options,
      connectionParameters,
    });
    if (error === undefined) return trace.some(({ step }) => step === 'policy') ? 'acted' : 'none';
    const [, needed] = /needs (?:headers|queryParameters)\('(.+?)'\)/.exec(error.message) ?? [];
    if (needed !== undefined && !operation.model.parameters.some(({ name }) => name === needed)) return 'undeclared';
    // A value that only the API has is not asked for when nothing is sent.
    return error.message.includes('nothing is sent') ? 'asks' : `${error.code}: ${error.message}`;
  } catch (error) {
    if (error instanceof ConnectorError && error.message.includes('declares no such')) return 'undeclared';
    if (error instanceof ConnectorError && error.code.startsWith('parameter-')) return `unbound: ${error.message}`;
    throw error;
  }
}

it.skipIf(!existsSync(corpus))(
  'no policy of a published connector fails when its connection is filled in (needs ../shared/corpus)',
  async () => {
    const counts: Record<string, number> = { acted: 0, asks: 0, none: 0, undeclared: 0 };
    const failures: string[] = [];
    for (const kind of readdirSync(corpus)) {
      for (const name of readdirSync(join(corpus, kind))) {
        const folder = join(corpus, kind, name);
        const file = (base: string) => ({ name: base, content: readFileSync(join(folder, base)) });
        if (!existsSync(join(folder, 'apiProperties.json'))) continue;
        const properties = file('apiProperties.json');
        if (!/templateId/i.test(properties.content.toString())) continue;
        const { model } = readConnector(
          { definition: file('apiDefinition.swagger.json'), properties },
          { checks: 'none' },
        );
        if (model === undefined) continue;
        // One label is a host, a key and an identifier as well.
        const filledIn = Object.fromEntries([...parameterNames(model)].map((one) => [one, 'filled-in']));
        const connector = compile(model);
        for (const { operationId } of model.operations) {
          const outcome = await outcomeOf(model, connector.operation(operationId), filledIn);
          if (counts[outcome] === undefined) failures.push(`${name} ${operationId}: ${outcome}`);
          else counts[outcome] += 1;
        }
      }
    }
    expect(failures).toEqual([]);
    expect(counts['acted']).toBeGreaterThan(0);
  },
  120_000,
);
