// What is too broad for a button is there to copy: a command that a shell takes as it is, or a policy that is well formed, and who decides.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { causes, fixOf } from '../../src/causes/catalogue.ts';
import type { Copy } from '../../src/causes/contract.ts';
import { azRest, word } from '../../src/causes/to-copy.ts';
import { scanPolicy } from '../../src/snapshot/policies/scan.ts';
import { openAskedLab } from '../harness/ask-lab.ts';
import { causesDir, scenariosOf } from '../harness/cause-folders.ts';
import { estatesOf, pasteOf } from '../harness/healthy-estate.ts';

jest.setTimeout(120_000);

/** Nothing in Azure has to change: the caller, or somebody beside, does something else. Each with the reason. */
const onTheCallersSide: Readonly<Record<string, string>> = {
  'direct-management-api-retired': 'The caller calls ARM instead.',
  'key-sent-to-open-api': 'The caller sends no key, or the right one.',
  'not-a-subscription-key': 'The caller sends a key instead of an id or a name.',
  'key-mangled-by-client': 'The caller sends the key as it is.',
  'key-of-another-service': 'The caller calls the service that the key is of.',
  'wrong-header-shadows-query': 'The caller sends one key, not two.',
  'key-not-sent': 'The caller sends a key.',
  'key-sent-elsewhere': 'The caller sends the key where the gateway looks.',
  'browser-navigation-without-key': 'The page makes the call by a script that can add the header.',
  'open-product-behind-token-policy': 'The caller sends a token.',
  'gateway-configuration-unreachable': 'The network of the cluster that the gateway runs in lets it out.',
  'wrong-host': 'The caller calls the right host.',
  'operation-not-found': 'The caller calls an operation that exists.',
  'import-rejected': 'The author of the OpenAPI document corrects it.',
  'token-not-sent': 'The caller sends a token.',
  'wrong-kind-of-token': 'The caller gets an access token for this API.',
  'token-issuer-mismatch': 'The caller gets the token from the issuer that the policy names.',
  'required-claim-missing': 'Whoever issues the token gives the role or scope; in Azure API Management nothing changes.',
  'token-scheme-mismatch': 'The caller writes Bearer before the token.',
  'check-header-rejects': 'The caller sends the header that the policy asks for.',
  'policy-returns-401': 'What the policy asks for is what its author wanted; the answer names the line.',
  'mcp-tool-call-drops-headers': 'The tool call brings its own sign-in; the way depends on the MCP client.',
  'on-error-rewrites-response': 'The policy hides the cause; its author reads the log, and nothing has to change.',
  'mcp-discovery-challenge': 'It is no fault: the client signs in next.',
  'azure-subscription-id-used-as-key': 'The caller sends a key instead of the id.',
  'ai-key-of-another-kind': 'The caller takes the key of the resource that is called.',
  'ai-wrong-region': 'The caller calls the region that the key is of.',
  'ai-wrong-version-endpoint': 'The caller calls the address that the key is for.',
  'luis-key-kind-mismatch': 'The caller takes the key of the right kind.',
  'ai-key-not-propagated': 'The caller waits.',
  'ai-trial-expired': 'The caller takes a key of a resource that is paid for.',
  'ai-client-endpoint-fixed': 'The client program has to be changed or replaced.',
  'translator-region-missing': 'The caller sends the region.',
  'ai-key-sent-as-bearer': 'The caller sends the key in its header.',
  'openai-azure-mixed-up': 'The caller calls the one that the key is of.',
  'ai-quota-reported-as-401': 'The caller waits for the next month, or takes a key that is paid for.',
  'token-on-regional-endpoint': 'The caller calls the resource by its own name.',
  'ai-multi-service-mismatch': 'The caller calls the address that the key is for.',
};

it.each(causes.map(({ rule, fix, remedy }) => [rule.id, fix !== null, remedy !== undefined] as const))(
  '%s has a button, or something to copy, or nothing in Azure has to change',
  (id, button, copy) => {
    expect(button || copy || id in onTheCallersSide).toBe(true);
    expect(copy && id in onTheCallersSide).toBe(false);
  },
);

it.each(causes.map((cause) => [cause.rule.id, cause] as const))(
  '%s has other fixes and a remedy exactly when it has the files',
  (id, cause) => {
    expect(cause.remedy !== undefined).toBe(existsSync(join(causesDir, id, 'remedy.ts')));
    expect((cause.otherFixes ?? []).length > 0).toBe(existsSync(join(causesDir, id, 'other-fix.ts')));
    for (const fix of cause.otherFixes ?? []) {
      expect({ of: fix.cause, found: fixOf(`${id}/${fix.name}`) }).toEqual({ of: id, found: fix });
      expect(fix.label).toMatch(/^[A-Z][^.]{3,60}$/);
    }
  },
);

