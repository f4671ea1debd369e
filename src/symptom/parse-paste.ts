// From a paste to a symptom: normalise, cut into answers, read each one, let the first 401 lead. Pure; never throws; keeps no secret.
import { isToldKey, toSymptom, type Workshop } from './assemble.ts';
import { readClient } from './client.ts';
import { findPolicies } from './documents.ts';
import { toPastedKey } from './keys.ts';
import { normalise } from './normalise.ts';
import { type Answer, readAnswer } from './read-answer.ts';
import { redactorFor } from './redact.ts';
import { findRequestSpans, type RequestSpan } from './request-spans.ts';
import { readSigns } from './signs.ts';
import { blank, type Span } from './spans.ts';
import { splitAnswers } from './split.ts';
import type { KeyHasher, PastedKey, Symptom } from './symptom.ts';
import { readTold } from './told.ts';

export interface ParsedPaste {
  readonly symptom: Symptom;
  /** The key to look for: the one in the request before one told in words; null when the paste gives none. */
  readonly preferredKey: PastedKey | null;
}

/** Reads any text. What the paste does not say is null; a text that shows no 401 is `not-a-401`. */
export function parsePaste(text: string, hash: KeyHasher): ParsedPaste {
  const paste = normalise(text);
  const source = blank(paste.text, findPolicies(paste.text));
  const requests = findRequestSpans(source);
  const answers = splitAnswers(source, requests).map((part) =>
    readAnswer(source.slice(part.from, part.to), inside(requests, part), part.from),
  );
  const secrets = answers.flatMap((answer) => answer.keys.flatMap((key) => [key.value.written, key.value.text]));
  const workshop: Workshop = { paste, redact: redactorFor(secrets), hash, client: readClient(paste.text), told: readTold(source) };
  const symptoms = answers.map((answer, index) => toSymptom(answer, lenderOf(answers, index), workshop));

  const lead = Math.max(0, symptoms.findIndex(isRefusal));
  const first = symptoms[lead] ?? toSymptom(readAnswer('', [], 0), null, workshop);
  const told = answers.flatMap((answer, index) =>
    index === lead ? [] : answer.keys.filter(isToldKey).map((key) => toPastedKey(key, paste.lineOf(answer.base + key.at), hash)),
  );
  const keys = [...first.keys, ...told.filter((key) => !first.keys.some((known) => known.fingerprint === key.fingerprint))];
  const symptom = { ...first, keys, others: othersOf(symptoms, lead), signs: readSigns(paste, workshop.redact) };
  return { symptom, preferredKey: preferred(keys, symptom.headerName) };
}

function inside(requests: readonly RequestSpan[], part: Span): readonly RequestSpan[] {
  return requests
    .filter((span) => span.from >= part.from && span.from < part.to)
    .map((span) => ({ ...span, from: span.from - part.from, to: Math.min(span.to, part.to) - part.from }));
}

/** An answer without a request of its own belongs to the request before it (a redirect, a retry). */
function lenderOf(answers: readonly Answer[], index: number): Answer | null {
  for (let before = index - 1; before >= 0; before -= 1) {
    const answer = answers[before];
    if (answer !== undefined && (answer.call.url !== null || answer.call.path !== null || answer.call.host !== null)) {
      return answer;
    }
  }
  return null;
}

function isRefusal(symptom: Symptom): boolean {
  return symptom.layer !== 'not-a-401';
}

/** The other answers; what is only a repetition of an answer that stands there already is left out, and so is text without an answer. */
function othersOf(symptoms: readonly Symptom[], lead: number): readonly Symptom[] {
  const seen = new Set([identity(symptoms[lead])]);
  return symptoms.filter((symptom, index) => {
    const known = index === lead || seen.has(identity(symptom)) || (symptom.status === null && symptom.layer === 'not-a-401');
    seen.add(identity(symptom));
    return !known;
  });
}

function identity(symptom: Symptom | undefined): string {
  if (symptom === undefined) return '';
  const { layer, code, status, host, apiPath, method, url, message, keys } = symptom;
  return JSON.stringify([layer, code, status, host, apiPath, method, url, message, keys.map((key) => key.fingerprint)]);
}

/** The gateway reads the header that it asked for, then the query (field guide, b.5); a token is no subscription key. */
function preferred(keys: readonly PastedKey[], headerName: string | null): PastedKey | null {
  const ranked = keys.filter((key) => key.form !== 'jwt').toSorted((a, b) => rank(a, headerName) - rank(b, headerName));
  return ranked[0] ?? null;
}

function rank(key: PastedKey, headerName: string | null): number {
  if (key.where === 'header') {
    const name = key.name?.toLowerCase() ?? '';
    if (name === headerName?.toLowerCase()) return 0;
    return /subscription-?key/.test(name) ? 1 : 2;
  }
  if (key.where === 'query') return 3;
  return key.where === 'bearer' ? 4 : key.name === null ? 6 : 5;
}
