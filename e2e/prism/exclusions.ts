import type { OperationModel } from '@patchbay/definition';

/** A reason why Prism's judgement of an operation says nothing about the platform, and how to tell. */
type Exclusion = {
  readonly why: string;
  readonly applies: (operation: OperationModel) => boolean;
};

const exclusions: readonly Exclusion[] = [
  { why: 'A flow does not call triggers as actions.', applies: ({ trigger }) => trigger !== undefined },
  {
    why: 'Prism makes up answers of documented ones only, and only a good one lets the action succeed.',
    applies: ({ responses }) => !responses.some(({ status }) => /^(2\d\d|default)$/.test(status)),
  },
  {
    why: 'Prism takes an array in a form for text when it has one element.',
    applies: ({ parameters }) =>
      parameters.some(({ in: place, schema }) => place === 'formData' && schema.kind === 'array'),
  },
  {
    why: 'Prism compares a multipart type with its boundary to the bare type that the definition offers.',
    applies: (operation) => contentTypes(operation).some((type) => type.startsWith('multipart/')),
  },
];

/** Whether an operation's calls can be judged. */
export function isJudgeable(operation: OperationModel): boolean {
  return !exclusions.some(({ applies }) => applies(operation));
}

/** What a parameter offers as the media type of the body, by its enumeration or its default. */
function contentTypes({ parameters }: OperationModel): readonly string[] {
  const declared = parameters.find(
    ({ in: place, name }) => place === 'header' && name.toLowerCase() === 'content-type',
  );
  const choices = declared?.schema.enum ?? [declared?.default];
  return choices.filter((choice) => typeof choice === 'string');
}
