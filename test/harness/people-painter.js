// Runs in the page of one person, beside Microsoft's renderer: the chat as this person sees it. `report` goes to the test.

const shown = new Map();
let person = null;
let look = null;
/** Everything that this person's client has asked the bot and that is not answered and drawn yet. */
globalThis.underWay = 0;

globalThis.openChat = ({ me, hostConfig }) => {
  person = me;
  look = hostConfig;
  document.getElementById('box').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    const text = event.target.value;
    event.target.value = '';
    track(globalThis.report({ what: 'said', text }));
  });
};

/** A new message, or a new text or card for one that is there: the latter is an edit, which everybody sees. */
globalThis.showMessage = ({ id, from, text, card }) => {
  const known = shown.get(id);
  const element = known?.element ?? document.createElement('section');
  if (known === undefined) {
    element.dataset.id = id;
    document.getElementById('chat').append(element);
  }
  const message = { element, from, edit: (known?.edit ?? 0) + 1 };
  shown.set(id, message);
  draw(id, message, text, card);
  const { action, userIds } = card?.refresh ?? {};
  // Without a list it is everybody in a conversation of up to 60 people (Universal Actions, refresh).
  if (action && (userIds === undefined || userIds.includes(person.id))) press(id, action, 'automatic');
};

function draw(id, { element, from }, text, card) {
  const name = document.createElement('strong');
  name.textContent = from;
  element.replaceChildren(name);
  if (text) {
    const words = document.createElement('pre');
    words.textContent = text;
    element.append(words);
  }
  if (!card) return;
  const onAction = (pressed) => clicked(id, pressed);
  const drawn = globalThis.drawCard({ card, hostConfig: look, onAction });
  element.append(drawn.element);
  if (drawn.problems.length > 0) globalThis.report({ what: 'problems', problems: drawn.problems });
}

function clicked(id, pressed) {
  const type = pressed.getJsonTypeName();
  // `data` holds the inputs too, since the renderer has just collected them.
  const data = typeof pressed.data === 'object' ? pressed.data : {};
  if (type === 'Action.Execute') press(id, { type, id: pressed.id, verb: pressed.verb, data }, 'manual');
  if (type === 'Action.Submit') track(globalThis.report({ what: 'submitted', id, data }));
}

/** One after another for a message, as each answer may bring other buttons. The answer is for this person alone. */
function press(id, action, trigger) {
  const message = shown.get(id);
  const before = message.busy ?? Promise.resolve();
  message.busy = track(
    before.then(async () => {
      const asked = shown.get(id).edit;
      const answer = await globalThis.report({ what: 'pressed', id, action, trigger });
      const now = shown.get(id);
      // What was asked for an earlier card says nothing of the one that is there by now; its own refresh is under way.
      if (trigger === 'automatic' && now.edit !== asked) return;
      if (answer.card) draw(id, now, null, answer.card);
      else if (answer.problem) now.element.append(Object.assign(document.createElement('em'), { textContent: answer.problem }));
    }),
  );
}

function track(work) {
  globalThis.underWay += 1;
  return work.finally(() => {
    globalThis.underWay -= 1;
  });
}
