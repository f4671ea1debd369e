import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LabelledPaste, score } from '../corpus/score.ts';

const pastes = JSON.parse(readFileSync(join(import.meta.dirname, '../corpus/own-pastes.json'), 'utf8')) as readonly LabelledPaste[];

it('reads every labelled paste of our own as its label says', () => {
  const result = score(pastes);

  expect(result.misses).toEqual([]);
  expect(result.total).toBeGreaterThanOrEqual(120);
});

it('has no paste twice and no id twice', () => {
  expect(new Set(pastes.map((one) => one.paste)).size).toBe(pastes.length);
  expect(new Set(pastes.map((one) => one.id)).size).toBe(pastes.length);
});

it('counts a paste with one wrong field as wrong', () => {
  const wrong = {
    id: 'wrong',
    paste: '401 Azure AD JWT not present',
    expected: { layer: 'gateway-jwt', code: 'jwt-missing', host: null, api_path: null, header_name: null, status: 403 },
  };

  expect(score([wrong])).toEqual({ total: 1, layerAndCode: 1, allFields: 0, misses: ['wrong: status is 401, expected 403'] });
});
