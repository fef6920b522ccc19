import { compile, type Evaluator, type Scope, type Value } from '@patchbay/expression';

/**
 * The language's own functions applied to values that are already there: the template reads them as parameters, e.g.
 * `@addDays(parameters('from'),parameters('count'))`. Throws the `ExpressionError` that the function throws in an expression.
 */
export function languageFunction(
  template: string,
): (scope: Scope, operands: { readonly [name: string]: Value }) => Value {
  const evaluate: Evaluator = compile(template);
  return (scope, operands) => {
    const narrowed = Object.create(scope, {
      parameter: { value: (name: string) => operands[name] ?? null },
      // A scope keeps the time to itself: only it can be asked.
      now: { value: () => scope.now() },
    }) as Scope;
    return evaluate(narrowed);
  };
}
