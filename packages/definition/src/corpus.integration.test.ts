import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConnector } from './read-connector.ts';

const corpus = join(import.meta.dirname, '../../../../shared/corpus/connectors');

it.skipIf(!existsSync(corpus))('reads every published connector of the corpus (needs ../shared/corpus)', () => {
  const unread: string[] = [];
  for (const kind of readdirSync(corpus)) {
    for (const name of readdirSync(join(corpus, kind))) {
      const file = (base: string) => {
        const path = join(corpus, kind, name, base);
        return existsSync(path) ? { name: base, content: readFileSync(path) } : undefined;
      };
      const definition = file('apiDefinition.swagger.json');
      const properties = file('apiProperties.json');
      if (definition === undefined) continue;
      const { model } = readConnector({ definition, ...(properties !== undefined && { properties }) });
      if (model === undefined || model.operations.length === 0) unread.push(name);
    }
  }
  expect(unread).toEqual([]);
});
