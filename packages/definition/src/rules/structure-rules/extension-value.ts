import { escapePointer } from '../../source/pointer.ts';
import { describe } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { extensionTable } from '../structure/extension-table.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { describeShape, hasShape } from '../structure/shape.ts';

/** What reading reports by itself. */
const readerReports = new Set(['x-ms-trigger']);

export const extensionValue: Rule = {
  code: 'extension-value',
  ecosystemNames: ['JsonTypeIncorrect', 'JsonValueNotInEnum'],
  group: 'technical',
  severity: 'warning',
  title: 'The value of an extension is of its type, and one of its values where they are listed.',
  why: 'A value that is not understood is read as if the extension were not there.',
  bad: '"x-ms-visibility": "hidden"',
  good: '"x-ms-visibility": "internal"',
  check(subject, report) {
    for (const node of subject.allNodes()) {
      for (const [name, value] of Object.entries(node.value)) {
        const extension = Object.hasOwn(extensionTable, name) ? extensionTable[name] : undefined;
        if (extension === undefined || readerReports.has(name) || !extension.on.includes(node.kind)) continue;
        const pointer = `${node.pointer}/${escapePointer(name)}`;
        const { value: shape } = extension;
        if (!hasShape(value, shape)) {
          report(
            pointer,
            `${capital(nameOf(node))}: ${name} should be ${describeShape(shape)}, and is ${describe(value)}. It is ignored.`,
          );
        } else if (shape.kind === 'choice' && !shape.values.includes(String(value).toLowerCase())) {
          const stated = shape.values.filter((one) => one !== '').join(', ');
          report(pointer, `${capital(nameOf(node))}: ${name} is "${value}", which is none of ${stated}.`);
        }
      }
    }
  },
};
