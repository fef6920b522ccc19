import type { SecurityRequirement, SecurityScheme } from '../model.ts';
import type { CapturedCredential, CapturedRequest } from './captured-request.ts';
import { parameterName } from './variables.ts';

/** The security schemes of requests, each named once, and what each request requires of them. */
export class CollectedSecurity {
  readonly schemes: Map<string, SecurityScheme>;
  readonly #names = new Map<string, string>();

  constructor(known: ReadonlyMap<string, SecurityScheme> = new Map()) {
    this.schemes = new Map(known);
    for (const [name, scheme] of known) this.#names.set(keyOf(scheme), name);
  }

  /** The requirement that a request states: all its schemes together; none: no security. */
  requirementOf({ credentials }: Pick<CapturedRequest, 'credentials'>): readonly SecurityRequirement[] {
    if (credentials.length === 0) return [];
    return [
      new Map(
        credentials.map((scheme): [string, readonly string[]] => [
          this.#nameOf(scheme),
          scheme.kind === 'oauth2' ? [...scheme.scopes.keys()] : [],
        ]),
      ),
    ];
  }

  #nameOf(scheme: CapturedCredential): string {
    const key = keyOf(scheme);
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const base = baseName(scheme);
    let name = base;
    for (let number = 2; this.schemes.has(name); number += 1) name = `${base}_${number}`;
    this.schemes.set(name, scheme);
    this.#names.set(key, name);
    return name;
  }
}

/** Requirements that name the same schemes are the same. */
export function requirementKey(security: readonly SecurityRequirement[]): string {
  return security.map((one) => [...one.keys()].sort().join('+')).join('|');
}

function keyOf(scheme: SecurityScheme): string {
  const { description: _, extensions: __, ...rest } = scheme;
  const plain = Object.entries(rest).map(([name, value]) => [name, value instanceof Map ? [...value] : value]);
  const named = scheme.kind === 'apiKey' && scheme.in === 'header' ? scheme.name.toLowerCase() : '';
  return JSON.stringify(
    plain.map(([name, value]) => (name === 'name' && named !== '' ? [name, named] : [name, value])),
  );
}

function baseName(scheme: SecurityScheme): string {
  switch (scheme.kind) {
    case 'apiKey':
      return 'api_key';
    case 'http':
      return parameterName(scheme.scheme);
    default:
      return scheme.kind;
  }
}

/** Each credential once. */
export function distinctCredentials(credentials: readonly CapturedCredential[]): readonly CapturedCredential[] {
  return [...new Map(credentials.map((one) => [keyOf(one), one])).values()];
}
