/** Opens the playground of a running gateway in a real browser, sends each question and prints what the page shows. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, watchFaults } from './browser.ts';

const WAIT_MS = 20_000;

export interface AskedQuestion {
  readonly title: string;
  readonly identity: string;
  /** Text of the response pane. */
  readonly response: string;
  readonly coverage: string;
}

export interface PlaygroundVisit {
  readonly questions: readonly AskedQuestion[];
  /** Faults of the page: exceptions, console errors, requests to other origins. */
  readonly faults: readonly string[];
}

/** Saves a screenshot of each question in `folder`. Throws if there is no browser or the page does not load. */
export async function visitPlayground(url: string, folder: string): Promise<PlaygroundVisit> {
  await mkdir(folder, { recursive: true });
  const browser = await openBrowser();
  try {
    return await visit(browser, url, folder);
  } finally {
    await browser.close();
  }
}

async function visit(browser: Browser, url: string, folder: string): Promise<PlaygroundVisit> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const faults = watchFaults(page, url);
  await page.goto(url);
  const tabs = page.locator('.graphiql-tab');
  await tabs.first().waitFor({ timeout: WAIT_MS });
  const questions: AskedQuestion[] = [];
  for (let index = 0; index < (await tabs.count()); index++) {
    questions.push(await askQuestion(page, index));
    await page.screenshot({ path: join(folder, `question-${index + 1}.png`) });
  }
  return { questions, faults };
}

async function askQuestion(page: Page, index: number): Promise<AskedQuestion> {
  const tab = page.locator('.graphiql-tab').nth(index);
  await tab.click();
  const answered = page.waitForResponse(
    (response) => response.url().endsWith('/graphql') && !(response.request().postData() ?? '').includes('__schema'),
    { timeout: WAIT_MS },
  );
  await page.locator('.graphiql-execute-button').click();
  await answered;
  await page.waitForTimeout(500);
  return {
    title: (await tab.innerText()).trim(),
    identity: await page.getByLabel('identity').inputValue(),
    response: (await page.locator('.result-window').innerText()).slice(0, 400),
    coverage: await page.locator('.yiwang-banner output').innerText(),
  };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [url = 'http://127.0.0.1:4000/', folder = '.yiwang/browser'] = process.argv.slice(2);
  const { questions, faults } = await visitPlayground(url, folder);
  for (const { title, identity, response, coverage } of questions) {
    process.stdout.write(`\n${title} (${identity}) ${coverage}\n${response}\n`);
  }
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
}