it('names no cause as the caller’s that does not exist', () => {
  expect(Object.keys(onTheCallersSide).filter((id) => !causes.some(({ rule }) => rule.id === id))).toEqual([]);
});

const given: { readonly cause: string; readonly scenario: string; readonly paste: string; readonly copy: Copy }[] = [];

beforeAll(async () => {
  for (const { rule, remedy } of causes) {
    if (remedy === undefined) continue;
    for (const scenario of await scenariosOf(rule.id)) {
      const lab = await openAskedLab(estatesOf(scenario));
      const paste = pasteOf(scenario);
      const { diagnosis } = await lab.ask(paste, scenario.keyPrefix);
      await lab.close();
      for (const { cause, outcome, copy } of diagnosis.verdicts) {
        if (copy === null) continue;
        if (outcome !== 'confirmed' && outcome !== 'suspected') throw new Error(`${cause} gives something to copy, and is ${outcome}`);
        given.push({ cause, scenario: scenario.name, paste, copy });
      }
    }
  }
});

it('gives it for every cause that promises it', () => {
  const promised = causes.filter(({ remedy }) => remedy !== undefined).map(({ rule }) => rule.id);
  expect(promised.filter((id) => !given.some(({ cause }) => cause === id))).toEqual([]);
});

it('gives commands of one line, one call of az each, and nothing that a shell would read as more', () => {
  for (const text of new Set(given.filter(({ copy }) => copy.what === 'command').map(({ copy }) => copy.text))) {
    expect(text).not.toMatch(/[\n\r]/);
    expect(spawnSync('bash', ['-n', '-c', text], { encoding: 'utf8' }).stderr).toBe('');
    const run = spawnSync('bash', ['-c', `PATH=; az() { printf 'called\\0'; printf '%s\\0' "$@"; }; ${text}`], { encoding: 'utf8' });
    const words = run.stdout.split('\0').slice(0, -1);
    expect({ status: run.status, calls: words.filter((one) => one === 'called').length, stderr: run.stderr }).toEqual({
      status: 0,
      calls: 1,
      stderr: '',
    });
    const body = words[words.indexOf('--body') + 1];
    if (words.includes('--body') && body?.startsWith('@') === false) expect(typeof JSON.parse(body)).toBe('object');
    const uri = words[words.indexOf('--uri') + 1];
    if (words[1] === 'rest') expect(uri).toMatch(/^\/subscriptions\/[^?\s]+\?api-version=\d{4}-\d{2}-\d{2}$/);
    expect(text).not.toMatch(/undefined|null\b|\[object/);
  }
});

it('gives policies that are well formed', () => {
  const policies = new Set(given.filter(({ copy }) => copy.what === 'policy').map(({ copy }) => copy.text));
  expect(policies.size).toBeGreaterThan(8);
  for (const text of policies) expect(scanPolicy(`<policies>${text}</policies>`)).toMatchObject({ kind: 'document' });
});

it('says who decides, and holds no key of the paste', () => {
  for (const { copy, paste } of given) {
    expect(copy.decides).toMatch(/^[A-Z][^\n]{15,400}\.$/);
    const secrets = paste.match(/\b[0-9a-f]{32}\b|eyJ[\w-]{20,}/g) ?? [];
    expect(secrets.filter((secret) => `${copy.text} ${copy.decides}`.includes(secret))).toEqual([]);
  }
});

it('quotes whatever a name holds', () => {
  const printed = (line: string): string => spawnSync('bash', ['-c', `printf '%s' ${line}`], { encoding: 'utf8' }).stdout;
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom("it's", '$(id)', '`id`', 'a;b', '"', "''", '!x', '~', '*', 'a\nb', '-x', '\\', '#')),
      (text) => {
        const plain = [...text].filter((one) => one >= ' ' && one !== '\u007f').join('');
        expect(printed(word(text))).toBe(plain);
      },
    ),
    { numRuns: 150 },
  );
  expect(azRest('patch', "/a'b", { x: "it's" })).toBe(
    `az rest --method patch --uri '/a'\\''b?api-version=2024-05-01' --headers 'If-Match=*' --body '{"x":"it'\\''s"}'`,
  );
});
