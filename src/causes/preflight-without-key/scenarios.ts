import type { Scenario } from '../contract.ts';
import { calledMissing } from '../sample-pastes.ts';

const cors =
  '<policies><inbound><cors><allowed-origins><origin>https://shop.contoso.example</origin></allowed-origins></cors><base /></inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>';
const optionsOperation = {
  'apis/echo/operations/options': { properties: { displayName: 'Options', method: 'OPTIONS', urlTemplate: '/resource' } },
};
const policyOf = (scope: string): Record<string, unknown> => ({
  [`${scope}/policies/policy`]: { properties: { format: 'rawxml', value: cors } },
});
const preflight = calledMissing([
  'Origin: https://shop.contoso.example',
  'Access-Control-Request-Headers: ocp-apim-subscription-key',
]).replace('> GET', '> OPTIONS');

export const scenarios: readonly Scenario[] = [
  {
    name: 'a preflight without a key, and no cors policy anywhere',
    paste: preflight,
    given: optionsOperation,
    expect: { confirmed: ['preflight-without-key'], suspected: ['key-not-sent'], headline: 'preflight-without-key' },
    fix: null,
  },
  {
    name: 'the only cors policy is that of the product, which is not known without a key',
    paste: preflight,
    given: { ...optionsOperation, ...policyOf('products/starter') },
    expect: { confirmed: ['preflight-without-key'], suspected: ['key-not-sent'], headline: 'preflight-without-key' },
  },
  {
    name: 'a GET without a key is no preflight',
    paste: calledMissing(['Origin: https://shop.contoso.example']),
    given: optionsOperation,
    expect: { confirmed: ['key-not-sent'] },
  },
  {
    name: 'the healthy twin: a cors policy of the API answers the preflight',
    paste: preflight,
    given: { ...optionsOperation, ...policyOf('apis/echo') },
    expect: { confirmed: [], suspected: ['key-not-sent'] },
  },
];
