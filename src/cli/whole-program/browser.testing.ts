import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

/** Where Debian puts it; where there is none, the tests that open a page are left out. */
const executablePath = '/usr/bin/chromium';

export const hasBrowser = existsSync(executablePath);

/** How a page looked in a real browser. */
export interface SeenPage {
  /** Errors and warnings of the console, errors of scripts, requests for anything but the page itself. */
  complaints: readonly string[];
  /** Charts that take up room. */
  charts: number;
  /** The page is wider than the window: one would have to scroll sideways. */
  overflows: boolean;
  /** The computed colours of the page. */
  colours: { ink: string; paper: string };
}

/** Opens a file at a width and in a colour scheme, with scripts switched off by its own content alone. */
export async function seePage(
  file: string,
  width: number,
  colorScheme: 'light' | 'dark',
  picture?: string,
): Promise<SeenPage> {
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
    ],
  });
  try {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const complaints: string[] = [];
    const url = pathToFileURL(file).href;
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      if (request.url() !== url && !request.url().startsWith('data:'))
        complaints.push(request.url());
    });
    await page.goto(url);
    if (picture !== undefined) await page.screenshot({ path: picture, fullPage: true });
    // Text that runs in the page: the types of a browser are not ours.
    const seen = await page.evaluate<Omit<SeenPage, 'complaints'>>(`({
      charts: [...document.querySelectorAll('figure.chart')].filter((one) => one.getBoundingClientRect().height > 40).length,
      overflows: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      colours: { ink: getComputedStyle(document.body).color, paper: getComputedStyle(document.body).backgroundColor },
    })`);
    return { ...seen, complaints };
  } finally {
    await browser.close();
  }
}
