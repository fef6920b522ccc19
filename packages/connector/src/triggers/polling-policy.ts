import {
  type ConnectorModel,
  isPolicyUsable,
  type JsonValue,
  type OperationModel,
  type PathStep,
  parsePolicyPath,
  parsePolicyText,
  readPolicyParameters,
} from '@patchbay/definition';
import { isObject, readAt } from '../policies/property-path.ts';

const nextLinkKey = 'x-ms-triggerconfig-nextlink';
const usualNextLink = '@odata.nextLink';

/** A `pollingtrigger` policy, compiled (ecosystem: the wizard's "Trigger configuration"). */
export type PollingPolicy = {
  /** Where in an answer the items are. */
  readonly dataPath: readonly PathStep[];
  /** Where in an item the trigger's state comes from, below the first one. */
  readonly cursors: readonly (readonly PathStep[])[];
  /** What the next request says, of the answer to this one; a value that is not there leaves the one before. */
  readonly parametersFrom: (
    body: JsonValue,
    before: { readonly [name: string]: string },
  ) => { readonly [name: string]: string };
  readonly nextLink: (body: JsonValue) => string | undefined;
};

/** The policy that says how an operation is polled, if there is one. */
export function pollingPolicyOf(model: ConnectorModel, operation: OperationModel): PollingPolicy | undefined {
  for (const instance of model.policies) {
    const { template, operations, values } = readPolicyParameters(instance);
    if (template?.templateId !== 'pollingtrigger' || !isPolicyUsable(instance)) continue;
    if (operations.length > 0 && !operations.includes(operation.operationId)) continue;
    return compilePollingPolicy(values);
  }
  return undefined;
}

function compilePollingPolicy(values: ReadonlyMap<string, JsonValue>): PollingPolicy {
  const config = values.get('triggerConfig');
  const entries = isObject(config) ? Object.entries(config).map(([name, text]) => [name, String(text)] as const) : [];
  const [, nextLinkName = usualNextLink] = entries.find(([name]) => name.toLowerCase() === nextLinkKey) ?? [];
  const parameters = entries
    .filter(([name]) => name.toLowerCase() !== nextLinkKey)
    .map(([name, text]) => ({ name, parts: parsePolicyText(text).parts }));
  const dataPath = parsePolicyPath(values.get('triggerDataPath'))?.path ?? [];
  const references = parameters.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === 'reference' ? [part.path] : [])),
  );
  return {
    dataPath,
    cursors: references.flatMap((path) => {
      const isInItem =
        dataPath.every((step, index) => path[index] === step) && typeof path[dataPath.length] === 'number';
      return isInItem ? [path.slice(dataPath.length + 1)] : [];
    }),
    parametersFrom: (body, before) => {
      const next: Record<string, string> = { ...before };
      for (const { name, parts } of parameters) {
        const texts = parts.map((part) => (part.kind === 'text' ? part.text : textOf(readAt(body, part.path))));
        if (texts.every((text) => text !== undefined)) next[name] = texts.join('');
      }
      return next;
    },
    nextLink: (body) => {
      const link = isObject(body) && Object.hasOwn(body, nextLinkName) ? body[nextLinkName] : undefined;
      return typeof link === 'string' && link !== '' ? link : undefined;
    },
  };
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
