// What every cause folder owes: the files, the registration, a page with known headings, words that read well. Says the line to add.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { causes } from '../../src/causes/catalogue.ts';
import { stages } from '../../src/causes/contract.ts';
import { causeFolders, causesDir, pageOf, scenariosOf } from '../harness/cause-folders.ts';

const headings = ['## What you see', '## Why it happens', '## How we know', '## What the fix does', '## When not to use it'];

describe.each(causeFolders)('%s', (folder) => {
  const cause = causes.find(({ rule }) => rule.id === folder);

  it('is registered', () => {
    const missing = cause === undefined ? `Add to src/causes/registry.ts:  export { cause as CODE } from './${folder}/rule.ts';` : '';
    expect(missing).toBe('');
  });

  it('has a fix exactly when it has the file, and the fix names its cause', () => {
    expect(cause?.fix?.cause ?? null).toBe(existsSync(join(causesDir, folder, 'fix.ts')) ? folder : null);
  });

  it('has a page with the headings that readers look for', () => {
    const page = pageOf(folder);
    expect(page.split('\n')[0]).toBe(`# ${folder}`);
    expect(page.match(/^## .*$/gm)).toEqual(headings);
    expect(page).toMatch(/field guide/i);
    expect(page).toContain(cause?.rule.code);
  });

  it('has a failing scenario, a healthy twin and a look-alike', async () => {
    const scenarios = await scenariosOf(folder);
    const fires = scenarios.filter(({ expect: { confirmed, suspected } }) => [...confirmed, ...(suspected ?? [])].includes(folder));
    expect(fires.length).toBeGreaterThan(0);
    expect(scenarios.length - fires.length).toBeGreaterThan(0);
    expect(scenarios.some(({ name }) => name.startsWith('the healthy twin'))).toBe(true);
  });

  it('speaks in noun phrases and imperatives', () => {
    expect(folder).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(cause?.rule.title).toMatch(/^[A-Z].*[^.]$/);
    if (cause?.fix) {
      expect(cause.fix.label).toMatch(/^[A-Z][^.]{3,60}$/);
      expect(cause.fix.permission).toMatch(/^Microsoft\.ApiManagement\/service\/.+\/(write|delete|action)$/);
    }
  });
});

it('registers nothing twice, and nothing without a folder', () => {
  const ids = causes.map(({ rule }) => rule.id);
  expect([...ids].sort()).toEqual([...causeFolders]);
  expect(new Set(causes.map(({ rule }) => rule.code)).size).toBe(causes.length);
});

it('keeps the order in which a person would check', () => {
  const order = causes.map(({ rule }) => stages.indexOf(rule.stage));
  expect(order).toEqual([...order].sort((a, b) => a - b));
});
