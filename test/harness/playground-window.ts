// The Agents Playground in a real browser, as a person sees it.
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';

export interface PlaygroundWindow {
  readonly page: Page;
  /** Pastes a text into the chat box, as Ctrl+V does, and sends it. The Playground drops line breaks on the way. */
  paste(text: string): Promise<void>;
  /** Types a text as it is, line breaks included, and sends it. */
  say(text: string): Promise<void>;
  /** Goes to the Group Chat, where the bot hears what mentions it. */
  openGroupChat(): Promise<void>;
  /** In a group chat: mentions the bot as a person does, with @ and the list, then writes the text and sends it. */
  mention(text: string): Promise<void>;
  /** The text of the newest card. */
  cardText(): Promise<string>;
  /** Waits until the newest card says `text`, and gives its whole text. */
  waitForCard(text: string | RegExp): Promise<string>;
  /** Presses the button of this title on the newest card that has it. */
  press(title: string): Promise<void>;
  /** Titles of the buttons of the newest card. */
  buttons(): Promise<readonly string[]>;
  /** How many cards there are. */
  cards(): Promise<number>;
  screenshot(path: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens `url` and waits for the bot's welcome. */
export async function openPlayground(url: string): Promise<PlaygroundWindow> {
  const browser: Browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 1400 }, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(url);
  const cards = page.locator('.ac-adaptiveCard');
  await cards.first().waitFor();
  const box = page.getByRole('textbox').first();

  async function send(put: () => Promise<unknown>): Promise<void> {
    await box.click();
    await put();
    await page.keyboard.press('Enter');
  }

  const newest = (): Locator => cards.last();
  return {
    page,
    paste: (text) =>
      send(async () => {
        await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
        await page.keyboard.press('Control+V');
      }),
    say: (text) => send(() => page.keyboard.insertText(text)),
    openGroupChat: () => page.getByText('Group Chat', { exact: true }).click(),
    mention: (text) =>
      send(async () => {
        await page.keyboard.type('@');
        await page.getByRole('menuitem', { name: 'Locksmith' }).click();
        await page.keyboard.insertText(text);
      }),
    cardText: () => shownOn(newest()),
    async waitForCard(text) {
      const card = newest().filter({ hasText: text });
      await card.waitFor();
      return await shownOn(card);
    },
    press: (title) => page.getByRole('button', { name: title, exact: true }).last().click(),
    buttons: () => newest().getByRole('button').allInnerTexts(),
    cards: () => cards.count(),
    screenshot: async (path) => void (await page.screenshot({ path })),
    close: () => browser.close(),
  };
}

/** What is drawn, hidden parts left out. */
async function shownOn(locator: Locator): Promise<string> {
  return (await locator.allInnerTexts()).join('\n');
}
