// The HTML report in a real browser: nothing asked for, nothing complained of, nothing too wide, and usable by keyboard.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeRun } from '../model/runstream.ts';
import { browser, noBrowser } from './drivers/browser.ts';
import { makeHome } from './drivers/home.ts';
import { cliFile, kha } from './drivers/program.ts';

const home = makeHome();
const at = (name: string) => join(home.work, name);

describe.skipIf(noBrowser)('in a browser', () => {
  const open = browser();

  beforeAll(async () => {
    const packed = join(import.meta.dirname, '../fixtures/recordings/stop-endpoints.ndjson.gz');
    writeFileSync(at('real.ndjson'), gunzipSync(readFileSync(packed)));
    const line = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    const handoversMs = Array.from({ length: 21 }, (_, round) => 14_000 + 300 * round);
    writeRun(at('many.ndjson'), { handoversMs, line });
    const compared = ['compare', 'many.ndjson', 'real.ndjson', '--html', 'compared.html'];
    expect(await kha(home, compared)).toMatchObject({ exitCode: 3 });
    for (const name of ['real', 'many']) {
      const ran = await kha(home, ['report', `${name}.ndjson`, '--html', `${name}.html`, '--svg', name]);
      expect(ran).toMatchObject({ exitCode: 0 });
    }
  }, 400_000);

  for (const name of ['real', 'many'])
    for (const width of [360, 1920])
      for (const scheme of ['light', 'dark'] as const)
        it(`${name}, ${width} px, ${scheme}: is whole by itself and fits`, async () => {
          const { page, requests, complaints } = await open(at(`${name}.html`), { width, scheme });
          await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
          expect(await tooWide(page)).toEqual([]);
          expect(requests).toEqual([`file://${at(`${name}.html`)}`]);
          expect(complaints).toEqual([]);
          const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
          expect(paper).toBe(scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(20, 23, 26)');
          const form = width < 720 ? '.narrow' : '.wide';
          expect(await page.locator(`#rounds-1 .chart${form}`).isVisible()).toBe(true);
          expect(await page.locator('#rounds-1 .chart:visible').count()).toBe(1);
          await page.close();
        });

  for (const width of [360, 1920])
    it(`a comparison, ${width} px: is whole by itself and fits`, async () => {
      const { page, requests, complaints } = await open(at('compared.html'), { width, scheme: 'dark' });
      await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
      expect(await tooWide(page)).toEqual([]);
      expect(await page.locator('#sides-1 .chart:visible circle.dot').count()).toBe(23);
      expect(await page.locator('#differences .chart:visible .median').count()).toBe(1);
      expect(requests).toHaveLength(1);
      expect(complaints).toEqual([]);
      await page.close();
    });

  it('filters the logs by keyboard alone, and says how many are left', async () => {
    const { page } = await open(at('many.html'), { width: 1200, scheme: 'light' });
    const count = page.locator('#f-count');
    const all = Number(/of (\d+)/.exec((await count.textContent()) ?? '')?.[1]);
    expect(await count.textContent()).toBe(`${all} of ${all} lines`);
    await tabTo(page, 'f-host');
    await page.keyboard.press('End');
    await page.waitForFunction(`!document.querySelector('#f-count').textContent.startsWith('${all} ')`);
    expect(await shownCells(page, 2)).toEqual(['kuberm2']);
    await tabTo(page, 'f-text');
    await page.keyboard.type('onerror');
    await page.waitForFunction('document.querySelector("#f-count").textContent.startsWith("21 of")');
    expect(await shownCells(page, 4)).toEqual(['<img src=x onerror=alert(1)><script>alert(2)</script>']);
    await tabTo(page, 'f-weighty');
    await page.keyboard.press('Space');
    await page.waitForFunction('document.querySelector("#f-count").textContent.startsWith("0 of")');
    await page.close();
  });

  it('prints with everything unfolded and no filters', async () => {
    const { page } = await open(at('real.html'), { width: 800, scheme: 'dark' });
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator('details:not([open])').count()).toBe(0);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.locator('#filters').isVisible()).toBe(false);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.locator('details:not([open])').count()).toBeGreaterThan(0);
    await page.close();
  });

  it('plays the terminal by keyboard, from the handover that stands there, without a word asked for', async () => {
    const { page, requests, complaints } = await open(at('real.html'), { width: 1200, scheme: 'light' });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const [, seconds = 'none'] = /handover (\d+\.\d+ s)/.exec(await shownInStill(page)) ?? [];
    await terminalShows(page, `handover ${seconds}`);
    await tabToPlayer(page);
    await page.keyboard.press('0');
    await terminalShows(page, `handover ${seconds}`, { not: true });
    await page.keyboard.press('9');
    await page.keyboard.press('Space');
    await terminalShows(page, 'run over');
    expect(await page.locator('.ap-marker').count()).toBe(4);
    expect(await page.evaluate(stillMoving)).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('prints what the terminal showed as text', async () => {
    const { page } = await open(at('real.html'), { width: 800, scheme: 'light' });
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.film .player').isVisible()).toBe(false);
    expect(await page.locator('.still pre').isVisible()).toBe(true);
    await page.close();
  });

  it('gives what is published as asciicast, version 3, to the player itself', async () => {
    const film = at('film.cast');
    const made = await kha(home, ['publish', 'real.ndjson', '--format', 'asciicast', '--out', film]);
    expect(made).toMatchObject({ exitCode: 0 });
    const lines = readFileSync(film, 'utf8').trimEnd().split('\n');
    writeFileSync(at('player.html'), '<!doctype html><meta charset="utf-8"><div id="player"></div>');
    const { page, complaints } = await open(at('player.html'), { width: 1200, scheme: 'dark' });
    for (const name of ['min.js', 'css']) {
      const path = join(dirname(cliFile()), `asciinema-player.${name}`);
      await (name === 'css' ? page.addStyleTag({ path }) : page.addScriptTag({ path }));
    }
    await page.evaluate(
      `window.player = AsciinemaPlayer.create({ data: ${JSON.stringify(lines.join('\n'))} }, document.querySelector('#player'), { poster: 'npt:3600' })`,
    );
    await terminalShows(page, 'run over');
    const sum = lines.slice(1).reduce((all, line) => all + JSON.parse(line)[0], 0);
    expect(await page.evaluate('player.getDuration()')).toBeCloseTo(sum, 1);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('names every picture and every region for a screen reader', async () => {
    const { page } = await open(at('real.html'), { width: 1200, scheme: 'light' });
    const nameless =
      'svg:not([role=img][aria-label], .player *), [role=region]:not([aria-label]), select:not(label *)';
    expect(await page.locator(nameless).count()).toBe(0);
    await terminalShows(page, 'kha-lab');
    expect(await page.evaluate(namelessButtons)).toBe(0);
    expect(await page.locator('figure svg').count()).toBe(2 * (await page.locator('figure table').count()));
    await page.close();
  });

  it('shows each picture as a file of its own', async () => {
    const { page, requests, complaints } = await open(at('many/rounds-1.svg'), {
      width: 900,
      scheme: 'dark',
    });
    expect(await page.locator('circle.dot').count()).toBe(21);
    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

/** What reaches over the window's edge without a frame that scrolls. */
async function tooWide(page: Page): Promise<unknown> {
  return page.evaluate(`[...document.querySelectorAll('body *')]
    .filter((one) => !one.closest('.scroll, svg, .ap-player *') && one.getBoundingClientRect().right > innerWidth + 0.5)
    .map((one) => one.outerHTML.slice(0, 80))
    .concat(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [])`);
}

/** Waits until the played terminal shows a text, or shows others and not that. */
async function terminalShows(page: Page, text: string, { not = false } = {}): Promise<void> {
  const words = not ? { hasText: 'kha-lab', hasNotText: text } : { hasText: text };
  await page.locator('.ap-term-text').filter(words).waitFor();
}

async function shownInStill(page: Page): Promise<string> {
  return (await page.locator('.still pre').first().textContent()) ?? '';
}

/** Names of what still moves in the player by itself. */
const stillMoving = `[...document.querySelectorAll('.player *')].filter((one) => {
  const { animationName, transitionDuration } = getComputedStyle(one);
  return animationName !== 'none' || !/^0s(, 0s)*$/.test(transitionDuration);
}).map((one) => one.className)`;

const namelessButtons = `[...document.querySelectorAll('.player button')]
  .filter((one) => !(one.ariaLabel || one.textContent)).length`;

async function tabToPlayer(page: Page): Promise<void> {
  for (let press = 0; press < 300; press += 1) {
    if (await page.evaluate('document.activeElement.matches(".ap-playback-button")')) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the player cannot be reached by keyboard');
}

/** Tab by tab, as somebody without a mouse. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let press = 0; press < 300; press += 1) {
    if ((await page.evaluate('document.activeElement.id')) === id) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`#${id} cannot be reached by keyboard`);
}

async function shownCells(page: Page, cell: number): Promise<unknown> {
  return page.evaluate(
    `[...new Set([...document.querySelectorAll('#lines tbody tr:not([hidden])')].map((row) => row.cells[${cell}].textContent))]`,
  );
}
