// One headless Chromium for the tests that look at what a person would see.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** CHROMIUM_PATH first, then the system's, then the one that comes from npm. The caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const installed = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => path && existsSync(path));
  if (installed) {
    return await chromium.launch({ executablePath: installed, args: FLAGS });
  }
  const { default: packed } = await import('@sparticuz/chromium');
  return await chromium.launch({ executablePath: await packed.executablePath(), args: [...packed.args, ...FLAGS] });
}
