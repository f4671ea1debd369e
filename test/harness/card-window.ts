// Shows a card as Teams would: Microsoft's renderer in a real browser, with a Markdown processor that is as trusting as can be.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Card } from '../../src/conversation/ports.ts';
import { openBrowser } from './browser.ts';

/** Scripts that draw cards in a page, in this order. */
export const cardScripts = ['../../node_modules/adaptivecards/dist/adaptivecards.min.js', 'card-painter.js'].map((path) =>
  readFileSync(join(import.meta.dirname, path), 'utf8'),
);

const tinted: Readonly<Record<string, string>> = { attention: '#a4262c', good: '#0b6a0b', accent: '#3d3ea8' };

const container = (backgroundColor: string, text = '#242424'): unknown => ({
  backgroundColor,
  foregroundColors: Object.fromEntries(
    ['default', 'dark', 'light', 'accent', 'attention', 'warning', 'good'].map((name) => [
      name,
      { default: tinted[name] ?? text, subtle: '#5c5c5c' },
    ]),
  ),
});

export const hostConfig = {
  supportsInteractivity: true,
  fontFamily: 'DejaVu Sans, sans-serif',
  fontTypes: { default: {}, monospace: { fontFamily: 'DejaVu Sans Mono, monospace' } },
  fontSizes: { small: 12, default: 14, medium: 16, large: 19, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  spacing: { small: 4, default: 8, medium: 14, large: 20, extraLarge: 28, padding: 12 },
  separator: { lineThickness: 1, lineColor: '#e0e0e0' },
  containerStyles: {
    default: container('#ffffff'),
    emphasis: container('#f3f3f5'),
    accent: container('#e8ebfa'),
    good: container('#e7f2da'),
    attention: container('#fcebe9'),
    warning: container('#fdf3d8'),
  },
  actions: { maxActions: 6, spacing: 'default', buttonSpacing: 8, actionsOrientation: 'horizontal', actionAlignment: 'left' },
};

export const style = `
  body { margin: 0; padding: 12px; background: #f5f5f5; }
  .ac-adaptiveCard { border-radius: 6px; box-shadow: 0 1px 4px #0003; overflow: hidden; }
  .ac-actionSet { flex-wrap: wrap !important; }
  button.ac-pushButton { font: 600 13px DejaVu Sans, sans-serif; padding: 7px 14px; border: 1px solid #c8c8c8; border-radius: 4px; background: #fff; margin-bottom: 6px; white-space: normal; }
  button.ac-pushButton.style-positive { background: #5b5fc7; color: #fff; border-color: #5b5fc7; }
  button.ac-pushButton.style-destructive { color: #b10e1c; border-color: #b10e1c; }`;

export interface CardWindow extends AsyncDisposable {
  /** Draws the card and returns the renderer's complaints. */
  show(card: Card): Promise<readonly string[]>;
  /** What is there to read, a line for each block. */
  text(): Promise<string>;
  /** Names of the elements that text alone never makes. */
  markup(): Promise<readonly string[]>;
  /** How many pixels the content is wider than the window. */
  overflow(): Promise<number>;
  screenshot(path: string): Promise<void>;
}

/** `width` in CSS pixels: 360 is a small phone. */
export async function openCardWindow(width = 460): Promise<CardWindow> {
  const browser = await openBrowser();
  const page: Page = await browser.newPage({ viewport: { width, height: 400 }, deviceScaleFactor: 1.5 });
  await page.setContent(`<style>${style}</style><div id="card"></div>`);
  for (const content of cardScripts) {
    await page.addScriptTag({ content });
  }
  return {
    show: (card) => page.evaluate(`paintCard(${JSON.stringify({ card, hostConfig })})`),
    text: () => page.evaluate('readCard()'),
    markup: () => page.evaluate('markupOfCard()'),
    overflow: () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    async screenshot(path) {
      await page.screenshot({ path, fullPage: true });
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
