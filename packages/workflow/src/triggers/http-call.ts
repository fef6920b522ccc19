import { ExpressionError } from '@patchbay/expression';
import { readRecord, readText } from '../actions/call.ts';
import { checkHttpAuthentication } from '../actions/http-authentication.ts';
import type { ActionCompiler } from '../plan/action-compiler.ts';
import { isObject, member, textMember } from '../plan/json.ts';
import { valueMember } from '../run/value-types.ts';
import type { EvaluateCall } from './connector-call.ts';
import type { TriggerDefinition } from './trigger-kind.ts';

const notOfTheRequest = new Set(['retrypolicy', 'subscribe', 'unsubscribe']);

/** Compiles a request to any address: `inputs` itself, or its member `subscribe` or `unsubscribe`. */
export function compileHttpCall(
  source: TriggerDefinition,
  compiler: ActionCompiler,
  part: { readonly name?: 'subscribe' | 'unsubscribe'; readonly method: string },
): EvaluateCall {
  const inputs = member(source.definition, 'inputs');
  const given = part.name === undefined ? inputs : member(inputs, part.name);
  const pointer = `${source.pointer}/inputs${part.name === undefined ? '' : `/${part.name}`}`;
  if (textMember(given, 'uri') === undefined && textMember(given, 'url') === undefined) {
    const what = part.name === undefined ? 'uri' : `uri to ${part.name}`;
    compiler.report('trigger-invalid', 'error', `trigger "${source.name}" names no ${what}`, pointer);
  }
  checkHttpAuthentication(source.name, given, pointer, compiler);
  const request = isObject(given)
    ? Object.fromEntries(Object.entries(given).filter(([name]) => !notOfTheRequest.has(name.toLowerCase())))
    : {};
  const evaluate = compiler.evaluator(request, pointer);
  return ({ scope }) => {
    const evaluated = evaluate(scope);
    const uri = readText(valueMember(evaluated, 'uri') ?? valueMember(evaluated, 'url')) ?? '';
    if (uri.trim() === '') throw new ExpressionError(`the 'uri' of trigger '${source.name}' is empty.`);
    const body = valueMember(evaluated, 'body');
    const cookie = readText(valueMember(evaluated, 'cookie'));
    const authentication = valueMember(evaluated, 'authentication');
    return {
      kind: 'http',
      method: (readText(valueMember(evaluated, 'method')) ?? part.method).toUpperCase(),
      uri,
      queries: readRecord(valueMember(evaluated, 'queries')),
      headers: readRecord(valueMember(evaluated, 'headers')),
      ...(body === undefined ? {} : { body }),
      ...(cookie === undefined || cookie === '' ? {} : { cookie }),
      ...(authentication === undefined || authentication === null ? {} : { authentication }),
    };
  };
}
