import { isDeepStrictEqual } from 'node:util';
import {
  type ConnectorModel,
  isPolicyUsable,
  type JsonValue,
  type OperationModel,
  parsePolicyText,
  readPolicyParameters,
  resolveSchema,
} from '@patchbay/definition';
import { conforms } from '../conforms.ts';
import type { JudgeableRequest } from './prism-judge.ts';

/** What stands in a definition of a call that the mock did not accept. */
export type Case = {
  readonly model: ConnectorModel;
  readonly operation: OperationModel;
  readonly values: { readonly [name: string]: JsonValue };
  /** As it came; absent when none did. */
  readonly request?: JudgeableRequest;
};

type Rule = {
  readonly why: string;
  /** The problems that it may explain. */
  readonly problem: RegExp;
  readonly applies: (of: Case) => boolean;
};

/** Why a call is not accepted that is made as it is described. Each judges by what stands in the definition; none knows a name. */
const rules: readonly Rule[] = [
  {
    why: 'the definition describes no answer',
    problem: /^No response defined/,
    applies: ({ operation }) => operation.responses.length === 0,
  },
  {
    why: 'the definition describes a redirect and no success; it is followed to an address that Prism makes up',
    problem: /^The answer 3\d\d came as /,
    applies: ({ operation }) => !operation.responses.some(({ status }) => /^(2\d\d|default)$/i.test(status)),
  },
  {
    why: 'the definition names a header parameter as no header can be named (RFC 9110 §5.1)',
    problem: /is not the name of a header/,
    applies: ({ operation }) =>
      operation.parameters.some(({ in: place, name }) => place === 'header' && !/^[\w!#$%&'*+.^`|~-]+$/.test(name)),
  },
  {
    why: 'the definition contradicts itself: type, choices, pattern and format of a value leave none that all of them allow',
    problem: /must (be|match)/,
    applies: allowsNothing,
  },
  {
    why: 'the definition asks of the operation another credential than connections have, which is that of the whole connector',
    problem: /^Invalid security scheme/,
    applies: ({ model, operation: { security } }) =>
      security !== undefined && !isDeepStrictEqual(security, model.security),
  },
  {
    why: 'a policy takes the host from a parameter that the call need not give',
    problem: /The address of the API needs /,
    applies: takesHostFromParameter,
  },
  {
    why: 'a body is described as one value and sent as a form: Prism checks forms by their fields only',
    problem: /content type|body/i,
    applies: ({ operation, request }) => operation.body !== undefined && isForm(request),
  },
  {
    why: 'a body is described as JSON and sent under another media type, which its own parameter names: Prism reads text',
    problem: /^Request body must be /,
    applies: ({ model, operation: { body }, request }) =>
      body !== undefined &&
      ['object', 'array'].includes(resolveSchema(model, body.schema).kind) &&
      !/json/i.test(request?.headers['content-type'] ?? ''),
  },
  {
    why: 'a parameter offers a multipart type: Prism compares the one that is sent, with its boundary, to the bare one',
    problem: /^Request header parameter content-type must be equal to /,
    applies: ({ request }) => (request?.headers['content-type'] ?? '').startsWith('multipart/'),
  },
  {
    why: 'Prism takes a list of one element in a form for text, and a list in lists of a query for a list of texts',
    problem: /must be array$/,
    applies: ({ model, operation: { parameters } }) =>
      parameters.some(({ in: place, schema }) => {
        if (schema.kind !== 'array') return false;
        return place === 'formData' || resolveSchema(model, schema.items).kind === 'array';
      }),
  },
  {
    why: 'a parameter asks for a media type of which the definition describes no answer: Prism has nothing to give',
    problem: /cannot produce a representation/,
    applies: ({ operation: { parameters } }) =>
      parameters.some(({ in: place, name }) => place === 'header' && name.toLowerCase() === 'accept'),
  },
  {
    why: 'a parameter is written in a style of OpenAPI 3, which an extension says and Prism does not read',
    problem: /must have required property|is not a function|Reserved characters|must be array/,
    applies: ({ operation: { parameters } }) => parameters.some(({ style }) => style !== undefined),
  },
  {
    why: 'the schema of the answer is more than Prism makes an example of',
    problem: /^Schema too complex/,
    applies: () => true,
  },
];

/** Why a call has the problems that it has, or undefined when no rule explains one of them. */
export function explain(problems: readonly string[], of: Case): string | undefined {
  const reasons = problems.map((text) => rules.find(({ problem, applies }) => problem.test(text) && applies(of))?.why);
  return reasons.includes(undefined) ? undefined : reasons[0];
}

function isForm(request: JudgeableRequest | undefined): boolean {
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(request?.headers['content-type'] ?? '');
}

/** Whether some value that was made for a parameter is none that its own schema allows. */
function allowsNothing({ model, operation: { parameters, body }, values }: Case): boolean {
  return [...parameters, ...(body === undefined ? [] : [body])].some(({ name, schema }) => {
    const value = values[name];
    return value !== undefined && schema.kind !== 'file' && !conforms(model, schema, value);
  });
}

function takesHostFromParameter({ model, operation: { parameters } }: Case): boolean {
  const templates = model.policies
    .filter(isPolicyUsable)
    .map(readPolicyParameters)
    .filter(({ template }) => template?.templateId === 'dynamichosturl');
  const needed = templates.flatMap(({ values }) => parsePolicyText(String(values.get('urlTemplate') ?? '')).parts);
  return needed.some((part) => {
    if (part.kind === 'text' || (part.root !== 'headers' && part.root !== 'queryParameters')) return false;
    const name = part.name?.toLowerCase();
    return !parameters.some((one) => one.required && one.name.toLowerCase() === name);
  });
}
