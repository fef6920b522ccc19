/** Everything there is to say about documents of flows: how bad it is, and in which words. `{name}` is filled in. */
const documentFindingTable = {
  'definition-missing': [
    'error',
    'This is no workflow: it holds no definition with triggers and actions. Give a definition, {"definition": …}, an ARM resource, a Standard project, a flow package or a solution.',
  ],
  'clientdata-unreadable': ['error', 'The clientdata of the row is no JSON, so its flow is not read: {why}.'],
  'document-too-deep': ['error', 'The document nests more than {levels} levels deep, so it is not read.'],
  'template-expression-unresolved': ['warning', 'The template expression {text} is left as it stands: {why}.'],
  'template-parameter-left-out': ['warning', 'The parameter "{name}" gets no value: {why}.'],
  'template-deployment-assumed': [
    'info',
    'The template asks where it is deployed. Taken are the subscription {subscriptionId}, the resource group "{resourceGroup}" and the location "{location}".',
  ],
  'template-copied-once': [
    'warning',
    'The resource is deployed several times ({count}); it is read once, as the first.',
  ],
  'kept-for-patchbay': [
    'info',
    'The form has no place for {what}. It is kept where other products do not look, and Patchbay reads it back.',
  ],
  'not-carried': ['warning', 'The form has no place for {what}, so it is left out.'],
  'types-not-run': ['warning', '{product}, which takes this form, does not run {types}.'],
  'dialect-kept': [
    'info',
    'The flow was written for {before}; other products take it for one of {after}, Patchbay does not: {differences}.',
  ],
  'dialect-changed': [
    'warning',
    'The flow was written for {before}, and read from this form it is taken for one of {after}: {differences}.',
  ],
} as const satisfies { readonly [code: string]: readonly [DocumentFinding['severity'], string] };

export type DocumentFindingCode = keyof typeof documentFindingTable;

/** Something to say about a document of a flow. */
export type DocumentFinding = {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** The file that it is about. */
  readonly file: string;
  /** JSON pointer (RFC 6901) into it. */
  readonly pointer: string;
};

export function documentFinding(
  code: DocumentFindingCode,
  place: { readonly file: string; readonly pointer: string },
  details: { readonly [name: string]: string | number } = {},
): DocumentFinding {
  const [severity, template] = documentFindingTable[code];
  const message = template.replaceAll(/\{(\w+)\}/g, (text, name: string) => String(details[name] ?? text));
  return { code, severity, message, file: place.file, pointer: place.pointer };
}
