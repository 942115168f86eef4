/** The playground in a real browser, if this machine has one. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { buildPlayground } from '@yiwang/gateway/playground/build.ts';
import type { FastifyReply } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { hasBrowser, openBrowser, watchFaults } from './browser.ts';
import { type PlaygroundServer, startPlaygroundServer } from './playground-server.ts';

const inBrowser = hasBrowser() ? describe : describe.skip;
const DEMO = {
  identities: [
    { name: 'hubei', about: "Hubei's supervisor", header: 'authorization', value: 'Bearer token-of-hubei' },
    { name: 'app', about: 'an app', header: 'x-api-key', value: 'key-of-app' },
  ],
  questions: [
    { title: 'One', identity: 'hubei', operationName: 'One', query: 'query One { city { name } }' },
    { title: 'Two', identity: 'app', operationName: 'Two', query: 'query Two { city { name } }' },
  ],
};
const WHOLE = { asked: 3, answered: 3, complete: true, platforms: [] };

let home: string;
let server: PlaygroundServer;
let browser: Browser;
let page: Page;
let faults: readonly string[];

inBrowser('the playground', () => {
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'yiwang-playground-'));
    chmodSync(home, 0o755);
    mkdirSync(join(home, `dist.${2 ** 22 + 1}`));
    await buildPlayground(join(home, 'dist'));
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  });
  beforeEach(async () => {
    server = await startPlaygroundServer(join(home, 'dist'));
  });
  afterEach(async () => {
    await page?.context().close();
    await server.close();
  });

  async function open(content: object, options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
    server.content = content;
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    page = await context.newPage();
    faults = watchFaults(page, server.url);
    await visit();
  }

  async function visit(): Promise<void> {
    await page.goto(server.url);
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  }

  /** The text that an editor shows. */
  async function shown(editor: string): Promise<string> {
    const lines = await page.locator(`${editor} .view-line`).allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  async function type(editor: string, text: string): Promise<void> {
    await page.locator(`${editor} .monaco-editor:visible`).first().click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(text);
  }

  async function setHeaders(headers: object): Promise<void> {
    await page.getByRole('button', { name: 'Headers' }).click();
    await type('.graphiql-editor-tool', JSON.stringify(headers));
  }

  const ask = () => page.locator('.graphiql-execute-button').click();
  const response = () => shown('.graphiql-response');
  const banner = async () => (await page.locator('.yiwang-banner output').allInnerTexts()).join();

  async function untilShown(read: () => Promise<string>, text: string | RegExp): Promise<string> {
    for (;;) {
      const value = await read();
      if (typeof text === 'string' ? value.includes(text) : text.test(value)) return value;
      await page.waitForTimeout(30);
    }
  }

  test('removes the files of an earlier build', () => {
    expect(readdirSync(home)).toEqual(['dist']);
    const bytes = readdirSync(join(home, 'dist')).reduce(
      (sum, name) => sum + statSync(join(home, 'dist', name)).size,
      0,
    );
    expect(bytes).toBeLessThan(6_800_000);
  });

  test('has an editor and sends operations even without questions and identities', async () => {
    await open({ identities: [], questions: [] });
    expect(await shown('.graphiql-query-editor')).toContain('__typename');
    expect(await page.getByLabel('identity').count()).toBe(0);
    await ask();
    await untilShown(response, '武汉市');
    expect(server.requests.at(-1)?.authorization).toBeUndefined();
    expect(faults).toEqual([]);
  });

  test('sends each question as its identity', async () => {
    await open(DEMO);
    await ask();
    await untilShown(response, '武汉市');
    expect(server.requests.at(-1)).toMatchObject({ authorization: 'Bearer token-of-hubei' });
    await page.getByRole('tab', { name: 'Two' }).click();
    await untilShown(() => shown('.graphiql-query-editor'), 'query Two');
    await ask();
    await untilShown(response, '武汉市');
    expect(server.requests.at(-1)).toMatchObject({ 'x-api-key': 'key-of-app' });
    expect(server.requests.at(-1)?.authorization).toBeUndefined();
  });

  test('encodes a Chinese purpose, and lets a header of the user replace that of the identity', async () => {
    await open(DEMO);
    await setHeaders({ 'x-yiwang-purpose': '核查投诉 100%', Authorization: 'Bearer mine' });
    await ask();
    await untilShown(response, '武汉市');
    expect(decodeURIComponent(String(server.requests.at(-1)?.['x-yiwang-purpose']))).toBe('核查投诉 100%');
    expect(server.requests.at(-1)?.authorization).toBe('Bearer mine');
    expect(faults).toEqual([]);
  });

  test('shows one line if no answer came', async () => {
    await open(DEMO);
    server.respond = (reply) => reply.raw.destroy();
    await ask();
    const text = await untilShown(response, 'No answer: ');
    expect(text).not.toMatch(/stack|\bat .*\.js/);
    server.respond = (reply) => reply.code(502).type('text/html').send('<h1>Bad Gateway</h1>');
    await ask();
    await untilShown(response, 'the gateway answered 502');
  });

  test('shows the parts of a deferred answer as they arrive', async () => {
    await open(DEMO);
    let later: FastifyReply['raw'] | undefined;
    server.respond = (reply) => {
      reply.hijack();
      later = reply.raw.writeHead(200, { 'content-type': 'multipart/mixed; boundary="-"; deferSpec=20220824' });
      const first = JSON.stringify({ data: { city: { name: '武汉市' } }, hasNext: true });
      later.write(`\r\n---\r\ncontent-type: application/json\r\n\r\n${first}\r\n---\r\n`);
    };
    await ask();
    expect(await untilShown(response, '武汉市')).not.toContain('population');
    expect(server.requests.at(-1)?.accept).toMatch(/multipart\/mixed; ?deferSpec=20220824/);
    const incremental = [{ data: { population: 13_740_000 }, path: ['city'] }];
    const last = JSON.stringify({ incremental, extensions: { coverage: WHOLE }, hasNext: false });
    later?.end(`content-type: application/json\r\n\r\n${last}\r\n-----\r\n`);
    await untilShown(response, /"population": 13740000/);
    await untilShown(banner, '3 of 3 calls');
  });

  test('keeps edits over a reload but no token, and a reset restores the questions', async () => {
    await open(DEMO);
    await setHeaders({ authorization: 'Bearer secret-token' });
    await type('.graphiql-query-editor', 'query Mine { city { population } }');
    await page.getByLabel('identity').selectOption('app');
    await ask();
    await untilShown(response, '武汉市');
    await page.waitForTimeout(1_500);
    await visit();
    expect(await shown('.graphiql-query-editor')).toContain('query Mine');
    expect(await page.getByLabel('identity').inputValue()).toBe('app');
    const stored = await page.evaluate<string>('JSON.stringify({ ...localStorage, ...sessionStorage })');
    expect(stored).toContain('query Mine');
    expect(stored).not.toMatch(/secret-token|token-of-hubei|key-of-app/);
    await page.getByRole('button', { name: 'Reset' }).click();
    await untilShown(() => shown('.graphiql-query-editor'), 'query One');
    expect(await page.getByLabel('identity').inputValue()).toBe('hubei');
  });

  test('shows the missing platforms of the last answer only', async () => {
    await open(DEMO);
    const answer = (coverage?: object) => (reply: FastifyReply) =>
      reply.send({ data: { city: null }, ...(coverage && { extensions: { coverage } }) });
    server.respond = answer({ ...WHOLE, unserved: ['420200', '420300', '420700', '420800', '420900'] });
    await ask();
    expect(await untilShown(banner, '3 of 3')).toContain('no platform serves 420200, 420300, 420700 and 2 more');
    expect(await page.locator('.yiwang-gap').count()).toBe(1);
    server.respond = answer(WHOLE);
    await ask();
    await untilShown(banner, /answered$/);
    expect(await page.locator('.yiwang-whole').count()).toBe(1);
    server.respond = (reply) => reply.code(400).send({ errors: [{ message: 'Cannot query field "x".' }] });
    await ask();
    await untilShown(response, 'Cannot query field');
    expect(await banner()).toBe('');
  });

  test('stays readable if the system changes its theme', async () => {
    await open(DEMO, { colorScheme: 'light' });
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300);
      const colorOf = (selector: string, property: string) =>
        page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).${property}`);
      const text = await colorOf('.graphiql-query-editor .view-line span span', 'color');
      const ground = await colorOf('.graphiql-editors', 'backgroundColor');
      expect(contrast(text, ground)).toBeGreaterThan(3);
    }
  });

  test('has all controls within the screen of a phone', async () => {
    await open(DEMO, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).tap();
    await ask();
    await untilShown(response, '武汉市');
    const parts = [
      '[aria-label=identity]',
      '.graphiql-plugin',
      '.graphiql-tab-active',
      '.graphiql-tab-add',
      '.graphiql-query-editor .monaco-editor',
      '.graphiql-execute-button',
      '.graphiql-editor-tools button',
      '.graphiql-response .view-line',
    ];
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    for (const part of parts) {
      const found = page.locator(part).first();
      await found.scrollIntoViewIfNeeded();
      const isOnTop = await page.evaluate<boolean>(`(() => {
        const element = document.querySelector('${part}');
        const { left, top, width, height } = element.getBoundingClientRect();
        const at = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20));
        return width > 0 && left >= 0 && left + width <= 390 && (element.contains(at) || at.contains(element));
      })()`);
      expect([part, isOnTop]).toEqual([part, true]);
    }
  });
});

/** Contrast ratio of WCAG 2: 1 is none, 21 black on white. */
function contrast(one: string, other: string): number {
  const luminance = (color: string): number => {
    const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}
