import type { SignedInClient } from '../platform/signed-in-client.ts';

/**
 * Confirms a device code as a signed-in person does in a browser without scripts: opens the page, sends the forms that it shows, follows
 * where it leads, until a page has no form. Answers that page's text.
 */
export async function confirmDevice(client: SignedInClient, address: string): Promise<string> {
  const jar = new Map(
    (client.headers['cookie'] ?? '').split('; ').map((pair) => {
      const separator = pair.indexOf('=');
      return [pair.slice(0, separator), pair.slice(separator + 1)] as const;
    }),
  );
  const fetchPage = async (url: URL, form?: URLSearchParams): Promise<{ readonly url: URL; readonly html: string }> => {
    const response = await fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form !== undefined && { origin: url.origin, 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form !== undefined && { body: form.toString() }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]?.split(/=(.*)/s) ?? [];
      jar.set(name, value);
    }
    const location = response.headers.get('location');
    if (location !== null) return fetchPage(new URL(location, url));
    return { url, html: await response.text() };
  };
  let page = await fetchPage(new URL(address));
  for (let step = 0; step < 5 && page.html.includes('<form'); step += 1) {
    const action = /<form[^>]*action="([^"]*)"/.exec(page.html)?.[1] ?? page.url.href;
    page = await fetchPage(new URL(action, page.url), fieldsOf(page.html));
  }
  return page.html.replace(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

/** The fields of the page's first form, hidden ones included, and its first button where that has a name. */
function fieldsOf(html: string): URLSearchParams {
  const form = html.slice(html.indexOf('<form'), html.indexOf('</form>'));
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1];
    if (name !== undefined) fields.set(name, /value="([^"]*)"/.exec(tag)?.[1] ?? '');
  }
  const [button = ''] = /<button[^>]*>/.exec(form) ?? [];
  const name = /name="([^"]*)"/.exec(button)?.[1];
  if (name !== undefined) fields.set(name, /value="([^"]*)"/.exec(button)?.[1] ?? '');
  return fields;
}
