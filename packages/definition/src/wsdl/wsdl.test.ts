import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SourceFile } from '../open-description.ts';
import { type ReadOptions, readConnector, referredFiles } from '../read-connector.ts';
import { toJsonSchema } from '../schema/json-schema.ts';
import { modelDifference } from '../write/model-difference.ts';
import { writeConnector } from '../write/write-connector.ts';

const prefixes =
  'xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:http="http://schemas.xmlsoap.org/wsdl/http/" xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/" xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t"';

type Parts = {
  readonly schema?: string;
  readonly types?: string;
  readonly messages?: string;
  readonly portType?: string;
  readonly binding?: string;
  readonly service?: string;
  readonly before?: string;
};

/** A service with one operation, `Do`, whose request is the element `Do` of a schema. */
function wsdlOf({ schema = '', types, messages, portType, binding, service, before = '' }: Parts): string {
  return `<definitions name="Test" targetNamespace="urn:t" ${prefixes}>
${before}
<types>${types ?? `<xs:schema targetNamespace="urn:t" elementFormDefault="qualified">${schema}</xs:schema>`}</types>
${messages ?? '<message name="In"><part name="p" element="t:Do"/></message><message name="Out"><part name="p" element="t:Done"/></message>'}
<portType name="P">${portType ?? '<operation name="Do"><input message="t:In"/><output message="t:Out"/></operation>'}</portType>
${
  binding ??
  '<binding name="B" type="t:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/><operation name="Do"><soap:operation soapAction="urn:do"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation></binding>'
}
${service ?? '<service name="S"><port name="One" binding="t:B"><soap:address location="https://api.test/soap/one.asmx?x=1"/></port></service>'}
</definitions>`;
}

function read(wsdl: string, others: readonly SourceFile[] = [], options: ReadOptions = {}) {
  const { model, findings, losses, format } = readConnector(
    { definition: { name: 'test.wsdl', content: wsdl }, others },
    options,
  );
  return { model, codes: findings.map(({ code }) => code), findings, losses, format };
}

const done = '<xs:element name="Done"><xs:complexType/></xs:element>';

/** The JSON Schema of the request's body when its element holds this. */
function bodySchema(content: string, more = '') {
  const { model, codes } = read(wsdlOf({ schema: `<xs:element name="Do">${content}</xs:element>${done}${more}` }));
  const schema = model?.operations[0]?.body?.schema;
  if (model === undefined || schema === undefined) throw new Error(codes.join());
  return { schema: toJsonSchema(model, schema), codes };
}

it('reads a service: its operation, address, action and what stands beside', () => {
  const { model, codes, format } = read(wsdlOf({ schema: `<xs:element name="Do" type="xs:string"/>${done}` }));
  const [operation] = model?.operations ?? [];
  expect({
    format,
    codes,
    title: model?.info.title,
    server: model?.server,
    id: operation?.operationId,
    method: operation?.method,
    path: operation?.path,
    soap: operation?.soap,
  }).toEqual({
    format: 'wsdl',
    codes: [],
    title: 'S',
    server: { schemes: ['https'], host: 'api.test', basePath: '/soap/one.asmx' },
    id: 'Do',
    method: 'post',
    path: '/Do',
    soap: {
      version: '1.1',
      mode: 'rest',
      action: 'urn:do',
      endpoint: '?x=1',
      request: {
        parts: [
          {
            kind: 'element',
            name: { namespace: 'urn:t', local: 'Do' },
            member: 'Do',
            type: { kind: 'atomic', builtIn: 'string' },
            nillable: false,
            min: 1,
            max: 1,
          },
        ],
        shape: 'parts',
        headers: [],
        encoded: false,
      },
      response: {
        parts: [
          {
            kind: 'element',
            name: { namespace: 'urn:t', local: 'Done' },
            member: 'Done',
            type: { kind: 'complex', key: '{urn:t}/Done/' },
            nillable: false,
            min: 1,
            max: 1,
          },
        ],
        shape: 'content',
        headers: [],
        encoded: false,
      },
      faults: [],
    },
  });
});

