// What somebody wrote, as plain text. Teams sends a paste twice: flattened in `text`, and as HTML in an attachment,
// where the line breaks are. Nothing but the bot's own name is taken out, since the rest may be the evidence.
import type { Activity, Mention } from 'botbuilder';
import { htmlToText, unescapeEntities } from './html.ts';
import { restoreLines } from './run-together.ts';

// Lengths are bounded so that a hostile text costs no more than its size.
const AT = /<at\b[^<>]{0,200}>([^<]{0,200})<\/at>/gi;
const HTML_MENTION = /<span\b[^<>]{0,300}schema\.skype\.com\/Mention[^<>]{0,300}>([^<]{0,200})<\/span>/gi;
// Markup as Teams writes it, at the very start; a pasted page starts with <!doctype or <html and stays as it is.
const TEAMS_MARKUP = /^\s*<(?:p|div|span|br|ul|ol|pre|codeblock|blockquote)\b[^>]*>/i;
const ESCAPED = /&(?:lt|gt|quot|amp|#\d+|#x[0-9a-f]+);/i;

/** The message's text: mentions of the bot removed, line breaks kept, entities and no-break spaces resolved. */
export function plainText(activity: Partial<Activity>): string {
  const own = ownNames(activity);
  const html = htmlOf(activity);
  const text = typeof activity.text === 'string' ? activity.text : '';
  if (html !== null) {
    const converted = tidy(htmlToText(withoutMentions(html, own)));
    if (converted !== '') {
      return converted;
    }
  }
  const named = withoutMentions(text, own);
  if (activity.textFormat === 'xml' || TEAMS_MARKUP.test(named)) {
    return tidy(htmlToText(named));
  }
  // Some clients escape the whole text. Then no bare `<` is left; where one is, an entity is part of the paste.
  const unescaped = ESCAPED.test(named) && !/[<>]/.test(named) ? unescapeEntities(named) : named.replace(/&nbsp;/gi, ' ');
  return restoreLines(tidy(unescaped));
}

function htmlOf(activity: Partial<Activity>): string | null {
  const attachments = Array.isArray(activity.attachments) ? activity.attachments : [];
  const html = attachments.find((each) => each?.contentType === 'text/html')?.content;
  return typeof html === 'string' && html.trim() !== '' ? html : null;
}

/** The bot's names as mentions show them, lower case; null when the message has no mention entities at all. */
function ownNames(activity: Partial<Activity>): ReadonlySet<string> | null {
  const entities = Array.isArray(activity.entities) ? activity.entities : [];
  const mentions = entities.filter((each): each is Mention => each?.type === 'mention');
  if (mentions.length === 0) {
    return null;
  }
  const own = mentions.filter((each) => each.mentioned?.id === activity.recipient?.id);
  const names = own.flatMap((each) => [each.mentioned?.name, typeof each.text === 'string' ? each.text.replace(AT, '$1') : undefined]);
  return new Set(names.filter((name) => typeof name === 'string').map((name) => nameOf(name)));
}

// Other people's names stay as words: a sentence without them reads wrong. Without entities any mention is taken for the bot's.
function withoutMentions(text: string, own: ReadonlySet<string> | null): string {
  const keep = (_whole: string, name: string): string => (own === null || own.has(nameOf(name)) ? ' ' : name);
  return text.replace(AT, keep).replace(HTML_MENTION, keep);
}

function nameOf(text: string): string {
  return unescapeEntities(text.replace(/<[^<>]*>/g, ''))
    .trim()
    .toLowerCase();
}

function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u00a0\u202f\u2007]/g, ' ')
    .trim();
}
