import { closestName } from '../closest-name.ts';
import { functions } from './function-table.ts';

const maxNameLength = 40;

/** That a function does not exist, and which one may be meant where that is looked for. */
export function describeUnknown(name: string, suggests = true): string {
  const close = suggests ? closestFunction(name) : undefined;
  return `The template function '${name}' is not defined or not valid.${close === undefined ? '' : ` Did you mean '${close}'?`}`;
}

/** The function whose name is nearest to one that does not exist, if any is near. */
export function closestFunction(name: string): string | undefined {
  if (name.length > maxNameLength) return undefined;
  const names = functions.map((one) => one.name);
  return closestName(name, names, 3);
}
