import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runWorkflows } from './workflows.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-conformance-'));
  const triggers = { manual: { type: 'Request' } };
  const flow = (actions: object) => JSON.stringify({ definition: { triggers, actions } });
  const files = {
    'broken-expression.json': flow({ A: { type: 'Compose', inputs: "@concat('a'" }, B: { type: 'Magic' } }),
    'good.json': `\uFEFF${flow({ A: { type: 'Compose', inputs: "@{guid()} and @{utcNow()} @{toLower('X')}" } })}`,
    'not-a-flow.json': '{"a": "@utcNow()"}',
    'not-json.json': '{"definition": ',
    'notes.txt': 'not looked at',
    'unsupported.json': flow({
      A: { type: 'Magic', inputs: '@utcNow()' },
      B: { type: 'Magic' },
      C: { type: 'Spell' },
    }).replace('Request', 'Crystal'),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('tells what fails from what is not supported yet, and counts the expressions', async () => {
  expect(await runWorkflows(folder, { runEvery: 1 })).toMatchInlineSnapshot(`
    {
      "failed": 3,
      "lines": [
        "failed: broken-expression.json: expression-invalid at /actions/A/inputs: The template language expression '@concat('a'' is not valid: ')' is expected, and there is the end of the expression, at line 1 and column 12.",
        "failed: not-a-flow.json: not a workflow file",
        "failed: not-json.json: not JSON",
        "unsupported action Magic: 3",
        "unsupported action Spell: 1",
        "unsupported trigger Crystal: 1",
        "does not parse: broken-expression.json: The template language expression '@concat('a'' is not valid: ')' is expected, and there is the end of the expression, at line 1 and column 12.",
        "5 expressions: 4 parse, 1 do not",
        "round-trip definition: 3 the same, 0 with losses that are told",
        "round-trip wrapped: 3 the same, 0 with losses that are told",
        "round-trip resource: 3 the same, 0 with losses that are told",
        "round-trip template: 3 the same, 0 with losses that are told",
        "round-trip standard: 3 the same, 0 with losses that are told",
        "round-trip package: 3 the same, 0 with losses that are told",
        "round-trip solution: 3 the same, 0 with losses that are told",
        "1 flows run twice: 2 succeeded, 0 ended by the flow itself, 0 engine errors, 0 not explained (100.0 % explained)",
        "1 of 1 actions were executed; 0 answers are as a connector's definition says",
        "1 of 4 definitions compile (25.0 %); 1 more use types that are refused, so of all 20.0 %",
      ],
      "passed": 1,
      "shortfalls": [
        "less than 97.0 % compile",
      ],
      "skipped": 1,
    }
  `);
});

it('takes a single file', async () => {
  expect(await runWorkflows(join(folder, 'good.json'), { runEvery: 2 })).toEqual({
    passed: 1,
    failed: 0,
    skipped: 0,
    lines: [
      '3 expressions: 3 parse, 0 do not',
      'round-trip definition: 1 the same, 0 with losses that are told',
      'round-trip wrapped: 1 the same, 0 with losses that are told',
      'round-trip resource: 1 the same, 0 with losses that are told',
      'round-trip template: 1 the same, 0 with losses that are told',
      'round-trip standard: 1 the same, 0 with losses that are told',
      'round-trip package: 1 the same, 0 with losses that are told',
      'round-trip solution: 1 the same, 0 with losses that are told',
      '0 flows run twice: 0 succeeded, 0 ended by the flow itself, 0 engine errors, 0 not explained (100.0 % explained)',
      "0 of 0 actions were executed; 0 answers are as a connector's definition says",
      '1 of 1 definitions compile (100.0 %); 0 more use types that are refused, so of all 100.0 %',
    ],
    shortfalls: [],
  });
});
