// A change whose field begins with `!` is a POST of an action: no body, no If-Match, sent once.
import type { ArmAnswer, ArmExchange } from '../../src/azure/arm-http.ts';
import { createArmWriter } from '../../src/azure/arm-writer.ts';

const on = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso/namedValues/nv1';
const change = { on, field: '!refreshSecret', before: null, after: null, etag: '"AAAA"' };

function answering(status: number, body: unknown = null) {
  const sent: Omit<ArmExchange, 'signal'>[] = [];
  const answer: ArmAnswer = { kind: 'answer', status, body, etag: '"CCCC"', requestId: 'r-1', date: null, retryAfterMs: null };
  const http = {
    endpoint: 'https://management.example',
    read: async () => Promise.reject(new Error('Nothing is read here.')),
    write: async ({ signal: _, ...exchange }: ArmExchange) => {
      sent.push(exchange);
      return answer;
    },
  };
  return { sent, writer: createArmWriter({ http, timeoutMs: 1000, hash: (text) => `hash of ${text.length}` }) };
}

it.each([200, 202, 204])('takes %i for done, a long-running one that was accepted too', async (status) => {
  const { sent, writer } = answering(status);

  expect(await writer.write(change)).toEqual({ kind: 'done', requestId: 'r-1', etag: null });
  expect(sent).toEqual([{ method: 'POST', path: `${on}/refreshSecret` }]);
});

it('names the action that is not allowed', async () => {
  const { writer } = answering(403);

  expect(await writer.write(change)).toEqual({
    kind: 'refused',
    action: 'Microsoft.ApiManagement/service/namedValues/refreshSecret/action',
  });
});
