import { describeFlowRules, type FlowRuleDescription } from '@patchbay/workflow';

/** `docs/flow-findings.md`, made from what each rule for flows says of itself. */
export function flowFindingsPage(): string {
  const rules = describeFlowRules();
  return [
    '# Findings about flows',
    '',
    'What a flow’s definition is checked for when it is saved, and by `patchbay workflow validate`. A flow with an **error** is not saved; a **warning** tells of something that will fail when it is reached, or that the platform would not take.',
    '',
    'This page is made by `node tools/rule-pages.ts --write` from what each rule says of itself.',
    '',
    '| code | severity | what is asked |',
    '| --- | --- | --- |',
    ...rules.map(
      (rule) => `| [${rule.code}](#${rule.code}) | ${rule.severity} | ${rule.title.replaceAll('|', '\\|')} |`,
    ),
    '',
    ...rules.flatMap(section),
  ].join('\n');
}

function section({ code, severity, title, why, bad, good }: FlowRuleDescription): readonly string[] {
  const example = (text: string): readonly string[] => ['```json', text, '```', ''];
  return [
    `## ${code}`,
    '',
    `**${severity}.** ${title} ${why}`,
    '',
    'Not like this:',
    '',
    ...example(bad),
    'Like this:',
    '',
    ...example(good),
  ];
}
