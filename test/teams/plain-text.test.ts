import fc from 'fast-check';
import { plainText } from '../../src/teams/plain-text.ts';
import { restoreLines } from '../../src/teams/run-together.ts';
import { botAccount } from '../harness/bot.ts';

const own = { type: 'mention', text: '<at>Locksmith</at>', mentioned: botAccount };
const other = { type: 'mention', text: '<at>On call</at>', mentioned: { id: '29:other', name: 'On call' } };

function message(text: string | undefined, html?: string, entities: readonly unknown[] = [own, other]): never {
  const attachments = html === undefined ? [] : [{ contentType: 'text/html', content: html }];
  return { text, textFormat: 'plain', recipient: botAccount, entities, attachments } as never;
}

it.each([
  ['the bot is left out, others stay', message('<at>Locksmith</at> <at>On call</at> look'), 'On call look'],
  ['a mention in mixed case', message('<AT id="0">locksmith</AT> look'), 'look'],
  ['a mention without entities', message('<at>Locksmith</at> look', undefined, []), 'look'],
  ['Windows line ends', message('a\r\nb\rc'), 'a\nb\nc'],
  ['no-break spaces', message('a\u00a0b&nbsp;c'), 'a b c'],
  ['a text that was escaped as a whole', message('{ &quot;a&quot;: &lt;1&gt; }'), '{ "a": <1> }'],
  [
    'XML with entities of its own',
    message('<set-header name="a">&quot;x&quot;</set-header>'),
    '<set-header name="a">&quot;x&quot;</set-header>',
  ],
  ['a pasted page', message('<html><p>401</p></html>'), '<html><p>401</p></html>'],
  ['markup of Teams without an attachment', message('<p>one</p><p>two<br>three</p>'), 'one\ntwo\nthree'],
  ['nothing', message(undefined), ''],
  [
    'only a mention',
    message('<at>Locksmith</at>&nbsp;', '<p><span itemtype="http://schema.skype.com/Mention" itemid="0">Locksmith</span>&nbsp;</p>'),
    '',
  ],
])('reads %s', (_name, activity, expected) => {
  expect(plainText(activity)).toBe(expected);
});

it('takes the line breaks from the HTML, where Teams has flattened the text', () => {
  const html =
    '<div><div><span itemscope itemtype="http://schema.skype.com/Mention" itemid="0">Locksmith</span>&nbsp;this fails:</div>\n' +
    '<pre>GET /echo HTTP/1.1\nHost: contoso.azure-api.net</pre>\n' +
    '<codeblock class="Json"><code>{<br>&nbsp; &quot;statusCode&quot;: 401<br>}</code></codeblock>' +
    '<blockquote><p>said <b>by</b> <a href="https://contoso.azure-api.net/echo" title="x">the gateway</a></p></blockquote></div>';

  expect(plainText(message('Locksmith this fails: GET /echo', html))).toBe(
    'this fails:\nGET /echo HTTP/1.1\nHost: contoso.azure-api.net\n{\n  "statusCode": 401\n}\nsaid by the gateway',
  );
});

const exchanges: readonly (readonly [string, string])[] = [
  [
    'curl -i',
    'curl -i -H "Ocp-Apim-Subscription-Key: 4f2a" https://contoso.azure-api.net/echo\nHTTP/1.1 401 Unauthorized\nContent-Length: 152\n' +
      'Content-Type: application/json\nWWW-Authenticate: AzureApiManagementKey realm="https://contoso.azure-api.net/echo",name="Ocp-Apim-Subscription-Key",type="header"\n' +
      'Date: Sat, 21 Nov 2026 08:00:00 GMT\n\n{ "statusCode": 401, "message": "Access denied due to invalid subscription key." }',
  ],
  [
    'curl -v',
    '> GET /echo/resource HTTP/2\n> Host: contoso.azure-api.net\n> user-agent: curl/8.5.0\n> accept: */*\n> ocp-apim-subscription-key: 4f2a\n>\n' +
      '< HTTP/2 401\n< content-length: 152\n< content-type: application/json\n< date: Sat, 21 Nov 2026 08:00:00 GMT\n<\n' +
      '* Connection #0 to host contoso.azure-api.net left intact',
  ],
];

it.each(exchanges)('gives the lines back to a paste of %s that the Playground has joined', (_name, paste) => {
  expect(restoreLines(paste.replaceAll('\n', ''))).toBe(paste);
});

it.each([
  'Why does the call to https://contoso.azure-api.net/echo answer 401? The update: nothing changed.',
  '{ "statusCode": 401, "message": "Access denied due to missing subscription key." }',
  'curl -H "Content-Type: application/json" -H \'Ocp-Apim-Subscription-Key: 4f2a\' https://contoso.azure-api.net/echo',
  'it says\nContent-Type: xDate: y',
])('leaves alone what was one line, or has its lines: %s', (text) => {
  expect(restoreLines(text)).toBe(text);
});

it('changes no character beside white space, whatever is sent', () => {
  const pieces = fc.constantFrom(
    'HTTP/1.1 401',
    'Content-Type:',
    ' ',
    '{ "',
    '}',
    '> ',
    '< ',
    '* Aa ',
    'X-A-B: ',
    '"',
    "'",
    'GET /a HTTP/1.1',
    'é',
    'key',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      expect(restoreLines(text).replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
  );
});
