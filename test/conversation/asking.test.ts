// What people write, and what comes back, as dialogues.

import { textOf, titlesOf } from '../harness/card-text.ts';
import { activate, answerWith, diagnosisWith, invalidKey, suspended, symptomOf } from '../harness/diagnoses.ts';
import { closeRooms, openRoom } from '../harness/room.ts';

afterEach(closeRooms);

it('answers a pasted 401 in one message: first a sign of life, then the cause with its buttons', async () => {
  const room = openRoom({ diagnoses: [diagnosisWith()] });

  await room.says('Alex', invalidKey);

  expect(room.messages).toHaveLength(1);
  const [first, second] = room.messages[0]?.cards ?? [];
  expect(textOf(first)).toContain('Looking into it');
  expect(textOf(second)).toContain('The subscription is suspended');
  expect(textOf(second)).toContain('Subscription mobile-app, state');
  expect(titlesOf(room.last())).toEqual(['Activate the subscription', 'Look again']);
});

it('keeps the plan before it shows the button, and remembers where the button is', async () => {
  const room = openRoom({ diagnoses: [diagnosisWith()] });

  await room.says('Alex', invalidKey);

  expect(room.offers).toEqual([
    expect.objectContaining({
      cause: 'subscription-suspended',
      conversation: 'room-1',
      who: { id: 'alex', name: 'Alex', tenant: 'contoso' },
      shown: [expect.objectContaining({ field: 'properties.state', before: 'suspended', after: 'active' })],
    }),
  ]);
  expect(room.placed).toEqual([['plan-1', 'message-1']]);
});

it('offers three fixes at most, the headline first', async () => {
  const others = ['api-not-in-product', 'key-not-propagated', 'subscription-scope-malformed'].map((cause) => ({
    ...suspended,
    cause,
    fix: { ...activate, cause, label: `Mend ${cause}` },
  }));
  const room = openRoom({ diagnoses: [diagnosisWith({ verdicts: [...others, suspended] })] });

  await room.says('Alex', invalidKey);

  expect(titlesOf(room.last())).toEqual(['Activate the subscription', 'Mend api-not-in-product', 'Mend key-not-propagated', 'Look again']);
  expect(room.offers).toHaveLength(3);
});

it('says when not everything could be read', async () => {
  const room = openRoom({ diagnoses: [diagnosisWith(), diagnosisWith({ partial: true })] });

  await room.says('Alex', invalidKey);
  expect(textOf(room.last())).not.toContain('Not everything could be read');

  await room.says('Alex', invalidKey);
  expect(textOf(room.last())).toContain('Not everything could be read');
});

it('shows the sign of life before anything is asked of Azure', async () => {
  const answer = Promise.withResolvers<ReturnType<typeof diagnosisWith>>();
  const room = openRoom({ diagnoses: [answer.promise] });

  const asking = room.says('Alex', invalidKey);
  await new Promise(setImmediate);
  expect(textOf(room.last())).toContain('Looking into it');

  answer.resolve(diagnosisWith());
  await asking;
  expect(textOf(room.last())).toContain('The subscription is suspended');
});

it('does not let one slow question hold up another', async () => {
  const slow = Promise.withResolvers<ReturnType<typeof diagnosisWith>>();
  const room = openRoom({ diagnoses: [slow.promise, answerWith('no-cause', 'What I could read is in order.')] });

  const first = room.says('Alex', invalidKey);
  await new Promise(setImmediate);
  await room.says('Megan', invalidKey);

  expect(textOf(room.messages[1]?.cards.at(-1))).toContain('What I could read is in order.');
  expect(textOf(room.messages[0]?.cards.at(-1))).toContain('Looking into it');
  slow.resolve(diagnosisWith());
  await first;
  expect(textOf(room.messages[0]?.cards.at(-1))).toContain('The subscription is suspended');
});

it.each(['help', 'Help!', 'hi', 'Hello there', '', '   \n', '?'])('answers "%s" with help', async (text) => {
  const room = openRoom();

  await room.says('Alex', text);

  expect(textOf(room.last())).toContain('How it goes');
  expect(room.questions).toEqual([]);
});

it('welcomes once it is added, and says what to do', async () => {
  const room = openRoom();

  await room.joins('Alex');

  expect(textOf(room.last())).toContain('Hello, I am Locksmith');
});

it.each(['thanks!', 'who is on call today?', 'the deployment is green', '\u0000\u0001\u0002 PNG'])(
  'shows kindly what to paste after "%s"',
  async (text) => {
    const room = openRoom();

    await room.says('Alex', text);

    expect(room.messages[0]?.cards).toHaveLength(1);
    expect(textOf(room.last())).toContain('What to paste');
    expect(textOf(room.last())).toContain('the key starts with 4f2a');
    expect(room.questions).toEqual([]);
  },
);

