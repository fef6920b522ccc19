import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { nearestName } from '../structure/nearest-name.ts';

export const formatUnknown: Rule = {
  code: 'format-unknown',
  ecosystemNames: ['UnrecognizedTypeFormat'],
  group: 'technical',
  severity: 'info',
  title: 'A format is one that connectors know.',
  why: 'Another one has no effect on how a value is entered or checked.',
  bad: '"type": "string", "format": "datetime"',
  good: '"type": "string", "format": "date-time"',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      const format = member(node.value, 'format');
      if (typeof format !== 'string' || format === '' || known.includes(format) || subject.version !== '2.0') continue;
      const plain = format.toLowerCase().replace(/[_\s]/g, '-');
      const meant = (): string | undefined => synonyms[plain] ?? nearestName(format, known);
      report(
        `${node.pointer}/format`,
        `${capital(nameOf(node))} has the format "${format}", which is not known and has no effect.`,
        { suggestion: () => (meant() === undefined ? undefined : `Did you mean "${meant()}"?`) },
      );
    }
  },
};

const known: readonly string[] = [
  'int32',
  'int64',
  'float',
  'double',
  'byte',
  'binary',
  'date',
  'date-time',
  'password',
  'date-no-tz',
  'email',
  'html',
  'uri',
  'uuid',
];

const synonyms: Readonly<Record<string, string>> = {
  datetime: 'date-time',
  timestamp: 'date-time',
  url: 'uri',
  guid: 'uuid',
  base64: 'byte',
  int: 'int32',
  integer: 'int32',
  long: 'int64',
  decimal: 'double',
};
