import type { ConnectorModel, JsonObject, JsonValue } from '@patchbay/definition';
import type { EgressResponse } from '@patchbay/egress';
import { atPath } from '../dynamic/answer-path.ts';
import { wholeAnswer } from '../whole-body.ts';

/** The name of the extension, on a security scheme or at the root of a description. */
const extensionName = 'x-patchbay-token-expired';

/** One way in which an API says that it takes the token no more. */
type ExpiryRule = {
  readonly statusCodes: ReadonlySet<number>;
  /** Where in a JSON body, `error/code`, and which values mean it; any body when absent. */
  readonly path?: string;
  readonly values: readonly string[];
};

/** How an API says that it takes a token no more: 401, and what its description declares besides. */
export type ExpiryRules = readonly ExpiryRule[];

const unauthorized: ExpiryRule = { statusCodes: new Set([401]), values: [] };

/** `x-patchbay-token-expired`: one rule or several, `{"statusCodes": [200], "path": "error", "values": ["token_expired"]}`. */
export function expiryRulesOf(model: ConnectorModel): ExpiryRules {
  const declared = [...model.securitySchemes.values()].map((scheme) => scheme.extensions[extensionName]);
  const root = model.extensions[extensionName];
  return [unauthorized, ...[...declared, root].flatMap((one) => (Array.isArray(one) ? one : [one])).flatMap(readRule)];
}

function readRule(value: JsonValue | undefined): readonly ExpiryRule[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const { statusCodes, path, values } = value as JsonObject;
  const listed = Array.isArray(statusCodes) ? statusCodes.map(Number).filter(Number.isInteger) : [];
  if (listed.length === 0) return [];
  return [
    {
      statusCodes: new Set(listed),
      ...(typeof path === 'string' && { path }),
      values: Array.isArray(values) ? values.map(String) : [],
    },
  ];
}

/** Whether an answer says it, and the answer as it can be passed on: a rule on the body has it read whole. */
export async function saysExpired(
  rules: ExpiryRules,
  response: EgressResponse,
): Promise<{ readonly isExpired: boolean; readonly response: EgressResponse }> {
  const fitting = rules.filter((rule) => rule.statusCodes.has(response.status));
  if (fitting.length === 0) return { isExpired: false, response };
  if (fitting.some((rule) => rule.path === undefined)) return { isExpired: true, response };
  const bytes = await response.bytes();
  return { isExpired: fitting.some((rule) => fitsBody(rule, bytes)), response: wholeAnswer(response, bytes) };
}

function fitsBody({ path = '', values }: ExpiryRule, bytes: Uint8Array): boolean {
  try {
    const found = atPath(JSON.parse(new TextDecoder().decode(bytes)) as JsonValue, path);
    return found !== undefined && (values.length === 0 || values.includes(String(found)));
  } catch {
    return false;
  }
}
