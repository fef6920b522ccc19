import type { JsonValue } from '@patchbay/expression';
import { hasOperationOption, memberAt, textMember } from '../plan/json.ts';

/** Who may start a flow by a Request trigger. */
export type RequestAccess =
  /** Whoever has the signed address. */
  | { readonly kind: 'signature' }
  /** Whoever this server knows, by an access token. */
  | { readonly kind: 'accounts' }
  /** These, by an access token: ids and addresses of accounts, in lower case. */
  | { readonly kind: 'some-accounts'; readonly accounts: readonly string[] };

/** What a Request trigger says of the requests that it takes and of how they are answered. */
export type RequestTrigger = {
  /** In upper case; absent: any. */
  readonly method?: string;
  /** Without a `/` at its beginning; `{name}` stands for any one segment. */
  readonly relativePath?: string;
  readonly access: RequestAccess;
  /** Runs see the `Authorization` header field. */
  readonly showsAuthorization: boolean;
  /** The answer has no `x-ms-workflow-…` fields. */
  readonly suppressesHeaders: boolean;
  /** Azure Event Grid tries the address before it sends events. */
  readonly isEventGrid: boolean;
};

export type ReadRequestTrigger =
  | { readonly kind: 'request'; readonly request: RequestTrigger }
  | { readonly kind: 'problem'; readonly message: string; readonly member: string };

const methodPattern = /^[A-Z]+$/;

/** Whether callers start a flow through triggers of this type; `Manual` is the older name. */
export function isRequestType(type: string): boolean {
  return /^(request|manual)$/i.test(type);
}

/** Reads a trigger of the type Request or Manual, as its definition has it. */
export function readRequestTrigger(definition: JsonValue): ReadRequestTrigger {
  const inputs = memberAt(definition, 'inputs');
  const method = textMember(inputs, 'method')?.trim().toUpperCase() ?? '';
  if (method !== '' && !methodPattern.test(method)) {
    return { kind: 'problem', message: `"${method}" is not a method`, member: 'method' };
  }
  const relativePath = textMember(inputs, 'relativePath')?.replace(/^\/+/, '') ?? '';
  const access = readAccess(definition);
  if (access === undefined) {
    const type = textMember(inputs, 'triggerAuthenticationType') ?? '';
    const message = `who may call cannot be told by the authentication type "${type}"; take All, Tenant or SpecificUsers with triggerAllowedUsers`;
    return { kind: 'problem', message, member: 'triggerAuthenticationType' };
  }
  return {
    kind: 'request',
    request: {
      ...(method === '' ? {} : { method }),
      ...(relativePath === '' ? {} : { relativePath }),
      access,
      showsAuthorization: hasOperationOption(definition, 'IncludeAuthorizationHeadersInOutputs'),
      suppressesHeaders:
        hasOperationOption(definition, 'SuppressWorkflowHeaders') ||
        hasOperationOption(definition, 'SuppressWorkflowHeadersOnResponse'),
      isEventGrid: (textMember(definition, 'kind') ?? '').toLowerCase() === 'eventgrid',
    },
  };
}

function readAccess(definition: JsonValue): RequestAccess | undefined {
  const inputs = memberAt(definition, 'inputs');
  switch ((textMember(inputs, 'triggerAuthenticationType') ?? '').trim().toLowerCase()) {
    case '':
    case 'all':
      return { kind: 'signature' };
    case 'tenant':
      return { kind: 'accounts' };
    case 'specificusers': {
      const users = textMember(inputs, 'triggerAllowedUsers') ?? '';
      const accounts = users
        .split(/[;,]/)
        .map((user) => user.trim().toLowerCase())
        .filter((user) => user !== '');
      return accounts.length === 0 ? undefined : { kind: 'some-accounts', accounts };
    }
    default:
      return undefined;
  }
}
