import { expect, it } from 'vitest';
import { type ReadResult, readConnector } from '../read-connector.ts';
import { curlOptions } from './curl-options.ts';

function read(content: string): ReadResult {
  return readConnector({ definition: { name: 'call.sh', content } });
}

function operations({ model }: ReadResult) {
  return model?.operations.map((one) => {
    const names = one.parameters.map((parameter) => `${parameter.in} ${parameter.name}: ${parameter.schema.kind}`);
    const body = one.body === undefined ? [] : [`body: ${one.body.schema.kind}`];
    const security = (one.security ?? model.security).flatMap((requirement) => [...requirement.keys()]);
    return [`${one.method} ${one.path}`, one.consumes.join(), security.join(), ...names, ...body];
  });
}

it.each<[string, string, readonly string[]]>([
  ['an address alone', 'curl api.test/loans', ['get /loans', '', '']],
  ['a body', `curl -d '{"days": 14}' https://api.test/loans`, ['post /loans', 'application/json', '', 'body: object']],
  [
    'a form of several pieces',
    `curl https://api.test/loans -d days=14 --data-urlencode 'note=a & b' -d 'tag=x&tag=y'`,
    [
      'post /loans',
      'application/x-www-form-urlencoded',
      '',
      'formData days: integer',
      'formData note: string',
      'formData tag: array',
    ],
  ],
  [
    'a query from data',
    'curl -G https://api.test/loans?a=1 -d b=2 --data-urlencode c=x --url-query d=y',
    ['get /loans', '', '', 'query a: integer', 'query b: integer', 'query c: string', 'query d: string'],
  ],
  [
    'a multipart form',
    `curl -F 'scan=@a.png;type=image/png' -F 'note=hi;type=text/plain' --form-string 'raw=@x' https://api.test/up`,
    ['post /up', 'multipart/form-data', '', 'formData scan: file', 'formData note: string', 'formData raw: string'],
  ],
  [
    'JSON and its media types',
    `curl --json '{"a":' --json '1}' -X PATCH https://api.test/a`,
    ['patch /a', 'application/json', '', 'body: object'],
  ],
  ['an upload', 'curl -T a.bin https://api.test/a', ['put /a', 'application/octet-stream', '', 'body: string']],
  ['a head request', 'curl -I https://api.test/a', ['head /a', '', '']],
  ['a user', 'curl -u ada:hush https://api.test/a', ['get /a', '', 'basic']],
  ['a user with a digest', 'curl --digest -u ada:hush https://api.test/a', ['get /a', '', 'digest']],
  ['a token', 'curl --oauth2-bearer hush https://api.test/a', ['get /a', '', 'bearer']],
  [
    'headers',
    `curl https://api.test/a -H 'X-Trace: 1' -H 'Authorization: Bearer hush' -H 'X-Gone:' -H 'X-Empty;' -H 'Content-Type: text/csv' -d a,b -A me`,
    [
      'post /a',
      'text/csv',
      'bearer',
      'header X-Trace: string',
      'header X-Empty: string',
      'header User-Agent: string',
      'body: string',
    ],
  ],
  [
    'options whose arguments look like something else',
    'curl -sSLo -x -m10 --resolve https://no.test -w "%{http_code}" --connect-to -d:-d --retry 3 -c jar https://api.test/a -XDELETE -b a=b',
    ['delete /a', '', ''],
  ],
  [
    'names of options cut short and negated',
    'curl --insec --no-keepalive -XPOST https://api.test/a',
    ['post /a', '', ''],
  ],
])('reads %s', (_, command, expected) => {
  const result = read(command);
  expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(operations(result)).toEqual([expected]);
  expect(JSON.stringify(result)).not.toContain('hush');
});

it('makes operations of several addresses, of --next and of several commands', () => {
  const result = read(`# Get it
curl https://api.test/v1/a https://api.test/v1/b --next -d x=1 https://api.test/v1/c
export BASE=https://api.test/v1
curl "$BASE/d/$ID" && echo done`);
  expect(operations(result)?.map(([operation]) => operation)).toEqual([
    'get /v1/a',
    'get /v1/b',
    'post /v1/c',
    'get /v1/d/{ID}',
  ]);
  expect(result.model?.operations[0]?.summary).toBe('Get it');
  expect(result.findings.map(({ code, line, column }) => [code, line, column])).toEqual([['command-not-read', 4, 23]]);
});

it('leaves out what a browser adds', () => {
  const result = read(`curl 'https://api.test/a' \\
  -H 'accept: application/json' \\
  -H 'accept-language: en' \\
  -H 'sec-ch-ua: "Chromium"' \\
  -H 'sec-fetch-mode: cors' \\
  -H 'user-agent: Mozilla/5.0' \\
  -H 'x-tenant: 7' \\
  -b 'session=hush'`);
  expect(operations(result)).toEqual([['get /a', '', '', 'header x-tenant: string']]);
  expect(result.losses.filter(({ kind }) => kind === 'lost').map(({ code, line }) => [code, line])).toEqual([
    ['cookies-not-carried', 8],
  ]);
});

it.each([
  ['curl', ['error curl-url-missing 1:1']],
  ['curl -X', ['warning curl-argument-missing 1:6', 'error curl-url-missing 1:1']],
  ['curl ftp://files.test/a', ['error sample-url-not-valid 1:6']],
  ['curl -X "GET IT" https://api.test', ['error sample-method-not-valid 1:6']],
  ["curl https://api.test -d '{", ['warning curl-quote-open 1:26']],
  ['curl https://api.test -d @body.json', ['warning sample-file-not-given 1:23']],
  ['curl https://api.test --nonsense -K x', ['warning curl-option-unknown 1:23', 'warning sample-file-not-given 1:34']],
  ['curl https://api.test -F nonsense', ['warning curl-form-not-valid 1:23']],
  ['curl https://api.test --json \'{"a"\'', ['warning sample-json-invalid 1:23']],
])('says what is wrong with %j', (command, expected) => {
  expect(
    read(command).findings.map(({ severity, code, line, column }) => `${severity} ${code} ${line}:${column}`),
  ).toEqual(expected);
});

it('says which options are not carried over', () => {
  const { losses } = read('curl -k --proxy http://p.test --max-time 5 https://api.test/a');
  expect(losses.filter(({ kind }) => kind === 'lost').map(({ message, column }) => [message, column])).toEqual([
    ['--insecure says how cURL sends a request, not what the API is. It was not carried over.', 6],
    ['--proxy says how cURL sends a request, not what the API is. It was not carried over.', 9],
  ]);
});

it('knows every letter that cURL has for an option with an argument', () => {
  const find = curlOptions();
  const letters = [...'AbcCdDeEFhHKmoPQrtTuUwxXyYz'];
  expect(letters.filter((letter) => find.byShort(letter)?.hasArgument !== true)).toEqual([]);
  const flags = [...'012346aBfgGiIjJklLMnNOpqRsSvVZ#:'];
  expect(flags.filter((letter) => find.byShort(letter)?.hasArgument !== false)).toEqual([]);
});

it.each(['curl x.test', '  $ curl x.test', '# note\n\nA=1\nexport B=2\n/usr/bin/curl x.test', 'curl.exe x.test'])(
  'is recognised without being told: %j',
  (text) => {
    expect(read(text).format).toBe('curl');
  },
);
