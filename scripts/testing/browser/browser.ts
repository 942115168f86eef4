/** The browser of this machine, if it has one. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function hasBrowser(): boolean {
  return CHROMIUM.some((path) => existsSync(path));
}

/** Throws if this machine has none. */
export function openBrowser(): Promise<Browser> {
  const executablePath = CHROMIUM.find((path) => existsSync(path));
  if (executablePath === undefined)
    throw new Error(`There is no browser; install chromium (looked for ${CHROMIUM.join(', ')}).`);
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Collects faults of the page from now on: exceptions, console errors, requests to other origins. */
export function watchFaults(page: Page, url: string): readonly string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== new URL(url).origin)
      faults.push(`elsewhere: ${request.url()}`);
  });
  return faults;
}