it.each([
  [
    'a sequence',
    '<xs:sequence><xs:element name="a" type="xs:int"/><xs:element name="b" minOccurs="0" maxOccurs="unbounded" type="xs:boolean"/></xs:sequence>',
    '',
    { a: { type: 'integer', format: 'int32' }, b: { type: 'array', items: { type: 'boolean' } } },
    ['a'],
  ],
  [
    'a choice',
    '<xs:choice><xs:element name="a" type="xs:date"/><xs:element name="b" type="xs:decimal"/></xs:choice>',
    '',
    { a: { type: 'string', format: 'date' }, b: { type: 'number' } },
    undefined,
  ],
  [
    'a repeated choice',
    '<xs:choice maxOccurs="9"><xs:element name="a" type="xs:string"/></xs:choice>',
    '',
    { a: { type: 'array', items: { type: 'string' } } },
    ['a'],
  ],
  [
    'a group',
    '<xs:group ref="t:G"/>',
    '<xs:group name="G"><xs:sequence><xs:element name="a" type="xs:long"/></xs:sequence></xs:group>',
    { a: { type: 'integer', format: 'int64' } },
    ['a'],
  ],
  [
    'attributes',
    '<xs:attribute name="x" type="xs:int" use="required"/><xs:attributeGroup ref="t:A"/>',
    '<xs:attributeGroup name="A"><xs:attribute name="y" default="z"/></xs:attributeGroup>',
    { '@x': { type: 'integer', format: 'int32' }, '@y': { type: 'string', default: 'z' } },
    ['@x'],
  ],
  [
    'an extension',
    '<xs:complexContent><xs:extension base="t:Base"><xs:sequence><xs:element name="b" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent>',
    '<xs:complexType name="Base"><xs:sequence><xs:element name="a" type="xs:string" nillable="true"/></xs:sequence></xs:complexType>',
    { a: { type: ['string', 'null'] }, b: { type: 'string' } },
    ['b'],
  ],
  [
    'simple content',
    '<xs:simpleContent><xs:extension base="xs:double"><xs:attribute name="unit"/></xs:extension></xs:simpleContent>',
    '',
    { '#text': { type: 'number', format: 'double' }, '@unit': { type: 'string' } },
    undefined,
  ],
  [
    'an enumeration',
    '<xs:sequence><xs:element name="a" type="t:E"/></xs:sequence>',
    '<xs:simpleType name="E"><xs:restriction base="xs:int"><xs:enumeration value="1"/><xs:enumeration value="2"/></xs:restriction></xs:simpleType>',
    { a: { type: 'integer', format: 'int32', enum: [1, 2] } },
    ['a'],
  ],
  [
    'facets',
    '<xs:sequence><xs:element name="a"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="3"/><xs:pattern value="[a-z]+"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>',
    '',
    { a: { type: 'string', maxLength: 3, pattern: '^(?:[a-z]+)$' } },
    ['a'],
  ],
  [
    'a list and a union',
    '<xs:sequence><xs:element name="a" type="t:L"/><xs:element name="b"><xs:simpleType><xs:union memberTypes="xs:int xs:boolean"/></xs:simpleType></xs:element></xs:sequence>',
    '<xs:simpleType name="L"><xs:list itemType="xs:int"/></xs:simpleType>',
    {
      a: { type: 'array', items: { type: 'integer', format: 'int32' } },
      b: { anyOf: [{ type: 'integer', format: 'int32' }, { type: 'boolean' }] },
    },
    ['a', 'b'],
  ],
  [
    'a substitution group',
    '<xs:sequence><xs:element ref="t:head"/></xs:sequence>',
    '<xs:element name="head" abstract="true" type="xs:string"/><xs:element name="one" type="xs:int" substitutionGroup="t:head"/><xs:element name="two" substitutionGroup="t:head"/>',
    { one: { type: 'integer', format: 'int32' }, two: { type: 'string' } },
    undefined,
  ],
])('reads %s', (_, content, more, properties, required) => {
  const { schema, codes } = bodySchema(`<xs:complexType>${content}</xs:complexType>`, more);
  expect({ properties: schema['properties'], required: schema['required'], codes }).toEqual({
    properties,
    required,
    codes: [],
  });
});

