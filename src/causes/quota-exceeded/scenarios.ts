import type { Scenario } from '../contract.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the calls of the quota are used up for five days',
    paste:
      'HTTP/1.1 403 Quota Exceeded\n\n{ "statusCode": 403, "message": "Out of call volume quota. Quota will be replenished in 5.03:23:11." }',
    given: {},
    expect: { confirmed: ['quota-exceeded'], headline: 'quota-exceeded' },
    fix: null,
  },
  {
    name: 'the bandwidth of the quota is used up',
    paste: '{"message":"Out of bandwidth quota. Quota will be replenished in 00:12:01."}',
    given: {},
    expect: { confirmed: ['quota-exceeded'] },
  },
  {
    name: 'the healthy twin: a rate limit, which is over in seconds, is no quota',
    paste: '{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 3 seconds." }',
    given: {},
    expect: { confirmed: ['rate-limited'], headline: 'rate-limited' },
  },
];
