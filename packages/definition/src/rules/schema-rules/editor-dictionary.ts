import { isObject, member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { typesOf } from '../structure/values.ts';

export const editorDictionary: Rule = {
  code: 'editor-dictionary',
  ecosystemNames: ['InvalidCustomEditorExtensionDictionaryValue'],
  group: 'technical',
  severity: 'warning',
  title: 'The dictionary editor is for objects with additionalProperties.',
  why: 'It edits names and values; where names are not free there is nothing to edit.',
  bad: '"type": "string", "x-ms-editor": "dictionary"',
  good: '"type": "object", "additionalProperties": { "type": "string" }, "x-ms-editor": "dictionary"',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      if (node.value['x-ms-editor'] !== 'dictionary') continue;
      const additional = member(node.value, 'additionalProperties');
      const isOpen = isObject(additional) || additional === true;
      if (isOpen && (typesOf(node.value)[0] ?? 'object') === 'object') continue;
      report(
        `${node.pointer}/x-ms-editor`,
        `${capital(nameOf(node))} has the dictionary editor and is no object with additionalProperties.`,
      );
    }
  },
};
