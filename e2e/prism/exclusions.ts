import { type ConnectorModel, type OperationModel, resolveSchema, type SchemaModel } from '@patchbay/definition';

/** A reason why Prism's judgement of an operation says nothing about the platform, and how to tell. */
type Exclusion = {
  readonly why: string;
  readonly applies: (operation: OperationModel, model: ConnectorModel) => boolean;
};

const exclusions: readonly Exclusion[] = [
  { why: 'A flow does not call triggers as actions.', applies: ({ trigger }) => trigger !== undefined },
  {
    why: 'Prism makes up answers of documented ones only, and only a good one lets the action succeed.',
    applies: ({ responses }) => !responses.some(({ status }) => /^(2\d\d|default)$/.test(status)),
  },
  {
    why: 'Prism refuses every body where the definition names no media type for it, which OpenAPI 2.0 allows.',
    applies: (operation) => operation.consumes.length === 0 && hasBody(operation),
  },
  {
    why: 'Prism does not find path parameters whose names are no names of a URI template (RFC 6570 §2.3).',
    applies: ({ parameters }) => parameters.some(({ in: place, name }) => place === 'path' && !/^[\w.]+$/.test(name)),
  },
  {
    why: 'Prism takes an array in a form for text when it has one element.',
    applies: ({ parameters }) =>
      parameters.some(({ in: place, schema }) => place === 'formData' && schema.kind === 'array'),
  },
  {
    why: 'Prism compares a multipart type with its boundary to the bare type that the definition offers.',
    applies: (operation) => headerChoices(operation, 'content-type').some((type) => type.startsWith('multipart/')),
  },
  {
    why: 'The definition contradicts itself: a type that may be asked for is none that the operation produces.',
    applies: (operation) => {
      const { produces } = operation;
      return produces.length > 0 && headerChoices(operation, 'accept').some((type) => !produces.includes(type));
    },
  },
  {
    why: 'The definition contradicts itself: a default is none that its own pattern allows.',
    applies: ({ parameters, body }, model) =>
      [...parameters, ...(body === undefined ? [] : [body])].some(({ schema }) => refusesDefault(model, schema, 0)),
  },
];

/** Whether an operation's calls can be judged. */
export function isJudgeable(operation: OperationModel, model: ConnectorModel): boolean {
  return !exclusions.some(({ applies }) => applies(operation, model));
}

function hasBody({ parameters, body }: OperationModel): boolean {
  return body !== undefined || parameters.some((parameter) => parameter.in === 'formData');
}

/** What a header parameter may hold, by its enumeration or its default. */
function headerChoices({ parameters }: OperationModel, header: string): readonly string[] {
  const declared = parameters.find(({ in: place, name }) => place === 'header' && name.toLowerCase() === header);
  const choices = declared?.schema.enum ?? [declared?.default];
  return choices.filter((choice) => typeof choice === 'string');
}

function refusesDefault(model: ConnectorModel, schema: SchemaModel, depth: number): boolean {
  const resolved = resolveSchema(model, schema);
  const preset = schema.default ?? resolved.default;
  const pattern = resolved.constraints?.['pattern'];
  if (typeof preset === 'string' && typeof pattern === 'string' && !allows(pattern, preset)) return true;
  if (resolved.kind !== 'object' || depth > 6) return false;
  return [...resolved.properties.values()].some((property) => refusesDefault(model, property, depth + 1));
}

function allows(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    // Prism cannot read it either, and then checks nothing.
    return true;
  }
}
