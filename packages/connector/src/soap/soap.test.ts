import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JsonValue, parseXml, type ReadOptions, readConnector } from '@patchbay/definition';
import { createEgress } from '@patchbay/egress';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { compile } from '../compile.ts';
import type { Connector } from '../contract.ts';
import { ConnectorError } from '../errors.ts';

/** A service at api.test with one operation, `Do`, made of the schema's elements `Do` and `Done`. */
function serviceOf(
  schema: string,
  options: ReadOptions & { readonly is12?: boolean; readonly baseUrl?: string } = {},
): Connector {
  const soap = options.is12 === true ? 'soap12' : 'soap';
  const wsdl = `<definitions targetNamespace="urn:t" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" xmlns:u="urn:u">
<types>${schema}</types>
<message name="In"><part name="p" element="t:Do"/></message><message name="Out"><part name="p" element="t:Done"/></message>
<portType name="P"><operation name="Do"><input message="t:In"/><output message="t:Out"/></operation></portType>
<binding name="B" type="t:P"><${soap}:binding transport="http://schemas.xmlsoap.org/soap/http"/><operation name="Do"><${soap}:operation soapAction="urn:&quot;do&#10;"/><input/><output/></operation></binding>
<service name="S"><port name="One" binding="t:B"><${soap}:address location="http://api.test/soap?x=1"/></port></service></definitions>`;
  const { model, findings } = readConnector({ definition: { name: 'test.wsdl', content: wsdl } }, options);
  if (model === undefined) throw new Error(findings.map(({ message }) => message).join('\n'));
  return compile(model, options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl });
}

const schemaOf = (content: string, form = 'qualified') =>
  `<xs:schema targetNamespace="urn:t" elementFormDefault="${form}">${content}</xs:schema>`;

/** A schema in which the request and the answer hold the same. */
const both = (content: string, more = '') =>
  schemaOf(
    `<xs:element name="Do" type="t:T"/><xs:element name="Done" type="t:T"/><xs:complexType name="T">${content}</xs:complexType>${more}`,
  );

const sequence = (content: string) => `<xs:sequence>${content}</xs:sequence>`;