it('keeps recursion to named schemas, and names of other namespaces apart', () => {
  const tree =
    '<xs:complexType name="Tree"><xs:sequence><xs:element name="child" type="t:Tree" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>';
  const { schema } = bodySchema(
    '<xs:complexType><xs:sequence><xs:element name="tree" type="t:Tree"/></xs:sequence></xs:complexType>',
    tree,
  );
  expect(schema).toMatchObject({
    properties: { tree: { $ref: '#/$defs/Tree' } },
    $defs: { Tree: { properties: { child: { type: 'array', items: { $ref: '#/$defs/Tree' } } } } },
  });
});

it('reads a response of the rpc style by its parts, and arrays of the SOAP encoding as arrays', () => {
  const { model, codes } = read(
    wsdlOf({
      schema:
        '<xs:complexType name="Names"><xs:complexContent><xs:restriction base="enc:Array"><xs:attribute ref="enc:arrayType" wsdl:arrayType="xs:string[]"/></xs:restriction></xs:complexContent></xs:complexType>',
      messages:
        '<message name="In"><part name="id" type="xs:int"/></message><message name="Out"><part name="names" type="t:Names"/></message>',
      binding:
        '<binding name="B" type="t:P"><soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/><operation name="Do"><soap:operation soapAction=""/><input><soap:body use="encoded" namespace="urn:other"/></input><output><soap:body use="encoded" namespace="urn:other"/></output></operation></binding>',
    }),
  );
  const [operation] = model?.operations ?? [];
  const answer = operation?.responses[0]?.schema;
  expect({
    codes,
    request: operation?.soap?.request.wrapper,
    response: operation?.soap?.response?.wrapper,
    encoded: operation?.soap?.request.encoded,
    schema: model && answer && toJsonSchema(model, answer),
  }).toMatchObject({
    codes: [],
    request: { namespace: 'urn:other', local: 'Do' },
    response: { namespace: 'urn:other', local: 'DoResponse' },
    encoded: true,
    schema: {
      properties: { names: { $ref: '#/$defs/Names' } },
      $defs: { Names: { type: 'array', items: { type: 'string' } } },
    },
  });
});

it('reads imported descriptions and schemas, a schema without a namespace in that of who includes it', () => {
  const main = `<definitions targetNamespace="urn:t" ${prefixes}><import namespace="urn:t" location="parts/all.wsdl"/></definitions>`;
  const all = wsdlOf({
    types: '<xs:schema targetNamespace="urn:t"><xs:include schemaLocation="../types/do.xsd"/></xs:schema>',
  });
  const xsd = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"><xs:element name="Do" type="Body"/><xs:element name="Done"/><xs:complexType name="Body"><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence></xs:complexType></xs:schema>`;
  const others = [
    { name: 'parts/all.wsdl', content: all },
    { name: 'types/do.xsd', content: xsd },
  ];
  const { model, codes } = read(main, others);
  expect({
    codes,
    referred: [
      referredFiles({ name: 'test.wsdl', content: main }),
      referredFiles({ name: 'parts/all.wsdl', content: all }),
    ],
    part: model?.operations[0]?.soap?.request.parts[0]?.name,
    types: [...(model?.xmlTypes?.keys() ?? [])],
  }).toEqual({
    codes: [],
    referred: [['parts/all.wsdl'], ['types/do.xsd']],
    part: { namespace: 'urn:t', local: 'Do' },
    types: ['{urn:t}Body'],
  });
});

