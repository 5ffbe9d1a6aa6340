import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium is, or null: then what needs one is left out, except in CI, where there has to be one. */
export function chromiumPath(): string | null {
  const path = [process.env.CHROMIUM_PATH, ...PLACES].find((each) => each !== undefined && existsSync(each)) ?? null;
  if (path === null && process.env.CI === 'true')
    throw new Error('no Chromium found: install the package chromium, or set CHROMIUM_PATH');
  if (path === null) process.stderr.write('No Chromium found: pages are not looked at in a browser (CHROMIUM_PATH names one).\n');
  return path;
}

/** A browser that reaches nothing outside. */
export async function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

/** A page with this content; anything it asks for from outside is refused, and listed. */
export async function pageWith(
  browser: Browser,
  html: string,
  viewport: { readonly width: number; readonly height: number },
): Promise<{ readonly page: Page; readonly asked: readonly string[] }> {
  const page = await browser.newPage({ viewport });
  const asked: string[] = [];
  await page.route('**/*', (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await page.setContent(html);
  return { page, asked };
}
