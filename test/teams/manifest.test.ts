import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../manifest');
const source = readFileSync(join(folder, 'manifest.json'), 'utf8');
const values: Readonly<Record<string, string>> = {
  TEAMS_APP_ID: '00000000-0000-4000-8000-000000000020',
  BOT_ID: '00000000-0000-4000-8000-000000000021',
  BOT_DOMAIN: 'locksmith.contoso.example',
  ORGANISATION: 'Contoso',
};

const filledIn = source.replace(/\$\{\{(\w+)\}\}/g, (whole, name) => values[name] ?? whole);

function mistakesIn(manifest: string): unknown {
  const check = spawnSync(process.execPath, [join(import.meta.dirname, '../harness/check-manifest.ts')], {
    input: manifest,
    encoding: 'utf8',
  });
  return JSON.parse(check.stdout);
}

it("is valid by Microsoft's own schema, once its placeholders are filled in", () => {
  expect(mistakesIn(filledIn)).toEqual([]);
});

it('is checked by a schema that does find mistakes', () => {
  expect(mistakesIn(filledIn.replace('groupChat', 'nowhere'))).not.toEqual([]);
});

it('documents every placeholder', () => {
  const used = new Set([...source.matchAll(/\$\{\{(\w+)\}\}/g)].map((found) => found[1]));
  const readme = readFileSync(join(folder, 'readme.md'), 'utf8');

  expect([...used].sort()).toEqual(Object.keys(values).sort());
  for (const name of used) {
    expect(readme).toMatch(new RegExp(`\\| \`\\$\\{\\{${name}\\}\\}\` +\\| \\w`));
  }
});

it.each([
  ['color.png', 192],
  ['outline.png', 32],
])('has %s in the size that Teams wants', (file, size) => {
  const png = readFileSync(join(folder, file));

  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
});
