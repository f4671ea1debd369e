// The names under which an API looks for its key go to Azure together, also when they are put back where there were none.
import { request as httpsRequest } from 'node:https';
import { scenarios as renamed } from '../../src/causes/key-parameter-renamed/scenarios.ts';
import { scenarios as otherHeader } from '../../src/causes/sdk-sends-other-header/scenarios.ts';
import { first } from '../harness/first.ts';
import { serviceId } from '../harness/healthy-estate.ts';
import { openPlan } from '../harness/plan-room.ts';

const defaults = { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' };

it.each([
  ['sdk-sends-other-header', otherHeader, defaults],
  ['key-parameter-renamed', renamed, { header: 'x-api-key', query: 'x-api-key' }],
])('puts both names back: %s', async (offer, scenarios, before) => {
  const room = await openPlan(first(scenarios), offer, { singleOperator: true });
  try {
    expect(await room.prepares('ada')).toMatchObject({ kind: 'preview', plan: { shown: [{ before }] } });
    expect(await room.confirms('ada')).toMatchObject({ kind: 'applied' });
    expect(await room.undoes('ada')).toMatchObject({ kind: 'preview', plan: { shown: [{ after: before }] } });
    expect(await room.confirms('ada')).toMatchObject({ kind: 'undone' });

    expect(await namesNow(room.lab)).toEqual(before);
  } finally {
    await room.close();
  }
});

function namesNow({ managementUrl, ca }: { readonly managementUrl: string; readonly ca: string }): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const url = `${managementUrl}${serviceId}/apis/echo?api-version=2024-05-01`;
    const sent = httpsRequest(url, { ca, headers: { authorization: 'Bearer x' } }, async (answer) => {
      const text = (await answer.toArray()).join('');
      resolve(JSON.parse(text).properties.subscriptionKeyParameterNames);
    });
    sent.on('error', reject);
    sent.end();
  });
}
