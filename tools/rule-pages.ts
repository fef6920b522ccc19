import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeRules, type RuleDescription } from '@patchbay/definition';
import { flowFindingsPage } from './flow-findings-page.ts';

/** The pages of `docs/rules/` by file name, made from what each rule says of itself. */
export function rulePages(): ReadonlyMap<string, string> {
  const rules = describeRules();
  return new Map([
    ['README.md', indexPage(rules)],
    ...rules.map((rule) => [`${rule.code}.md`, rulePage(rule)] as const),
  ]);
}

/** What of the pages in a folder is not as it should be: the names of files that differ, are missing or left over. */
export function stalePages(folder: string): readonly string[] {
  const pages = rulePages();
  const present = new Set(readdirSync(folder));
  const wrong = [...pages].filter(
    ([name, text]) => !present.has(name) || readFileSync(join(folder, name), 'utf8') !== text,
  );
  return [...wrong.map(([name]) => name), ...[...present].filter((name) => !pages.has(name))];
}

const checkedWhen: Readonly<Record<RuleDescription['group'], string>> = {
  technical: 'whenever a description is read',
  certification: 'when certification is asked for (`connector validate --certification`)',
};

function rulePage(rule: RuleDescription): string {
  const names = rule.ecosystemNames.map((name) => `\`${name}\``).join(', ');
  return [
    `# ${rule.code}`,
    '',
    rule.title,
    '',
    `* **Severity:** ${rule.severity}`,
    `* **Checked:** ${checkedWhen[rule.group]}`,
    ...(names === '' ? [] : [`* **In the ecosystem’s validator:** ${names}`]),
    '',
    '## Why',
    '',
    rule.why,
    '',
    '## Not like this',
    '',
    ...code(rule.bad),
    '',
    '## Like this',
    '',
    ...code(rule.good),
    '',
    '[All rules](README.md)',
    '',
  ].join('\n');
}

function code(text: string): readonly string[] {
  const language = text.startsWith('<')
    ? 'xml'
    : text.startsWith('curl')
      ? 'sh'
      : /^["{[]/.test(text)
        ? 'json'
        : 'text';
  return [`\`\`\`${language}`, text, '```'];
}

function indexPage(rules: readonly RuleDescription[]): string {
  const table = (group: RuleDescription['group']): readonly string[] => [
    '| rule | severity | what is asked |',
    '| --- | --- | --- |',
    ...rules
      .filter((rule) => rule.group === group)
      .map((rule) => `| [${rule.code}](${rule.code}.md) | ${rule.severity} | ${rule.title.replaceAll('|', '\\|')} |`),
  ];
  return [
    '# Rules for descriptions',
    '',
    'What a connector’s description is checked for. An **error** makes an operation, or the whole, unusable or unacceptable; a **warning** is something that was coped with or that a reviewer may object to; an **info** is worth knowing.',
    '',
    'These pages are made by `node tools/rule-pages.ts --write` from what each rule says of itself.',
    '',
    '## Technical',
    '',
    `Checked ${checkedWhen.technical}.`,
    '',
    ...table('technical'),
    '',
    '## Certification',
    '',
    `Checked ${checkedWhen.certification}.`,
    '',
    ...table('certification'),
    '',
  ].join('\n');
}

if (import.meta.main) {
  const root = resolve(fileURLToPath(import.meta.url), '../..');
  const folder = join(root, 'docs/rules');
  const flowPage = join(root, 'docs/flow-findings.md');
  mkdirSync(folder, { recursive: true });
  if (process.argv.includes('--write')) {
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    for (const [name, text] of rulePages()) writeFileSync(join(folder, name), text);
    writeFileSync(flowPage, flowFindingsPage());
  }
  const isStale = readFileSync(flowPage, 'utf8') !== flowFindingsPage();
  const stale = [...stalePages(folder), ...(isStale ? ['flow-findings.md'] : [])];
  console.log(stale.length === 0 ? 'rule pages: up to date' : `rule pages to write again: ${stale.join(', ')}`);
  process.exitCode = stale.length === 0 ? 0 : 1;
}
