/** Speaks to a server as a signed-in browser does: cookies kept, redirects followed, the CSRF token sent. */
export type SignedInClient = {
  readonly origin: string;
  readonly headers: { readonly [name: string]: string };
  readonly get: (path: string) => Promise<Answer>;
  readonly send: (method: string, path: string, body?: unknown) => Promise<Answer>;
};

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/** Follows a one-time sign-in link through the whole OpenID Connect flow. */
export async function signInWithLink(link: string): Promise<SignedInClient> {
  const { origin } = new URL(link);
  const jar = new Map<string, string>();
  let url = new URL(link);
  for (let hop = 0; hop < 20; hop += 1) {
    const response = await fetch(url, { redirect: 'manual', headers: { cookie: cookieHeader(jar) } });
    for (const cookie of response.headers.getSetCookie()) keep(jar, cookie);
    await response.arrayBuffer();
    const location = response.headers.get('location');
    if (location === null) break;
    url = new URL(location, url);
  }
  const session = await fetch(`${origin}/api/session`, { headers: { cookie: cookieHeader(jar) } });
  if (!session.ok) throw new Error(`Signing in ended at ${url.href} without a session (${session.status}).`);
  const { csrfToken } = (await session.json()) as { readonly csrfToken: string };
  return clientWith(origin, { cookie: cookieHeader(jar), 'x-csrf-token': csrfToken, origin });
}

function clientWith(origin: string, headers: { readonly [name: string]: string }): SignedInClient {
  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(new URL(path, origin), {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    };
  };
  return { origin, headers, get: (path) => send('GET', path), send };
}

function keep(jar: Map<string, string>, cookie: string): void {
  const [pair = ''] = cookie.split(';');
  const separator = pair.indexOf('=');
  const name = pair.slice(0, separator);
  const value = pair.slice(separator + 1);
  if (value === '' || /expires=Thu, 01 Jan 1970/i.test(cookie)) jar.delete(name);
  else jar.set(name, value);
}

function cookieHeader(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}
