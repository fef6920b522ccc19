import { type HttpAnswer, type HttpRequest, send } from './http-client.ts';

/** Keeps cookies and follows redirects as a browser does. */
export class Browser {
  readonly #cookies = new Map<string, string>();
  readonly #setCookies: string[] = [];
  readonly #origin: string;
  readonly #socketOrigin: string;

  /** `socketOrigin`: where the server listens, when a proxy would answer under the origin. */
  constructor(origin: string, socketOrigin = origin) {
    this.#origin = origin;
    this.#socketOrigin = socketOrigin;
  }

  /** The Cookie header of the next request. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Every Set-Cookie header so far, as it came. */
  get setCookies(): readonly string[] {
    return this.#setCookies;
  }

  /** Puts a cookie into the browser, as somebody with a hand on it would. */
  plant(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  /** One request, its cookies kept, no redirect followed. */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const headers = { cookie: this.cookie, host: new URL(this.#origin).host, ...request.headers };
    const answer = await send(this.#socketOrigin, { ...request, headers });
    for (const cookie of answer.headers['set-cookie'] ?? []) this.#keep(cookie);
    return answer;
  }

  /** Opens an address and goes where it leads; every address on the way, and the last answer. */
  async visit(address: string): Promise<{ readonly visited: readonly string[]; readonly last: HttpAnswer }> {
    return this.follow(await this.send({ path: this.#pathOf(address) }), [this.#pathOf(address)]);
  }

  /** Submits a form and goes where it leads. */
  async submit(
    action: string,
    fields: { readonly [name: string]: string },
  ): Promise<{ readonly visited: readonly string[]; readonly last: HttpAnswer }> {
    const path = this.#pathOf(action);
    const answer = await this.send({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: this.#origin },
      body: new URLSearchParams(fields).toString(),
    });
    return this.follow(answer, [path]);
  }

  async follow(answer: HttpAnswer, before: readonly string[] = []) {
    const visited = [...before];
    let last = answer;
    while (last.headers.location !== undefined && visited.length < 20) {
      const path = this.#pathOf(last.headers.location);
      visited.push(path);
      last = await this.send({ path });
    }
    return { visited, last };
  }

  #pathOf(address: string): string {
    const url = new URL(address, this.#origin);
    if (url.origin !== this.#origin) throw new Error(`${address} leads away from ${this.#origin}`);
    return url.pathname + url.search;
  }

  #keep(cookie: string): void {
    this.#setCookies.push(cookie);
    const [pair = ''] = cookie.split(';', 1);
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(name.length + 1);
    if (value === '' || /expires=Thu, 01 Jan 1970/i.test(cookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

/** The fields of a page's first form: where it goes and what it sends unless somebody types. */
export function formOf(page: string): {
  readonly action: string;
  readonly fields: { readonly [name: string]: string };
} {
  const attribute = (tag: string, name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  const form = /<form[^>]*>/.exec(page)?.[0] ?? '';
  const inputs = [...page.matchAll(/<input[^>]*>/g)].map(([tag]) => [attribute(tag, 'name'), attribute(tag, 'value')]);
  return { action: attribute(form, 'action').replaceAll('&amp;', '&'), fields: Object.fromEntries(inputs) };
}
