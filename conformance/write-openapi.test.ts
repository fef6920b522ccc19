import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readConnector, writeOpenApi, writeText } from '@patchbay/definition';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { bindOperations } from './bind-operations.ts';
import { walkFiles } from './walk-files.ts';

const corpus = join(import.meta.dirname, '../../shared/corpus/connectors');
const page = readFileSync(join(import.meta.dirname, '../docs/conformance.md'), 'utf8');

it.skipIf(!existsSync(corpus))(
  'writes every connector as valid OpenAPI 3.1 that binds to the same requests, but those that the page names (needs ../shared/corpus)',
  async () => {
    const exceptions: string[] = [];
    for (const file of walkFiles(corpus).filter((name) => name.endsWith('.swagger.json'))) {
      const { model } = readConnector({ definition: { name: file, content: readFileSync(file) } }, { checks: 'none' });
      if (model === undefined) continue;
      const title = dirname(file).split('/').at(-1) ?? '';
      const text = writeText(writeOpenApi(model).document);
      if (!(await new Validator().validate(JSON.parse(text))).valid) exceptions.push(`${title} is not valid`);
      const back = readConnector({ definition: { name: file, content: text } }, { checks: 'none' }).model;
      const again = new Map((back ? bindOperations(back, model) : []).map((one) => [one.operationId, one]));
      for (const { operationId, requests } of bindOperations(model)) {
        if (requests.join() !== again.get(operationId)?.requests.join()) exceptions.push(`${title} ${operationId}`);
      }
    }
    expect(exceptions.filter((exception) => !page.includes(exception))).toEqual([]);
  },
  180_000,
);
