import type { Rule } from '../rule.ts';
import { dynamicCalls } from '../structure/dynamic-calls.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { nearestName } from '../structure/nearest-name.ts';
import { memberPlace, type Place, textOf } from '../structure/resolve.ts';

export const operationIdNotFound: Rule = {
  code: 'operation-id-not-found',
  ecosystemNames: ['OperationIdNotFound'],
  group: 'technical',
  severity: 'warning',
  title: 'An operation that an extension names exists.',
  why: 'The choice stays empty, the sample is not fetched, the connection is not tested.',
  bad: '"x-ms-dynamic-values": { "operationId": "ListBook", "value-path": "id" }',
  good: '"x-ms-dynamic-values": { "operationId": "ListBooks", "value-path": "id" }',
  check(subject, report) {
    const ids = new Set(subject.operations.map((operation) => operation.id));
    const check = (place: Place | undefined, what: string): void => {
      const id = place === undefined ? '' : textOf(place.value, 'operationId');
      if (place === undefined || id === '' || ids.has(id)) return;
      const meant = (): string | undefined => nearestName(id, ids);
      report(`${place.pointer}/operationId`, `${what} names the operation ${id}, which there is not.`, {
        suggestion: () => (meant() === undefined ? undefined : `Did you mean "${meant()}"?`),
      });
    };
    for (const call of subject.derive(dynamicCalls)) check(call, `${capital(nameOf(call.holder))}`);
    for (const operation of subject.operations) {
      check(memberPlace(operation, 'x-ms-notification'), `x-ms-notification of ${operation.title}`);
      const context = memberPlace(operation, 'x-ms-operation-context');
      check(context && memberPlace(context, 'simulate'), `x-ms-operation-context of ${operation.title}`);
    }
    const capabilities = memberPlace({ value: subject.root, pointer: '' }, 'x-ms-capabilities');
    if (capabilities === undefined) return;
    check(memberPlace(capabilities, 'testConnection'), 'testConnection of x-ms-capabilities');
    const picker = memberPlace(capabilities, 'file-picker');
    for (const name of picker === undefined ? [] : ['open', 'browse']) {
      check(picker && memberPlace(picker, name), `file-picker of x-ms-capabilities`);
    }
  },
};
