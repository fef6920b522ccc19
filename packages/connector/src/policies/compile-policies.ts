import {
  type ConnectorModel,
  isPolicyUsable,
  type OperationModel,
  type PolicyInstance,
  readPolicyParameters,
} from '@patchbay/definition';
import { type PolicyEffect, PolicyValues } from './policy.ts';
import { policyTemplates } from './template-table.ts';

/** A policy of an operation, ready to act. */
export type CompiledPolicy = {
  /** Its title, or its template where it has none: what traces and errors call it. */
  readonly name: string;
  readonly effect: PolicyEffect;
};

/** What acts on an operation, each section in the order in which the connector lists it. */
export type PolicyLists = {
  readonly request: readonly CompiledPolicy[];
  readonly response: readonly CompiledPolicy[];
  /** Whether one of them looks into the request's body. */
  readonly needsRequestBody: boolean;
};

/** Compiles the policies that act on an operation. What is wrong with one was a finding when it was read; it does not act. */
export function compilePolicies(model: ConnectorModel, { operationId }: OperationModel): PolicyLists | undefined {
  const request: CompiledPolicy[] = [];
  const response: CompiledPolicy[] = [];
  for (const instance of model.policies) {
    const compiled = compileOne(instance, operationId);
    if (compiled === undefined) continue;
    (compiled.isRequest ? request : response).push(compiled.policy);
  }
  if (request.length === 0 && response.length === 0) return undefined;
  const needsRequestBody = request.some(
    ({ effect }) => effect.on === 'body' || (effect.on === 'request' && effect.needsBody),
  );
  return { request, response, needsRequestBody };
}

function compileOne(
  instance: PolicyInstance,
  operationId: string,
): { readonly policy: CompiledPolicy; readonly isRequest: boolean } | undefined {
  const { template, section, operations, values } = readPolicyParameters(instance);
  if (template === undefined || section === undefined || !isPolicyUsable(instance)) return undefined;
  if (operations.length > 0 && !operations.includes(operationId)) return undefined;
  const known = policyTemplates.find((one) => one.templateId === template.templateId);
  if (known === undefined) return undefined;
  const effect = known.compile(new PolicyValues(values), section);
  if (effect.on === 'trigger') return undefined;
  const name = instance.title === '' ? template.title : instance.title;
  return { policy: { name, effect }, isRequest: section === 'request' };
}
