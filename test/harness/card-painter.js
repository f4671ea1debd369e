// Runs in the browser, beside Microsoft's renderer. Its Markdown processor trusts everything, so that whatever could slip through does.

/** The drawn element and the renderer's complaints. `onAction` hears of the buttons that the renderer does not handle itself. */
globalThis.drawCard = ({ card, hostConfig, onAction }) => {
  const { AdaptiveCard, HostConfig, SerializationContext, Version } = globalThis.AdaptiveCards;
  AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = text
      .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '<a href="$2">$1</a>')
      .replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
      .replace(/_(.+?)_/g, '<em>$1</em>');
    result.didProcess = true;
  };
  const context = new SerializationContext(new Version(1, 5));
  const drawn = new AdaptiveCard();
  drawn.hostConfig = new HostConfig(hostConfig);
  drawn.onExecuteAction = onAction;
  drawn.parse(card, context);
  const problems = [];
  for (let index = 0; index < context.eventCount; index += 1) {
    problems.push(context.getEventAt(index).message);
  }
  for (const failure of drawn.validateProperties().validationEvents) {
    problems.push(failure.message);
  }
  return { element: drawn.render(), problems };
};

globalThis.paintCard = ({ card, hostConfig }) => {
  const { element, problems } = globalThis.drawCard({ card, hostConfig });
  document.getElementById('card').replaceChildren(element);
  return problems;
};

globalThis.readCard = () => document.getElementById('card').textContent;

/** The elements that plain text never makes. */
globalThis.markupOfCard = () =>
  [...document.querySelectorAll('#card :is(a, at, img, strong, em, script, b, i, h1, li, table, iframe, object)')].map(
    ({ tagName }) => tagName,
  );
