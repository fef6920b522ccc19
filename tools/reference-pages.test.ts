import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration, settingGroups } from '@patchbay/server';
import { expect, it } from 'vitest';
import { staleReferencePages } from './reference-pages.ts';

const variables = settingGroups.flatMap((group) => [...group.variables]);
const docs = join(import.meta.dirname, '../docs');

it('keeps the pages of configuration and of errors as the code has them', () => {
  expect(staleReferencePages(docs)).toEqual([]);
});

it('names on the page of configuration exactly the variables that the server asks for', () => {
  const asked = new Set<string>();
  const environment = new Proxy<{ [name: string]: string }>(
    {},
    {
      get: (_target, name) => {
        asked.add(String(name));
        return undefined;
      },
    },
  );
  readConfiguration(environment);
  const page = readFileSync(join(docs, 'configuration.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
  const others = [...page.matchAll(/\bPATCHBAY_[A-Z_]+/g)].map(([name]) => name).filter((name) => !rows.includes(name));
  const otherNames: readonly string[] = variables.flatMap((variable) =>
    'otherName' in variable ? [variable.otherName] : [],
  );
  expect({ rows, others }).toEqual({ rows: [...asked].filter((name) => !otherNames.includes(name)), others: [] });
});

it('gives examples that the server takes', () => {
  const environment = Object.fromEntries(variables.map(({ name, example }) => [name, example]));
  const secret = { PATCHBAY_METRICS_TOKEN: 'a-token-for-prometheus' };
  expect(readConfiguration({ ...environment, ...secret })).toMatchObject({ port: 8080, host: '0.0.0.0' });
});
