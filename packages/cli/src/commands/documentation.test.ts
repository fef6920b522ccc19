import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commands } from './index.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/cli.md'), 'utf8');

/** The page's sections by command: from its heading to the next one. */
const sections = new Map(
  page
    .split(/^##+ /m)
    .filter((section) => section.startsWith('patchbay '))
    .map((section) => [section.slice('patchbay '.length, section.indexOf('\n')), section] as const),
);

it('has a section for every command and no other', () => {
  expect([...sections.keys()].sort()).toEqual(commands.map(({ name }) => name).sort());
});

it.each(commands.map((command) => [command.name, command] as const))('names what %s takes', (name, command) => {
  const section = sections.get(name) ?? '';
  const usage = [`patchbay ${name}`, ...command.arguments.map(({ notation }) => notation)].join(' ');
  expect(section.replaceAll("'", '')).toContain(`\`${usage}`);
  const documented = [...section.matchAll(/^\| `(--[^`]+)` \|/gm)].map(([, notation]) => notation);
  expect(documented).toEqual(command.options.map(({ notation }) => notation));
});
