import type { GivenOption } from './read-options.ts';

/** What the options of one request (up to `--next`) say, put together as cURL does. */
export type CurlRequest = {
  readonly urls: readonly GivenOption[];
  readonly method?: GivenOption;
  readonly headers: readonly GivenOption[];
  /** Pieces of a body, and of a query with `-G`. */
  readonly data: readonly GivenOption[];
  readonly forms: readonly GivenOption[];
  readonly queries: readonly GivenOption[];
  readonly upload?: GivenOption;
  readonly isGet: boolean;
  readonly isHead: boolean;
  readonly user?: GivenOption;
  readonly bearer?: GivenOption;
  readonly sigv4?: GivenOption;
  /** `digest`, `ntlm`…; `basic` when none is chosen. */
  readonly scheme: string;
  readonly others: readonly GivenOption[];
};

/** Splits options at `--next`; each part that has an address is a request. */
export function splitRequests(options: readonly GivenOption[]): readonly CurlRequest[] {
  const parts: GivenOption[][] = [[]];
  for (const option of options) {
    if (option.role === 'next') parts.push([]);
    else parts.at(-1)?.push(option);
  }
  return parts.filter((part) => part.length > 0).map(toRequest);
}

function toRequest(options: readonly GivenOption[]): CurlRequest {
  const all = (...roles: readonly GivenOption['role'][]): readonly GivenOption[] =>
    options.filter((option) => roles.includes(option.role));
  // Of what can be said once, the last one counts.
  const last = (role: GivenOption['role']): GivenOption | undefined => all(role).at(-1);
  const [method, upload, user, bearer, sigv4] = [
    last('method'),
    last('upload'),
    last('user'),
    last('bearer'),
    last('sigv4'),
  ];
  const scheme = all('scheme').at(-1)?.long ?? 'basic';
  return {
    urls: all('url'),
    ...(method !== undefined && { method }),
    headers: all('header'),
    data: all('data', 'data-raw', 'data-binary', 'data-urlencode', 'json'),
    forms: all('form', 'form-string'),
    queries: all('url-query'),
    ...(upload !== undefined && { upload }),
    isGet: all('get').length > 0,
    isHead: all('head').length > 0,
    ...(user !== undefined && { user }),
    ...(bearer !== undefined && { bearer }),
    ...(sigv4 !== undefined && { sigv4 }),
    scheme: scheme === 'anyauth' ? 'basic' : scheme,
    others: all('cookie', 'user-agent', 'referer', 'range', 'config', 'lost'),
  };
}
