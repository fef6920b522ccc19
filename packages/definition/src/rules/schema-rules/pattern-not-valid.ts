import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const patternNotValid: Rule = {
  code: 'pattern-not-valid',
  ecosystemNames: ['PatternShouldBeValidRegularExpression'],
  group: 'technical',
  severity: 'warning',
  title: 'A pattern is a regular expression.',
  why: 'It cannot be checked, and tools that check values refuse the description.',
  bad: '"type": "string", "pattern": "^[a-z+$"',
  good: '"type": "string", "pattern": "^[a-z]+$"',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      const pattern = member(node.value, 'pattern');
      if (typeof pattern !== 'string' || isRegularExpression(pattern)) continue;
      report(
        `${node.pointer}/pattern`,
        `${capital(nameOf(node))}: the pattern "${pattern}" is not a regular expression.`,
      );
    }
  },
};

/** As ECMA-262 has it (JSON Schema §6.3.3), in either of its modes; it is only parsed, never run. */
function isRegularExpression(pattern: string): boolean {
  return ['u', ''].some((flags) => {
    try {
      new RegExp(pattern, flags);
      return true;
    } catch {
      return false;
    }
  });
}
