// A channel with several people in it, each with a page of their own in a real browser. Stands where Teams' clients stand:
// everybody sees what the bot sends and edits, a press is answered to whoever pressed, and a card with `refresh` shows each
// person named in it a view of their own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { botAccount } from './bot.ts';
import { openBrowser } from './browser.ts';
import { cardScripts, hostConfig, style } from './card-window.ts';
import type { Connector, Member } from './connector.ts';

const painter = readFileSync(join(import.meta.dirname, 'people-painter.js'), 'utf8');
const layout = `
  section { margin-bottom: 12px; } pre { white-space: pre-wrap; font: inherit; margin: 4px 0; }
  section > em { color: #b10e1c; display: block; } #box { width: 100%; height: 3em; box-sizing: border-box; }`;

export interface PeopleWindowOptions {
  /** Without a path. */
  readonly botUrl: string;
  /** The members are put on its roster. */
  readonly connector: Connector;
  readonly people: readonly Member[];
  /** `19:...@thread.tacv2;messageid=...`: a channel's thread. */
  readonly conversation?: string;
  /** For a bot that wants a token. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One invoke and what the bot answered. */
export interface Pressed {
  readonly by: string;
  readonly verb: string;
  readonly trigger: 'manual' | 'automatic';
  /** The message whose card it was on. */
  readonly message: string;
  /** HTTP status of the answer, and the status inside its body. */
  readonly status: number;
  readonly statusCode: number | null;
}

export interface PeopleWindow {
  page(name: string): Page;
  /** Writes into this person's text box and sends it, with a mention of the bot. */
  say(name: string, text: string): Promise<void>;
  /** Presses the newest button of this title that this person sees; resolves when the answer is shown. */
  click(name: string, title: string): Promise<void>;
  /** The text of the newest card as this person sees it. */
  cardText(name: string): Promise<string>;
  /** Waits until this person's newest card says `text`, and gives its whole text. */
  waitForCard(name: string, text: string | RegExp): Promise<string>;
  /** Titles of the buttons of this person's newest card. */
  buttons(name: string): Promise<readonly string[]>;
  /** How many cards this person sees. */
  cards(name: string): Promise<number>;
  /** Waits until everything that the bot has sent is shown to everybody, with the views that it led to. */
  settled(): Promise<void>;
  /** Every invoke so far, in the order of the answers. */
  readonly pressed: readonly Pressed[];
  /** What the renderer complains of. */
  readonly problems: readonly string[];
  screenshot(name: string, path: string): Promise<void>;
  close(): Promise<void>;
}

/** What a page tells: `people-painter.js`. */
type Report =
  | { readonly what: 'said'; readonly text: string }
  | { readonly what: 'submitted'; readonly id: string; readonly data: object }
  | { readonly what: 'problems'; readonly problems: readonly string[] }
  | {
      readonly what: 'pressed';
      readonly id: string;
      readonly action: { readonly verb: string };
      readonly trigger: Pressed['trigger'];
    };

interface Shown {
  readonly id: string;
  readonly from: string;
  readonly text: string | null;
  readonly card: unknown;
}

export async function openPeopleWindow(options: PeopleWindowOptions): Promise<PeopleWindow> {
  const { botUrl, connector, people, headers = {}, conversation = '19:on-call@thread.tacv2;messageid=1764000000000' } = options;
  const browser = await openBrowser();
  const pages = new Map<string, Page>();
  const pressed: Pressed[] = [];
  const problems: string[] = [];
  let count = 0;
  let drawing: Promise<unknown> = Promise.resolve();

  function show(message: Shown): void {
    // In the order of sending; a page that is gone sees nothing more.
    drawing = drawing
      .then(() => Promise.all([...pages.values()].map((page) => page.evaluate(`showMessage(${JSON.stringify(message)})`))))
      .catch((error: unknown) => problems.push(String(error)));
  }

  async function post(member: Member, activity: Readonly<Record<string, unknown>>): Promise<Response> {
    count += 1;
    const { id, name, aadObjectId, tenantId } = member;
    return fetch(`${botUrl}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({
        id: `people-${count}`,
        timestamp: new Date().toISOString(),
        channelId: 'msteams',
        serviceUrl: connector.url,
        from: { id, name, aadObjectId },
        recipient: botAccount,
        conversation: { id: conversation, conversationType: 'channel', isGroup: true, tenantId },
        channelData: { channel: { id: conversation.split(';')[0] }, team: { id: '19:team@thread.tacv2' }, tenant: { id: tenantId } },
        locale: 'en-US',
        ...activity,
      }),
    });
  }

  async function said(member: Member, text: string): Promise<void> {
    const mention = { type: 'mention', text: `<at>${botAccount.name}</at>`, mentioned: botAccount };
    show({ id: `said-${count}`, from: member.name, text, card: null });
    const answer = await post(member, { type: 'message', textFormat: 'plain', text: `${mention.text} ${text}`, entities: [mention] });
    if (!answer.ok) problems.push(`A message was answered with ${answer.status}.`);
  }

  async function answerTo(member: Member, { id, action, trigger }: Extract<Report, { what: 'pressed' }>): Promise<unknown> {
    const activity = { type: 'invoke', name: 'adaptiveCard/action', replyToId: id, value: { action, trigger } };
    const answer = await post(member, activity);
    const body = (await answer.json().catch(() => null)) as { statusCode?: number; type?: string; value?: { message?: string } } | null;
    const { statusCode = null, type, value } = body ?? {};
    pressed.push({ by: member.name, verb: action.verb, trigger, message: id, status: answer.status, statusCode });
    if (type === 'application/vnd.microsoft.card.adaptive') return { card: value };
    if (type === 'application/vnd.microsoft.activity.message') return {};
    // As Teams does with anything else.
    return { problem: `Something went wrong. ${value?.message ?? ''}` };
  }

  async function heard(member: Member, report: Report): Promise<unknown> {
    if (report.what === 'said') return said(member, report.text);
    if (report.what === 'pressed') return answerTo(member, report);
    if (report.what === 'submitted') return void (await post(member, { type: 'message', replyToId: report.id, value: report.data }));
    problems.push(...report.problems);
    return undefined;
  }

  function page(name: string): Page {
    const found = pages.get(name);
    if (found === undefined) throw new Error(`There is no ${name} here, only: ${[...pages.keys()].join(', ')}.`);
    return found;
  }

  async function settle(of: Page): Promise<void> {
    for (let known: unknown = null; known !== drawing; ) {
      known = drawing;
      await drawing;
      await of.waitForFunction('underWay === 0');
    }
  }

  const cardsOf = (name: string): Locator => page(name).locator('section > .ac-adaptiveCard');

  try {
    for (const member of people) {
      const context = await browser.newContext({ viewport: { width: 700, height: 1000 } });
      const opened = await context.newPage();
      await opened.exposeFunction('report', (report: Report) => heard(member, report));
      await opened.setContent(`<title>${member.name}</title><style>${style}${layout}</style><main id="chat"></main><textarea id="box">`);
      for (const content of [...cardScripts, painter]) {
        await opened.addScriptTag({ content });
      }
      await opened.evaluate(`openChat(${JSON.stringify({ me: member, hostConfig })})`);
      pages.set(member.name, opened);
    }
  } catch (error) {
    await browser.close();
    throw error;
  }
  connector.members.push(...people);
  connector.watch(({ type, conversation: where, id, card, activity }) => {
    if (type !== 'message' || where.split(';')[0] !== conversation.split(';')[0]) return;
    show({ id, from: botAccount.name, text: typeof activity.text === 'string' ? activity.text : null, card });
  });

  return {
    page,
    pressed,
    problems,
    async say(name, text) {
      const box = page(name).locator('#box');
      await box.fill(text);
      await box.press('Enter');
      await settle(page(name));
    },
    async click(name, title) {
      await settle(page(name));
      await page(name).getByRole('button', { name: title, exact: true }).last().click();
      await settle(page(name));
    },
    async cardText(name) {
      return (await cardsOf(name).last().allInnerTexts()).join('\n');
    },
    async waitForCard(name, text) {
      const card = cardsOf(name).last().filter({ hasText: text });
      await card.waitFor();
      return (await card.allInnerTexts()).join('\n');
    },
    buttons: async (name) => cardsOf(name).last().getByRole('button').allInnerTexts(),
    cards: (name) => cardsOf(name).count(),
    async settled() {
      await Promise.all([...pages.values()].map(settle));
    },
    async screenshot(name, path) {
      await page(name).screenshot({ path, fullPage: true });
    },
    close: () => browser.close(),
  };
}