describe('the beginning of a key', () => {
  it.each([
    ['the key starts with 9b1c', '9b1c'],
    ['9b1c22aa', '9b1c22aa'],
    ['sorry, it was 9b1c22aa…', '9b1c22aa'],
    ['dead', 'dead'],
    ['der Schlüssel beginnt mit 9b1c', '9b1c'],
  ])('"%s" after a paste looks at that paste again', async (text, keyPrefix) => {
    const room = openRoom({ diagnoses: [answerWith('no-cause', 'Nothing.'), diagnosisWith()] });

    await room.says('Alex', invalidKey);
    await room.says('Alex', text);

    expect(room.questions).toEqual([{ paste: invalidKey }, { paste: invalidKey, keyPrefix }]);
    expect(room.messages).toHaveLength(2);
  });

  it('is a question of its own without a paste before it', async () => {
    const room = openRoom({ diagnoses: [diagnosisWith()] });

    await room.says('Alex', 'the key starts with 9b1c');

    expect(room.questions).toEqual([{ paste: expect.stringContaining('the key starts with 9b1c'), keyPrefix: '9b1c' }]);
  });

  it('of fewer than four characters is refused, with the reason', async () => {
    const room = openRoom();

    await room.says('Alex', 'the key starts with 9b');

    expect(textOf(room.last())).toContain('Fewer than four characters fit too many keys');
    expect(room.questions).toEqual([]);
  });

  it('is not laid over what somebody else pasted', async () => {
    const room = openRoom({ diagnoses: [answerWith('no-cause', 'Nothing.'), diagnosisWith()] });

    await room.says('Alex', invalidKey);
    await room.says('Megan', 'the key starts with 9b1c');

    expect(room.questions[1]?.paste).not.toContain('orders');
  });

  it('is not laid over a paste of more than fifteen minutes ago', async () => {
    const room = openRoom({ diagnoses: [answerWith('no-cause', 'Nothing.'), diagnosisWith()] });

    await room.says('Alex', invalidKey);
    room.wait(16);
    await room.says('Alex', 'the key starts with 9b1c');

    expect(room.questions[1]?.paste).not.toContain('orders');
  });

  it('beside the host of another call is a question of its own', async () => {
    const room = openRoom({ diagnoses: [answerWith('no-cause', 'Nothing.'), diagnosisWith()] });
    const text = 'calling https://fabrikam.azure-api.net/stock, the key starts with 9b1c';

    await room.says('Alex', invalidKey);
    await room.says('Alex', text);

    expect(room.questions[1]).toEqual({ paste: text });
  });

  it('in a new 401 belongs to that one', async () => {
    const room = openRoom({ diagnoses: [answerWith('no-cause', 'Nothing.'), diagnosisWith()] });
    const second = `HTTP/1.1 401 Access Denied\nHost: contoso.azure-api.net\nthe key starts with 9b1c`;

    await room.says('Alex', invalidKey);
    await room.says('Alex', second);

    expect(room.questions[1]).toEqual({ paste: second });
  });
});

it('tells whoever pasted a whole key to rotate it, and shows four characters of it at most', async () => {
  const key = 'c0ffee'.padEnd(32, '1234567890');
  const paste = `${invalidKey}\nOcp-Apim-Subscription-Key: ${key}`;
  const room = openRoom({ diagnoses: [diagnosisWith({ symptom: symptomOf(paste) })] });

  await room.says('Alex', paste);

  const text = textOf(room.last());
  expect(text).toContain('Delete the message, then rotate that key');
  expect(text).toContain(`(${key.slice(0, 4)}…)`);
  expect(JSON.stringify(room.messages)).not.toContain(key.slice(0, 5));
});

describe('a value that looks like a key', () => {
  const paste = `${invalidKey}\nOcp-Apim-Subscription-Key: ${'feed'.padEnd(32, '1234567890')}`;
  const id = { ...suspended, cause: 'not-a-subscription-key', title: 'What was sent is not a subscription key', fix: null };

  it('and is known to be an id needs no rotating', async () => {
    const diagnosis = diagnosisWith({ symptom: symptomOf(paste), headline: id.cause, verdicts: [id] });
    const room = openRoom({ diagnoses: [diagnosis] });

    await room.says('Alex', paste);

    expect(textOf(room.last())).not.toContain('rotate');
  });

  it('and is only suspected to be one does', async () => {
    const diagnosis = diagnosisWith({ symptom: symptomOf(paste), headline: id.cause, verdicts: [{ ...id, outcome: 'suspected' }] });
    const room = openRoom({ diagnoses: [diagnosis] });

    await room.says('Alex', paste);

    expect(textOf(room.last())).toContain('rotate');
  });

  it('shows four characters also when more come in', async () => {
    const symptom = symptomOf(paste);
    const keys = symptom.keys.map((key) => ({ ...key, shown: 'feed1234567890…' }));
    const room = openRoom({ diagnoses: [diagnosisWith({ symptom: { ...symptom, keys } })] });

    await room.says('Alex', paste);

    expect(textOf(room.last())).toContain('(feed…)');
  });
});

describe('when something breaks', () => {
  it('says so in the same message, with a way forward, and logs nothing of what was written', async () => {
    const room = openRoom({ diagnoses: [new Error('boom'), diagnosisWith()] });

    await room.says('Alex', invalidKey);
    expect(room.messages).toHaveLength(1);
    expect(textOf(room.last())).toContain('Something went wrong on my side');
    expect(JSON.stringify(room.errors)).not.toContain('contoso');

    await room.pushes('Alex', 'Look again');
    expect(textOf(room.last())).toContain('The subscription is suspended');
  });

  it('survives a chat that cannot be reached', async () => {
    const room = openRoom({}, { brokenSend: true });

    await expect(room.says('Alex', 'help')).resolves.toBeUndefined();
    await expect(room.joins('Alex')).resolves.toBeUndefined();
    expect(room.errors.length).toBeGreaterThan(0);
  });

  it('survives a megabyte', async () => {
    const room = openRoom({ diagnoses: [answerWith('not-a-401', 'There is no 401 in this text.')] });
    const megabyte = `HTTP/1.1 200 OK\n${'x'.repeat(1_000_000)}`;

    await room.says('Alex', megabyte);

    expect(textOf(room.last())).toContain('There is no 401 in this text.');
  });
});
