import type { Rule } from '../rule.ts';
import { isFormType, mediaTypesOf } from '../structure/media-types.ts';
import type { OperationView } from '../structure/operation-view.ts';
import { typesOf } from '../structure/values.ts';
import type { Subject } from '../subject.ts';

export const mediaTypeSchema: Rule = {
  code: 'media-type-schema',
  ecosystemNames: ['MimeTypeNotCompatibleWithRequestContentSchemaType'],
  group: 'technical',
  severity: 'warning',
  title: 'What an operation consumes fits what it sends.',
  why: 'A form is sent as a form, a file needs multipart/form-data, and an object cannot be sent as plain text.',
  bad: '"consumes": ["application/json"], "parameters": [{ "name": "file", "in": "formData", "type": "file" }]',
  good: '"consumes": ["multipart/form-data"], "parameters": [{ "name": "file", "in": "formData", "type": "file" }]',
  check(subject, report) {
    if (subject.version !== '2.0') return;
    for (const operation of subject.operations) {
      const problem = findConflict(subject, operation, mediaTypesOf(subject, operation, 'consumes'));
      if (problem !== undefined) report(operation.pointer, `${operation.title}: ${problem}`);
    }
  },
};

function findConflict(subject: Subject, operation: OperationView, types: readonly string[]): string | undefined {
  if (types.length === 0) return undefined;
  const form = operation.parameters.filter((one) => one.in === 'formData');
  const isStated = Array.isArray(operation.value['consumes']);
  if (form.some((one) => one.value['type'] === 'file') && isStated && !types.includes('multipart/form-data')) {
    return 'it sends a file, which needs multipart/form-data under consumes.';
  }
  if (form.length > 0 && isStated && !types.some(isFormType)) {
    return 'it sends a form; name multipart/form-data or application/x-www-form-urlencoded under consumes.';
  }
  const schema = operation.body?.schema && subject.resolve(operation.body.schema);
  if (schema === undefined) return undefined;
  if (isStated && types.every(isFormType)) return 'it sends a body, and consumes only forms. Use formData parameters.';
  const [type = 'any'] = typesOf(schema.value);
  const isCompound = type === 'object' || type === 'array';
  return isCompound && types.every((one) => one === 'text/plain')
    ? `it sends an ${type} as text/plain. Name application/json under consumes.`
    : undefined;
}
