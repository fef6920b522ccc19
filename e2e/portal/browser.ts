import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = process.env['PATCHBAY_TEST_CHROMIUM'] ?? '/usr/bin/chromium';

/** Why browser tests cannot run here, or undefined when they can. */
export function whyNoBrowser(): string | undefined {
  return existsSync(executablePath) ? undefined : 'Chromium is not installed: apt-get install chromium';
}

/** A headless browser that speaks to nobody but the pages it is sent to. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page that remembers what it complained about. */
export async function openPage(
  browser: Browser,
): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A page asks whether somebody is signed in: the answer may be no.
    if (message.type() === 'error' && !message.location().url.endsWith('/api/session'))
      complaints.push(`${message.text()} ${message.location().url}`);
  });
  return { page, complaints };
}

export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = join(import.meta.dirname, 'screenshots');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** Buttons, links and fields that a screen reader could not name. */
export async function namelessControls(page: Page): Promise<readonly string[]> {
  return page.locator('button, a[href], input:not([type=hidden]), textarea, select').evaluateAll((elements) =>
    elements
      .filter((element) => (element as HTMLElement).offsetParent !== null)
      .filter((element) => {
        const labels = (element as HTMLInputElement).labels;
        const name = [
          element.getAttribute('aria-label'),
          element.getAttribute('aria-labelledby'),
          element.getAttribute('title'),
          element.textContent,
          labels === null || labels === undefined ? '' : [...labels].map((label) => label.textContent).join(''),
        ];
        return name.every((text) => (text ?? '').trim() === '');
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );
}