it('says which import was not given, and reads what depends on it as any value', () => {
  const { model, findings } = read(
    wsdlOf({
      types:
        '<xs:schema targetNamespace="urn:t"><xs:include schemaLocation="https://elsewhere.test/a.xsd"/></xs:schema>',
    }),
  );
  expect(findings.map(({ code, line, column, pointer }) => ({ code, line, column, pointer }))).toEqual([
    { code: 'import-not-given', line: 3, column: 43, pointer: '/definitions/types/0/schema/0/include/0' },
    { code: 'xsd-name-not-found', line: 4, column: 20, pointer: '/definitions/message/0/part/0' },
    { code: 'xsd-name-not-found', line: 4, column: 81, pointer: '/definitions/message/1/part/0' },
  ]);
  expect(model?.operations[0]?.soap?.request.parts[0]?.type).toEqual({ kind: 'any' });
});

const twoPorts = wsdlOf({
  schema: `<xs:element name="Do"/>${done}`,
  binding:
    '<binding name="H" type="t:P"><http:binding verb="GET"/></binding><binding name="B" type="t:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/><operation name="Do"><input/></operation></binding><binding name="C" type="t:P"><soap12:binding transport="http://schemas.xmlsoap.org/soap/http"/><operation name="Do"><input/></operation></binding>',
  service:
    '<service name="S"><port name="Plain" binding="t:H"/><port name="One" binding="t:B"><soap:address location="http://a.test/1"/></port><port name="Two" binding="t:C"><soap12:address location="http://a.test/2/"/></port></service>',
});

it.each([
  [undefined, '1.1', '/1', '', 'http://a.test/2/', ['wsdl-port-ignored']],
  ['Two', '1.2', '/2', '/', 'http://a.test/1', ['wsdl-port-ignored']],
  ['S/Two', '1.2', '/2', '/', 'http://a.test/1', ['wsdl-port-ignored']],
])('reads the port %s of several', (soapPort, version, basePath, endpoint, other, expected) => {
  const { model, codes } = read(twoPorts, [], soapPort === undefined ? {} : { soapPort });
  const soap = model?.operations[0]?.soap;
  expect([
    soap?.version,
    model?.server.basePath,
    soap?.endpoint,
    model?.otherServers.map(({ url }) => url),
    codes,
  ]).toEqual([version, basePath, endpoint, [other], expected]);
});

const body = '<operation name="Do"><input><soap:body use="literal"/></input></operation>';
const bindingOf = (operation: string, transport = 'http://schemas.xmlsoap.org/soap/http') =>
  `<binding name="B" type="t:P"><soap:binding transport="${transport}"/>${operation}</binding>`;

it.each([
  ['WSDL 2.0', '<description xmlns="http://www.w3.org/ns/wsdl"/>', ['wsdl-version']],
  ['a definitions element of something else', '<definitions xmlns="urn:other"/>', ['wsdl-namespace']],
  [
    'what is not well-formed',
    '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"><a></definitions>',
    ['xml-invalid'],
  ],
  [
    'an entity that a DOCTYPE declares',
    `<!DOCTYPE definitions [<!ENTITY e SYSTEM "file:///etc/passwd">]><definitions ${prefixes}>&e;</definitions>`,
    ['xml-doctype', 'xml-invalid'],
  ],
  ['a description without bindings', wsdlOf({ binding: '', service: '' }), ['wsdl-no-operations']],
  [
    'another transport',
    wsdlOf({ binding: bindingOf(body, 'http://cxf.apache.org/transports/jms') }),
    ['wsdl-port-ignored', 'wsdl-no-operations'],
  ],
  [
    'attachments',
    wsdlOf({
      schema: `<xs:element name="Do"/>${done}`,
      binding: bindingOf(
        '<operation name="Do"><input><mime:multipartRelated><mime:part><soap:body use="literal"/></mime:part><mime:part><mime:content part="x" type="image/png"/></mime:part></mime:multipartRelated></input></operation>',
      ),
    }),
    ['soap-attachments', 'wsdl-no-operations'],
  ],
  [
    'notifications',
    wsdlOf({ portType: '<operation name="Do"><output message="t:Out"/></operation>', binding: bindingOf(body) }),
    ['soap-notification', 'wsdl-no-operations'],
  ],
  ['a port that is not there', wsdlOf({}), ['wsdl-port-not-found']],
])('refuses %s', (title, wsdl, expected) => {
  const { model, codes } = read(wsdl, [], title.startsWith('a port') ? { soapPort: 'None' } : {});
  expect({ model, codes }).toEqual({ model: undefined, codes: expected });
});

