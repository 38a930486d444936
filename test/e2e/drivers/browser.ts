// A real browser on files of this machine: Debian's Chromium, with a profile of its own, told what it asked for and complained of.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll } from 'vitest';

const program = '/usr/bin/chromium';

/** In a pipeline it must be there; elsewhere the tests that need it are skipped, and the reporter names them. */
export const noBrowser = !existsSync(program) && process.env.KHA_CI !== 'true';

export interface Opened {
  readonly page: Page;
  /** Addresses asked for, the page's own first. */
  readonly requests: readonly string[];
  /** What stood on the console, and what was thrown. */
  readonly complaints: readonly string[];
}

export interface OpenWish {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** Long enough for a machine that others load; what is waited for is content. */
const patienceMs = 100_000;

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens files one after the other in one browser, which ends after the file's last test. */
export function browser(): (file: string, wish: OpenWish) => Promise<Opened> {
  const profile = mkdtempSync(join(tmpdir(), 'kha-browser-'));
  let started: Promise<BrowserContext> | null = null;
  afterAll(async () => {
    await (await started)?.close();
    rmSync(profile, { recursive: true, force: true });
  });
  return async (file, { width, scheme }) => {
    started ??= chromium.launchPersistentContext(profile, {
      executablePath: program,
      headless: true,
      args: flags,
      timeout: patienceMs,
    });
    const page = await (await started).newPage();
    page.setDefaultTimeout(patienceMs);
    const [requests, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(`file://${file}`);
    return { page, requests, complaints };
  };
}
