import type { Dynamic, ParameterValues } from '@patchbay/connector';
import { z } from 'zod';
import { jsonObject, jsonValue } from '../management/schemas.ts';

/** Which operation of which connection is filled in. */
export const dynamicParams = z.object({ connection: z.string(), operation: z.string() });

/** What was filled in so far, by parameter name or path. */
export const givenMember = { parameters: jsonObject.optional() };

export function givenOf(body: { readonly parameters?: object | undefined }): ParameterValues {
  return (body.parameters ?? {}) as ParameterValues;
}

/** `waiting` names what has to be chosen first; `none`: the description says nothing of it. */
export function dynamicAnswer<Name extends string>(name: Name) {
  return z.union([
    z.object({ kind: z.literal('found'), [name]: jsonValue }),
    z.object({ kind: z.literal('waiting'), missing: z.array(z.string()) }),
    z.object({ kind: z.literal('none') }),
  ]);
}

export function answerAs(name: string, found: Dynamic<unknown>): object {
  return found.kind === 'found' ? { kind: 'found', [name]: found.value } : found;
}