it('calls operations whose messages are not described with the XML itself', () => {
  const { model, codes } = read(wsdlOf({ portType: '', messages: '' }));
  expect({ mode: model?.operations[0]?.soap?.mode, codes }).toEqual({
    mode: 'passThrough',
    codes: ['wsdl-name-not-found', 'wsdl-message-unknown'],
  });
});

it('is written as a package and read back the same', () => {
  for (const soapMode of ['rest', 'passThrough'] as const) {
    const { model } = read(twoPorts, [], { soapMode });
    if (model === undefined) throw new Error('not read');
    const { definition, losses } = writeConnector(model);
    const back = readConnector({ definition: { name: 'd', content: JSON.stringify(definition) } }).model;
    expect(back === undefined ? 'nothing' : modelDifference(model, back)).toBeUndefined();
    expect(losses.map(({ code }) => code)).toContain('soap-binding');
  }
});

it.each([
  ['a text', 'x'],
  ['a version that there is not', { version: '1.3' }],
  ['an endpoint on another host', { endpoint: '@evil.test/' }],
  [
    'a name that is no name',
    {
      request: {
        parts: [
          {
            kind: 'element',
            name: { namespace: '', local: 'a><b' },
            member: 'a',
            type: { kind: 'any' },
            nillable: false,
            min: 0,
            max: 1,
          },
        ],
        shape: 'parts',
        headers: [],
        encoded: false,
      },
    },
  ],
])('refuses a binding that is %s', (_, change) => {
  const { model } = read(twoPorts);
  const soap = model?.operations[0]?.soap ?? {};
  const changed = typeof change === 'string' ? change : { ...soap, ...change };
  const document = {
    swagger: '2.0',
    info: { title: 'T', version: '1' },
    host: 'a.test',
    paths: {
      '/Do': { post: { operationId: 'Do', responses: { 200: { description: '' } }, 'x-patchbay-soap': changed } },
    },
  };
  const result = readConnector({ definition: { name: 'd', content: JSON.stringify(document) } }, { checks: 'none' });
  expect(result.findings.map(({ code }) => code)).toEqual(['soap-binding-not-valid']);
  expect(result.model?.operations[0]?.soap).toBeUndefined();
});

const nested = (depth: number, inner: string) =>
  Array.from({ length: depth }, () => '<xs:sequence maxOccurs="2">').join('') + inner + '</xs:sequence>'.repeat(depth);
const many = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index)).join('');

