import type { Subject } from '../subject.ts';
import type { OperationView } from './operation-view.ts';
import { listOf } from './resolve.ts';

/** What an operation of a 2.0 definition says it sends or answers with: its own list, else the definition's; lower case, bare. */
export function mediaTypesOf(
  subject: Subject,
  operation: OperationView,
  name: 'consumes' | 'produces',
): readonly string[] {
  const holder = Array.isArray(operation.value[name]) ? operation.value : subject.root;
  return listOf(holder, name).flatMap((one) => (typeof one === 'string' ? [bare(one)] : []));
}

export function isFormType(type: string): boolean {
  return type === 'multipart/form-data' || type === 'application/x-www-form-urlencoded';
}

function bare(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim().toLowerCase();
}