/** What stands in the body of the envelope, or the failure. */
function bodyOf(connector: Connector, body: JsonValue): string {
  try {
    const text = String(connector.operation('Do').bind({ body }).body);
    expect(parseXml(text).problem).toBeUndefined();
    return /<soap:Body>(.*)<\/soap:Body>/s.exec(text)?.[1] ?? text;
  } catch (error) {
    if (error instanceof ConnectorError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

it('binds a request of SOAP 1.1 and of SOAP 1.2', () => {
  const schema = both(sequence('<xs:element name="a" type="xs:int"/>'));
  expect(
    serviceOf(schema)
      .operation('Do')
      .bind({ body: { a: 1 } }),
  ).toEqual({
    method: 'POST',
    url: 'http://api.test/soap?x=1',
    headers: { accept: 'text/xml', 'content-type': 'text/xml; charset=utf-8', soapaction: '"urn:\\"do%0A"' },
    body: '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:n3="urn:t"><soap:Body><n3:Do><n3:a>1</n3:a></n3:Do></soap:Body></soap:Envelope>',
  });
  const { headers, body } = serviceOf(schema, { is12: true })
    .operation('Do')
    .bind({ body: { a: 1 } });
  expect([headers, String(body).includes('xmlns:soap="http://www.w3.org/2003/05/soap-envelope"')]).toEqual([
    { accept: 'application/soap+xml', 'content-type': 'application/soap+xml; charset=utf-8; action="urn:\\"do%0A"' },
    true,
  ]);
});

const a = (type: string, more = '') => sequence(`<xs:element name="a" type="${type}" ${more}/>`);
const derived =
  '<xs:complexType name="Dog"><xs:complexContent><xs:extension base="t:Animal"><xs:sequence><xs:element name="bark" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>';
const animal = (more = '') =>
  `<xs:complexType name="Animal" ${more}><xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence></xs:complexType>${derived}`;

it.each<[string, string, JsonValue, string]>([
  [
    'text with what XML reserves',
    both(a('xs:string')),
    { a: 'a<b>&"\r\n\té😀' },
    '<n3:a>a&lt;b&gt;&amp;"&#13;\n\té😀</n3:a>',
  ],
  [
    'elements in the order of the schema',
    both(sequence('<xs:element name="a"/><xs:element name="b"/>')),
    { b: 1, a: 2 },
    '<n3:a>2</n3:a><n3:b>1</n3:b>',
  ],
  ['unqualified elements', both(a('xs:int')).replace('"qualified"', '"unqualified"'), { a: 1 }, '<a>1</a>'],
  [
    'nil, and nothing for what is optional',
    both(
      sequence(
        '<xs:element name="a" type="xs:int" nillable="true"/><xs:element name="b" minOccurs="0" type="xs:int"/>',
      ),
    ),
    { b: null },
    '<n3:a xsi:nil="true"/>',
  ],
  ['an array', both(a('xs:int', 'maxOccurs="unbounded"')), { a: [1, '2'] }, '<n3:a>1</n3:a><n3:a>2</n3:a>'],
  [
    'a list',
    both(sequence('<xs:element name="a"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:element>')),
    { a: [1, 2] },
    '<n3:a>1 2</n3:a>',
  ],
  [
    'lists in an array',
    both(
      sequence(
        '<xs:element name="a" maxOccurs="2"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:element>',
      ),
    ),
    { a: [[1, 2], [3]] },
    '<n3:a>1 2</n3:a><n3:a>3</n3:a>',
  ],
  [
    'a decimal without an exponent',
    both(a('xs:decimal', 'maxOccurs="3"')),
    { a: [1e-7, 1.5e21, -0.25] },
    '<n3:a>0.0000001</n3:a><n3:a>1500000000000000000000</n3:a><n3:a>-0.25</n3:a>',
  ],
  [
    'floats',
    both(a('xs:double', 'maxOccurs="3"')),
    { a: [1e-7, 'NaN', '-INF'] },
    '<n3:a>1e-7</n3:a><n3:a>NaN</n3:a><n3:a>-INF</n3:a>',
  ],
  [
    'base64 as text and as a file',
    both(a('xs:base64Binary', 'maxOccurs="2"')),
    { a: ['aGk=\n', { '$content-type': 'text/plain', $content: 'aGk=' }] },
    '<n3:a>aGk=</n3:a><n3:a>aGk=</n3:a>',
  ],
  [
    'the branch of a choice that fits',
    both(
      '<xs:choice><xs:sequence><xs:element name="a"/><xs:element name="b"/></xs:sequence><xs:sequence><xs:element name="a"/><xs:element name="c"/></xs:sequence></xs:choice>',
    ),
    { a: 1, c: 2 },
    '<n3:a>1</n3:a><n3:c>2</n3:c>',
  ],
  [
    'a repeated sequence, interleaved',
    both('<xs:sequence maxOccurs="unbounded"><xs:element name="a"/><xs:element name="b" minOccurs="0"/></xs:sequence>'),
    { a: [1, 2, 3], b: [4] },
    '<n3:a>1</n3:a><n3:b>4</n3:b><n3:a>2</n3:a><n3:a>3</n3:a>',
  ],
  [
    'a repeated choice',
    both('<xs:choice maxOccurs="unbounded"><xs:element name="a"/><xs:element name="b"/></xs:choice>'),
    { b: [1], a: [2, 3] },
    '<n3:a>2</n3:a><n3:a>3</n3:a><n3:b>1</n3:b>',
  ],
  [
    'other elements where the schema has room',
    both(sequence('<xs:element name="a"/><xs:any minOccurs="0"/>')),
    { a: 1, z: { '@xmlns': 'urn:z', '@k': '"', y: ['1', { '#text': 'x' }] } },
    '<n3:a>1</n3:a><n4:z k="&quot;"><n4:y>1</n4:y><n4:y>x</n4:y></n4:z>',
  ],
  [
    'simple content with attributes',
    both(
      '<xs:simpleContent><xs:extension base="xs:int"><xs:attribute name="unit" use="required"/></xs:extension></xs:simpleContent>',
    ),
    { '#text': 5, '@unit': 'm' },
    'unit="m">5',
  ],
  [
    'a derived type',
    both(a('t:Animal'), animal()),
    { a: { '@xsi:type': 'Dog', name: 'Rex', bark: 'wuff' } },
    '<n3:a xsi:type="n3:Dog"><n3:name>Rex</n3:name><n3:bark>wuff</n3:bark></n3:a>',
  ],
  [
    'a value of any type',
    both(a('xs:anyType')),
    { a: { '@xsi:type': 'int', '#text': 5 } },
    '<n3:a xsi:type="xsd:int">5</n3:a>',
  ],
  ['qualified names', both(a('xs:QName')), { a: '{urn:z}y' }, '<n3:a>n4:y</n3:a>'],
  ['names without a namespace', both(a('xs:QName')), { a: 'y' }, '<n3:a>y</n3:a>'],
])('writes %s', (_, schema, body, expected) => {
  expect(bodyOf(serviceOf(schema), body)).toContain(expected);
});

it.each<[string, string, JsonValue, string]>([
  ['a missing element', both(a('xs:int')), {}, 'parameter-missing: body/a is required and was not given.'],
  [
    'a wrong number',
    both(a('xs:int')),
    { a: 'x' },
    'parameter-invalid: body/a takes a whole number, and was given "x".',
  ],
  [
    'a fraction for a whole number',
    both(a('xs:int')),
    { a: 1.5 },
    'parameter-invalid: body/a takes a whole number, and was given 1.5.',
  ],
  [
    'no boolean',
    both(a('xs:boolean')),
    { a: 'maybe' },
    'parameter-invalid: body/a takes true or false, and was given "maybe".',
  ],
  ['an object for text', both(a('xs:string')), { a: {} }, 'parameter-invalid: body/a takes text, and was given {}.'],
  [
    'text for an object',
    both(a('t:Animal'), animal()),
    { a: 'x' },
    'parameter-invalid: body/a takes an object, and was given "x".',
  ],
  [
    'an unknown member',
    both(sequence('<xs:element name="amount" minOccurs="0"/>')),
    { amoutn: 1 },
    'parameter-unknown: body has no member amoutn. Did you mean amount?',
  ],
  [
    'both branches of a choice',
    both('<xs:choice><xs:element name="a"/><xs:element name="b"/></xs:choice>'),
    { a: 1, b: 2 },
    'parameter-invalid: body/b does not fit: the schema allows fewer of it, or not together with what else was given.',
  ],
  [
    'no branch of a choice',
    both('<xs:choice><xs:element name="a"/><xs:element name="b"/></xs:choice>'),
    {},
    'parameter-missing: body needs one of a, b, and none was given.',
  ],
  [
    'too many',
    both(a('xs:int', 'maxOccurs="2"')),
    { a: [1, 2, 3] },
    'parameter-invalid: body/a does not fit: the schema allows fewer of it, or not together with what else was given.',
  ],
  [
    'too few',
    both(a('xs:int', 'minOccurs="99999999" maxOccurs="99999999"')),
    { a: [1] },
    'parameter-missing: body/a has to be given at least 99999999 times, and was given 1 times.',
  ],
  [
    'an abstract type',
    both(a('t:Animal'), animal('abstract="true"')),
    { a: { name: 'x' } },
    'parameter-missing: body/a has to say in "@xsi:type" which type it is. It can be Dog.',
  ],
  [
    'a type that does not fit',
    both(a('t:Animal'), animal()),
    { a: { '@xsi:type': 'T' } },
    'parameter-invalid: body/a has to say in "@xsi:type" which type it is. It can be Animal, Dog.',
  ],
  [
    'a NUL',
    both(a('xs:string')),
    { a: 'a\u0000' },
    'parameter-invalid: body/a holds the character U+0000, which XML cannot carry.',
  ],
  [
    'a lone surrogate',
    both(a('xs:string')),
    { a: 'a\ud800b' },
    'parameter-invalid: body/a holds the character U+D800, which XML cannot carry.',
  ],
  [
    'a namespace that nothing can be named in',
    both(sequence('<xs:any/>')),
    { z: { '@xmlns': 'http://www.w3.org/2000/xmlns/' } },
    'parameter-invalid: Nothing can be named in the namespace http://www.w3.org/2000/xmlns/.',
  ],
  [
    'markup in a name',
    both(sequence('<xs:any/>')),
    { 'a><b': 1 },
    'parameter-invalid: body/a><b: "a><b" cannot be the name of an XML element.',
  ],
])('refuses %s', (_, schema, body, expected) => {
  expect(bodyOf(serviceOf(schema), body)).toBe(expected);
});

it('writes parts of the rpc style without a namespace, in an element of the operation’s name', () => {
  const wsdl = `<definitions targetNamespace="urn:t" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t">
<message name="In"><part name="b" type="xs:int"/><part name="a" type="xs:boolean"/></message>
<portType name="P"><operation name="Do" parameterOrder="b a"><input message="t:In"/></operation></portType>
<binding name="B" type="t:P"><soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/><operation name="Do"><input><soap:body use="literal" namespace="urn:rpc"/></input></operation></binding>
<service name="S"><port name="One" binding="t:B"><soap:address location="http://api.test/"/></port></service></definitions>`;
  const { model } = readConnector({ definition: { name: 'rpc.wsdl', content: wsdl } });
  if (model === undefined) throw new Error('not read');
  expect([
    bodyOf(compile(model), { a: true, b: 1 }),
    bodyOf(compile(model), { b: 1 }),
    compile(model)
      .operation('Do')
      .bind({ body: { a: true, b: 1 } }).url,
  ]).toEqual([
    '<n3:Do><b>1</b><a>true</a></n3:Do>',
    'parameter-missing: body/a is required and was not given.',
    'http://api.test/',
  ]);
});

it('sends XML as it is given in pass-through, as a body or as an envelope', () => {
  const connector = serviceOf(both(a('xs:int')), { soapMode: 'passThrough' });
  const envelope = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>';
  expect([
    bodyOf(connector, '<?xml version="1.0"?>\n<x:a xmlns:x="u">1</x:a><b/>'),
    bodyOf(connector, envelope),
    bodyOf(connector, '<a>'),
    bodyOf(connector, '<!DOCTYPE a><a/>'),
  ]).toEqual([
    '<x:a xmlns:x="u">1</x:a><b/>',
    `<?xml version="1.0" encoding="utf-8"?>${envelope}`,
    'parameter-invalid: The body is not well-formed XML: unexpected close tag.',
    expect.stringMatching(/^parameter-invalid: The body is not well-formed XML: /),
  ]);
});

/** Calls the service against a server that answers this. */
async function answerOf(
  schema: string,
  answer: string,
  more: { readonly status?: number; readonly type?: string; readonly is12?: boolean } = {},
) {
  const { status = 200, type = 'text/xml; charset=utf-8', is12 = false } = more;
  const server = createServer((_, response) => response.writeHead(status, { 'content-type': type }).end(answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const egress = createEgress();
  onTestFinished(async () => {
    server.close();
    await egress.close();
  });
  const { port } = server.address() as AddressInfo;
  const operation = serviceOf(schema, { baseUrl: `http://127.0.0.1:${port}`, is12 }).operation('Do');
  const call = { credential: { kind: 'none' }, egress, networkRules: { allow: ['loopback'] } } as const;
  try {
    const { statusCode, body } = await operation.call({ body: { a: '1' } }, call);
    return { statusCode, body };
  } catch (error) {
    if (error instanceof ConnectorError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

const envelope = (body: string) =>
  `<?xml version="1.0"?><E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/" xmlns:q="urn:t" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="http://www.w3.org/2001/XMLSchema"><E:Body>${body}</E:Body></E:Envelope>`;

const answers = (content: string, more = '') =>
  schemaOf(
    `<xs:element name="Do" type="xs:anyType"/><xs:element name="Done" type="t:T"/><xs:complexType name="T">${content}</xs:complexType>${more}`,
  );

it.each<[string, string, string, JsonValue]>([
  [
    'typed values, whatever the prefixes',
    answers(
      sequence(
        '<xs:element name="i" type="xs:long"/><xs:element name="b" type="xs:boolean"/><xs:element name="d" type="xs:decimal"/><xs:element name="s" type="xs:string"/>',
      ),
    ),
    '<q:Done><q:i>5</q:i><q:b>1</q:b><q:d>1.10</q:d><q:s> x </q:s></q:Done>',
    { i: 5, b: true, d: 1.1, s: ' x ' },
  ],
  [
    'numbers that JSON cannot hold as text',
    answers(sequence('<xs:element name="i" type="xs:long"/><xs:element name="d" type="xs:decimal"/>')),
    '<q:Done><q:i>9007199254740993</q:i><q:d>0.12345678901234567891</q:d></q:Done>',
    { i: '9007199254740993', d: '0.12345678901234567891' },
  ],
  [
    'arrays always, empty ones included',
    answers(
      sequence(
        '<xs:element name="n" type="xs:int" minOccurs="0" maxOccurs="unbounded"/><xs:element name="m" minOccurs="0" maxOccurs="2"/>',
      ),
    ),
    '<q:Done><q:n>1</q:n></q:Done>',
    { n: [1], m: [] },
  ],
  [
    'nil and what is missing',
    answers(sequence('<xs:element name="n" type="xs:int" nillable="true"/><xs:element name="m" minOccurs="0"/>')),
    '<q:Done><q:n i:nil="true"/></q:Done>',
    { n: null },
  ],
  ['elements in the wrong namespace or none', answers(a('xs:int')), '<Done><a>7</a></Done>', { a: 7 }],
  [
    'unknown elements too',
    answers(a('xs:int')),
    '<q:Done><q:a>7</q:a><q:new><q:deep k="v">1</q:deep></q:new></q:Done>',
    { a: 7, new: { deep: { '@k': 'v', '#text': '1' } } },
  ],
  [
    'elements named like what JavaScript objects inherit',
    answers(sequence('<xs:any maxOccurs="9"/>')),
    '<q:Done><q:__proto__>1</q:__proto__><q:constructor>2</q:constructor></q:Done>',
    JSON.parse('{"__proto__":"1","constructor":"2"}') as JsonValue,
  ],
  [
    'derived types',
    answers(a('t:Animal'), animal()),
    '<q:Done><q:a i:type="q:Dog"><q:name>Rex</q:name><q:bark>wuff</q:bark></q:a></q:Done>',
    { a: { '@xsi:type': 'Dog', name: 'Rex', bark: 'wuff' } },
  ],
  [
    'any type by what it says it is',
    answers(a('xs:anyType')),
    '<q:Done><q:a i:type="x:int">5</q:a></q:Done>',
    { a: 5 },
  ],
  [
    'mixed text and attributes',
    answers('<xs:attribute name="k" type="xs:int"/>').replace('name="T"', 'name="T" mixed="true"'),
    '<q:Done k="3">text</q:Done>',
    { '@k': 3, '#text': 'text' },
  ],
  [
    'what others refer to',
    answers(sequence('<xs:element name="n" type="t:Animal" maxOccurs="2"/>'), animal()),
    '<q:Done><q:n href="#1"/><q:n href="#1"/></q:Done><multi id="1"><name>Rex</name></multi>',
    { n: [{ name: 'Rex' }, { name: 'Rex' }] },
  ],
  ['qualified names', answers(a('xs:QName')), '<q:Done><q:a>q:b</q:a></q:Done>', { a: '{urn:t}b' }],
])('reads %s', async (_, schema, body, expected) => {
  expect(await answerOf(schema, envelope(body))).toEqual({ statusCode: 200, body: expected });
});

it('reads a fault of SOAP 1.2 with its subcode', async () => {
  const fault =
    '<E:Envelope xmlns:E="http://www.w3.org/2003/05/soap-envelope"><E:Body><E:Fault><E:Code><E:Value>E:Sender</E:Value><E:Subcode><E:Value>m:Late</E:Value></E:Subcode></E:Code><E:Reason><E:Text xml:lang="en">Too late</E:Text></E:Reason><E:Role>urn:me</E:Role><E:Detail><m:By xmlns:m="urn:m">5</m:By></E:Detail></E:Fault></E:Body></E:Envelope>';
  expect(await answerOf(answers(a('xs:int')), fault, { status: 400, is12: true })).toEqual({
    statusCode: 400,
    body: {
      error: {
        code: 'Sender',
        subcode: 'Late',
        message: 'Too late',
        actor: 'urn:me',
        detail: { By: { '@xmlns': 'urn:m', '#text': '5' } },
      },
    },
  });
});

it.each<[string, string, { readonly status?: number; readonly type?: string }, unknown]>([
  [
    'an error page',
    '<h1>Not here</h1>',
    { status: 404, type: 'text/html' },
    { statusCode: 404, body: '<h1>Not here</h1>' },
  ],
  ['an error in JSON', '{"a":1}', { status: 503, type: 'application/json' }, { statusCode: 503, body: { a: 1 } }],
  ['nothing', '', { status: 202 }, { statusCode: 202, body: null }],
  [
    'a web page',
    '<html><br></html>',
    { type: 'text/html' },
    'response-not-soap: Do should answer with a SOAP envelope, but the service answered 200 with what is not well-formed XML (unexpected close tag): "<html><br></html>". Check the address of the service.',
  ],
  [
    'other XML',
    '<a/>',
    {},
    'response-not-soap: Do should answer with a SOAP envelope, but the service answered 200 with no SOAP envelope: "<a/>". Check the address of the service.',
  ],
  [
    'attachments',
    'x',
    { type: 'multipart/related; boundary=x' },
    'response-not-soap: Do should answer with a SOAP envelope, but the service answered 200 with MIME parts (attachments or MTOM), which are not supported. Check the address of the service.',
  ],
  [
    'what nests without end',
    envelope('<a>'.repeat(5000)),
    {},
    expect.stringContaining('with XML that is not read (it nests deeper than 200 levels'),
  ],
  [
    'entities that multiply',
    `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${envelope('&b;').slice(21)}`,
    {},
    expect.stringContaining('what is not well-formed XML (undefined entity'),
  ],
  [
    'references that multiply',
    envelope(
      `<q:Done><q:a href="#0"/></q:Done>${Array.from({ length: 40 }, (_, index) => `<m id="${index}"><n href="#${index + 1}"/><n href="#${index + 1}"/></m>`).join('')}`,
    ),
    {},
    'response-not-soap: The answer refers to itself more often than is read.',
  ],
  [
    'references in a circle',
    envelope('<q:Done><q:a href="#0"/></q:Done><m id="0"><n href="#0"/></m>'),
    {},
    'response-not-soap: The answer refers to itself more often than is read.',
  ],
])('copes with an answer of %s', async (_, answer, more, expected) => {
  expect(await answerOf(answers(a('xs:anyType')), answer, more)).toEqual(expected);
});

const rich = both(
  sequence(
    '<xs:element name="i" type="xs:int" minOccurs="0"/><xs:element name="t" type="t:T" minOccurs="0" maxOccurs="unbounded"/><xs:element name="l" minOccurs="0"><xs:simpleType><xs:list itemType="xs:decimal"/></xs:simpleType></xs:element><xs:choice minOccurs="0" maxOccurs="9"><xs:element name="p" type="xs:base64Binary"/><xs:element name="q" type="t:Animal" nillable="true"/></xs:choice><xs:any minOccurs="0"/>',
  ),
  animal(),
);

it('answers any JSON with an envelope that is well-formed, or with a typed failure', () => {
  const connector = serviceOf(rich);
  const key = fc.constantFrom(
    'i',
    't',
    'l',
    'p',
    'q',
    'z',
    'name',
    'bark',
    '@x',
    '@xsi:type',
    '#text',
    '@xmlns',
    '__proto__',
    '<',
    'a b',
  );
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium', maxDepth: 6 },
      fc.constantFrom<JsonValue>(null, true, 'Dog', '', 1e300, -1.5, 'aGk=', '\u0000', '\ud800', ']]>', '{urn:z}y'),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.double(),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(value, (body) => {
      expect(bodyOf(connector, body)).toMatch(/^(<n3:Do|parameter-(missing|invalid|unknown): )/);
    }),
    { seed: 5, numRuns: 2000 },
  );
});

it('refuses JSON that nests without end', () => {
  let body: JsonValue = { i: 1 };
  for (let depth = 0; depth < 5000; depth += 1) body = { t: [body] };
  let other: JsonValue = 1;
  for (let depth = 0; depth < 5000; depth += 1) other = { z: [other] };
  expect([bodyOf(serviceOf(rich), body), bodyOf(serviceOf(rich), other as JsonValue)]).toEqual([
    expect.stringMatching(/^parameter-invalid: .* nests deeper than 150 levels\.$/),
    expect.stringMatching(/^parameter-invalid: .* nests deeper than 150 levels\.$/),
  ]);
});
