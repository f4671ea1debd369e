// Imports point one way (shared design, "Layout"). Reads the import lines of every source file and fails on a wrong arrow.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const src = join(import.meta.dirname, '../src');

/** What each folder may import of the others. Its own files are always allowed. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  symptom: [],
  snapshot: ['symptom'],
  causes: ['snapshot', 'symptom'],
  diagnosis: ['causes', 'snapshot', 'symptom'],
  remediation: ['diagnosis', 'causes', 'snapshot', 'symptom'],
  access: ['remediation/ports.ts', 'remediation/plan-record.ts', 'settings.ts'],
  cards: ['remediation', 'diagnosis', 'causes', 'snapshot', 'symptom', 'conversation/ports.ts'],
  conversation: ['cards', 'remediation', 'diagnosis', 'causes', 'snapshot', 'symptom'],
  azure: ['snapshot', 'remediation/ports.ts', 'remediation/plan-record.ts', 'causes/contract.ts'],
  storage: ['remediation/ports.ts', 'remediation/plan-record.ts', 'symptom/symptom.ts'],
  teams: ['conversation/ports.ts', 'remediation/plan-record.ts', 'settings.ts', 'settings-schema.ts', 'log.ts'],
  lab: [],
  terminal: ['*'],
  '.': ['*'],
};

/** Packages that may appear in one folder only. */
const atHome: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^@azure\//, ['azure']],
  [/^(botbuilder|restify|botframework-)/, ['teams']],
  [/^adaptive/, ['cards']],
  [/^node:sqlite$/, ['storage']],
];

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly target: string;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((found) => ({
    file,
    folder: folderOf(file),
    target: found[1] ?? '',
  }));
});

function folderOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '.') : '.';
}

it('finds the imports that it is to judge', () => {
  expect(imports.length).toBeGreaterThan(100);
  expect(Object.keys(allowed)).toEqual(expect.arrayContaining([...new Set(files.map(folderOf))]));
});

it('lets imports point one way', () => {
  const wrong = imports.filter(({ file, folder, target }) => {
    if (!target.startsWith('.')) return false;
    const path = relative(src, join(src, file, '..', target));
    const to = folderOf(path);
    if (to === folder || allowed[folder]?.includes('*')) return false;
    return !allowed[folder]?.some((one) => one === to || one === path);
  });
  expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
});

it('keeps each library in its folder', () => {
  const wrong = imports.filter(({ folder, target }) => atHome.some(([name, homes]) => name.test(target) && !homes.includes(folder)));
  expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
});

it('gives causes no other cause, no node module and no package', () => {
  const wrong = imports.filter(({ file, target }) => {
    if (!/^causes\/[^/]+\//.test(file)) return false;
    if (!target.startsWith('.')) return true;
    const own = file.split('/')[1];
    const path = relative(src, join(src, file, '..', target));
    return /^causes\/[^/]+\//.test(path) && path.split('/')[1] !== own;
  });
  expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
});

it('lets only settings.ts read the environment', () => {
  const reading = files.filter((file) => /process\.env/.test(readFileSync(join(src, file), 'utf8')));
  expect(reading).toEqual(['settings.ts']);
});

it('lets nobody but remediation reveal what is sealed', () => {
  const revealing = imports.filter(
    ({ file, target }) => target.endsWith('sealed.ts') && /\breveal\b/.test(readFileSync(join(src, file), 'utf8')),
  );
  expect([...new Set(revealing.map(({ folder }) => folder))]).toEqual(['remediation']);
});
