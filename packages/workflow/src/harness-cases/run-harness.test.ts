import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { askedPart } from './asked-part.ts';
import { caseMembers, listCases, readCase } from './harness-case.ts';
import { liveCase } from './live-case.ts';
import { runCase } from './run-case.ts';

const cases = listCases(import.meta.dirname);

it.each(cases)('$theme: $name', async (file) => {
  const given = readCase(file);
  const report = given.life === undefined ? await runCase(given) : await liveCase(given, given.life);
  expect(askedPart(report, given.expected)).toEqual(given.expected);
  const text = JSON.stringify(report);
  expect((given.absent ?? []).filter((secret) => text.includes(secret))).toEqual([]);
});

it('finds every case by a name of its own, in the folder of its theme', () => {
  const names = cases.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(name))).toEqual([]);
  expect(cases.filter(({ theme }) => theme === '' || theme.includes('/'))).toEqual([]);
});

it('passes over no file and no member of a case', () => {
  const themes = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const files = themes.flatMap(({ name }) =>
    readdirSync(`${import.meta.dirname}/${name}`).map((file) => `${name}/${file}`),
  );
  expect(files.sort()).toEqual(cases.map(({ theme, name }) => `${theme}/${name}.json`).sort());
  const unknown = cases.flatMap((file) =>
    Object.keys(readCase(file)).flatMap((member) => (caseMembers.has(member) ? [] : [`${file.name}: ${member}`])),
  );
  expect(unknown).toEqual([]);
  expect(cases.filter((file) => Object.keys(Object(readCase(file).expected)).length === 0)).toEqual([]);
});

it('has every run and theme that README.md names', () => {
  const text = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const targets = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target ?? '');
  expect(targets.length).toBeGreaterThan(100);
  expect(targets.filter((target) => !existsSync(join(import.meta.dirname, target)))).toEqual([]);
});
