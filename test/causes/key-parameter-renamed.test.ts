// Who loses access by a fix has to be told exactly: an API may have renamed the header, the query parameter, or both.
import { cause } from '../../src/causes/key-parameter-renamed/rule.ts';

it.each([
  [{ header: 'X-Key', query: 'k' }, 'X-Key or k'],
  [{ header: 'X-Key', query: 'subscription-key' }, 'X-Key'],
  [{ header: 'Ocp-Apim-Subscription-Key', query: 'k' }, 'k'],
])('of %o, callers who send %s are shut out', (keyNames, lost) => {
  const api = { armId: '/apis/echo', displayName: 'Echo', keyNames };

  const plan = cause.fix?.plan({ api } as never);

  expect(plan).toMatchObject({ kind: 'change', consequence: expect.stringContaining(`who send ${lost} at present`) });
});