it.each([
  [
    'entities that multiply',
    `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">${many(20, (i) => `<!ENTITY a${i} "${i === 0 ? '&a;' : `&a${i - 1};`.repeat(10)}">`)}]><definitions ${prefixes}>&a19;</definitions>`,
  ],
  ['elements that nest without end', `<definitions ${prefixes}>${'<a>'.repeat(200_000)}`],
  [
    'particles that nest',
    wsdlOf({
      schema: `<xs:element name="Do"><xs:complexType>${nested(150, '<xs:element name="a"/>')}</xs:complexType></xs:element>`,
    }),
  ],
  ['attributes without end', `<definitions ${many(100_000, (i) => `a${i}="" `)}/>`],
  [
    'groups that double',
    wsdlOf({
      schema: `<xs:element name="Do"><xs:complexType><xs:group ref="t:g0"/></xs:complexType></xs:element>${many(60, (i) => `<xs:group name="g${i}"><xs:sequence><xs:group ref="t:g${i + 1}"/><xs:group ref="t:g${i + 1}"/></xs:sequence></xs:group>`)}<xs:group name="g60"><xs:sequence><xs:element name="a"/></xs:sequence></xs:group>`,
    }),
  ],
  [
    'a group that holds itself',
    wsdlOf({
      schema:
        '<xs:element name="Do"><xs:complexType><xs:group ref="t:g"/></xs:complexType></xs:element><xs:group name="g"><xs:sequence><xs:group ref="t:g"/></xs:sequence></xs:group>',
    }),
  ],
  [
    'types that extend in a circle',
    wsdlOf({
      schema: `<xs:element name="Do" type="t:A"/>${['AB', 'BA'].map(([a, b]) => `<xs:complexType name="${a}"><xs:complexContent><xs:extension base="t:${b}"/></xs:complexContent></xs:complexType>`).join('')}`,
    }),
  ],
  [
    'types that extend without end',
    wsdlOf({
      schema: `<xs:element name="Do" type="t:T0"/>${many(5000, (i) => `<xs:complexType name="T${i}"><xs:complexContent><xs:extension base="t:T${i + 1}"><xs:sequence><xs:element name="e${i}"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>`)}`,
    }),
  ],
  [
    'simple types that restrict without end',
    wsdlOf({
      schema: `<xs:element name="Do" type="t:T0"/>${many(20_000, (i) => `<xs:simpleType name="T${i}"><xs:restriction base="t:T${i + 1}"/></xs:simpleType>`)}`,
    }),
  ],
  [
    'unions that double',
    wsdlOf({
      schema: `<xs:element name="Do" type="t:U0"/>${many(60, (i) => `<xs:simpleType name="U${i}"><xs:union memberTypes="t:U${i + 1} t:U${i + 1} xs:int"/></xs:simpleType>`)}`,
    }),
  ],
  [
    'huge counts',
    wsdlOf({
      schema:
        '<xs:element name="Do"><xs:complexType><xs:sequence minOccurs="99999999999999999999" maxOccurs="99999999999999999999999"><xs:element name="a" minOccurs="4294967296" maxOccurs="4294967297"/></xs:sequence></xs:complexType></xs:element>',
    }),
  ],
  [
    'thousands of derived types',
    wsdlOf({
      schema: `<xs:element name="Do" type="t:B"/><xs:complexType name="B"/>${many(8000, (i) => `<xs:complexType name="D${i}"><xs:complexContent><xs:extension base="t:${i === 0 ? 'B' : `D${Math.floor(i / 2)}`}"/></xs:complexContent></xs:complexType>`)}`,
    }),
  ],
  ['NULs', wsdlOf({ schema: '<xs:element name="Do\u0000"/>' })],
  ['lone surrogates', wsdlOf({ schema: '<xs:element name="D\ud800o"/>' })],
])(
  'reads or refuses %s without failing or taking long',
  (_, wsdl) => {
    const { model, findings } = read(wsdl);
    expect(model !== undefined || findings.some(({ severity }) => severity === 'error')).toBe(true);
  },
  10_000,
);

it('never fails, whatever is cut, doubled or swapped in a description', () => {
  const words = [...twoPorts.matchAll(/<[^>]*>|[^<]+/g)].map(([word]) => word);
  const change = fc.record({
    kind: fc.constantFrom('cut', 'double', 'swap', 'replace'),
    at: fc.nat(words.length - 1),
    other: fc.nat(words.length - 1),
    text: fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u0000', '\ud800', '&x;', '<![CDATA[', '<!--', ']]>', '<xs:any/>'),
    ),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const changed = [...words];
      for (const { kind, at, other, text } of changes) {
        if (kind === 'cut') changed[at] = '';
        else if (kind === 'double') changed[at] = `${changed[at]}${changed[at]}`;
        else if (kind === 'swap') [changed[at], changed[other]] = [changed[other] ?? '', changed[at] ?? ''];
        else changed[at] = text;
      }
      const { model, findings } = read(changed.join(''));
      expect(model !== undefined || findings.some(({ severity }) => severity === 'error')).toBe(true);
    }),
    { seed: 3, numRuns: 500 },
  );
});
