import { segmentsOf } from '../../src/snapshot/find-api.ts';

it('compares paths by their letters, however a client wrote them', () => {
  expect(segmentsOf('/Pfad/%C3%9Cbung;rev=2/a%20b')).toEqual(['pfad', 'übung', 'a b']);
  expect(segmentsOf('/half/%C3')).toEqual(['half', '%c3']);
});
