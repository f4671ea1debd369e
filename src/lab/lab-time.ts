// Lab time starts at the estate's `now` and runs at wall speed.
import { performance } from 'node:perf_hooks';
import { isArray, isObject, type Json } from './json.ts';

export interface LabClock {
  /** When lab time began, milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds since 1970, in lab time. */
  now(): number;
  /** Lets lab time jump ahead, so that tests need not wait. */
  advance(milliseconds: number): void;
}

export function startClock(startsAt: number): LabClock {
  const began = performance.now();
  let jumped = 0;
  return {
    startedAt: startsAt,
    now: () => Math.floor(startsAt + jumped + performance.now() - began),
    advance: (milliseconds) => {
      jumped += milliseconds;
    },
  };
}

const isoDate = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function shiftText(text: string, by: number): string {
  const match = isoDate.exec(text);
  if (!match) return text;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return text;
  const shifted = new Date(at + by).toISOString();
  return match[2] === undefined ? shifted.replace(/\.\d+Z$/, 'Z') : shifted;
}

/** Moves every ISO date in a document by the same span: what was minutes before `now` stays minutes before `now`. */
export function shiftDates<T extends Json>(value: T, by: number): T;
export function shiftDates(value: Json, by: number): Json {
  if (typeof value === 'string') return shiftText(value, by);
  if (isArray(value)) return value.map((item) => shiftDates(item, by));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shiftDates(item, by)]));
  return value;
}
