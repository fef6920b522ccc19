import { compile, type JsonValue, scopeFromInputs, toText } from '@patchbay/expression';
import type { Liquid } from 'liquidjs';

type Filter = Parameters<Liquid['registerFilter']>[1];

/** Formats with .NET's date formats, in which a template of DotLiquid writes them. */
const formatDate = compile("@formatDateTime(parameters('date'),parameters('format'))");

/** Every filter under its name as DotLiquid has it on the platform: `divided_by` is `DividedBy` there. */
export function platformFilters(engine: Liquid): readonly (readonly [string, Filter])[] {
  const own = Object.entries(engine.filters).map(([name, filter]): readonly [string, Filter] => [
    pascalCase(name),
    filter,
  ]);
  return [...own, ['Date', dotNetDate(engine)]];
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** A format with percent signs is of Liquid itself; what is no date stays as it is. */
function dotNetDate(engine: Liquid): Filter {
  const strftime = engine.filters['date'];
  return function date(this: unknown, given: unknown, format: unknown) {
    if (typeof format !== 'string' || format.includes('%')) {
      return typeof strftime === 'function' ? strftime.call(this as never, given, format) : given;
    }
    try {
      // What templates pass on is of the JSON that they were given.
      const parameters = { date: given as JsonValue, format };
      return toText(formatDate(scopeFromInputs({ parameters })));
    } catch {
      return given;
    }
  };
}
