import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TransformError } from '../errors.ts';
import { decodeFlatFile } from './decode-flat-file.ts';
import { encodeFlatFile } from './encode-flat-file.ts';

const info = (text: string): string => `<xs:annotation><xs:appinfo>${text}</xs:appinfo></xs:annotation>`;
const schemaOf = (body: string, settings = ''): string =>
  '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:b="http://schemas.microsoft.com/BizTalk/2003">' +
  `${info(`<b:schemaInfo standard="Flat File" ${settings}/>`)}${body}</xs:schema>`;
const record = (name: string, layout: string, body: string, occurs = ''): string =>
  `<xs:element name="${name}" ${occurs}>${info(`<b:recordInfo ${layout}/>`)}<xs:complexType><xs:sequence>${body}</xs:sequence></xs:complexType></xs:element>`;
const field = (name: string, layout = '', occurs = '', type = 'string'): string =>
  `<xs:element name="${name}" type="xs:${type}" ${occurs}>${info(`<b:fieldInfo ${layout}/>`)}</xs:element>`;

const lines = 'structure="delimited" child_delimiter_type="hex" child_delimiter="0x0D 0x0A"';
const commas = 'structure="delimited" child_delimiter_type="char" child_delimiter=","';

function decode(content: string, schema: string): string {
  try {
    return decodeFlatFile({ content, schema, schemas: {} }).replace(/^<\?xml[^>]*\?>/, '');
  } catch (error) {
    if (error instanceof TransformError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

function encode(content: string, schema: string): string {
  return encodeFlatFile({ content, schema, schemas: {}, emptyNodes: 'HonorSchemaNodeProperty' });
}

it.each([
  [
    'fields between commas',
    schemaOf(record('R', `${commas} child_order="infix"`, field('A') + field('B'))),
    'x,y',
    '<R><A>x</A><B>y</B></R>',
  ],
  [
    'fields after commas',
    schemaOf(record('R', `${commas} child_order="prefix"`, field('A') + field('B'))),
    ',x,y',
    '<R><A>x</A><B>y</B></R>',
  ],
  [
    'empty fields',
    schemaOf(record('R', `${commas} child_order="infix"`, field('A') + field('B') + field('C'))),
    'x,,',
    '<R><A>x</A><B /><C /></R>',
  ],
  [
    'no empty fields where told',
    schemaOf(record('R', `${commas} child_order="infix"`, field('A') + field('B')), 'suppress_empty_nodes="true"'),
    ',y',
    '<R><B>y</B></R>',
  ],
  [
    'records chosen by their tag',
    schemaOf(
      record(
        'F',
        `${lines} child_order="postfix"`,
        `<xs:choice maxOccurs="unbounded">${record('A', `${commas} child_order="prefix" tag_name="A"`, field('X'))}${record('B', `${commas} child_order="prefix" tag_name="B"`, field('Y'))}</xs:choice>`,
      ),
    ),
    'B,1\r\nA,2\r\nB,3\r\n',
    '<F><B><Y>1</Y></B><A><X>2</X></A><B><Y>3</Y></B></F>',
  ],
  [
    'groups of lines that begin with tags',
    schemaOf(
      record(
        'F',
        `${lines} child_order="infix"`,
        record(
          'Order',
          `${lines} child_order="infix"`,
          record('H', `${commas} child_order="prefix" tag_name="H"`, field('N')) +
            record(
              'L',
              `${commas} child_order="prefix" tag_name="L"`,
              field('T'),
              'minOccurs="0" maxOccurs="unbounded"',
            ),
          'maxOccurs="unbounded"',
        ),
      ),
    ),
    'H,1\r\nL,a\r\nL,b\r\nH,2\r\nH,3\r\nL,c',
    '<F><Order><H><N>1</N></H><L><T>a</T></L><L><T>b</T></L></Order><Order><H><N>2</N></H></Order><Order><H><N>3</N></H><L><T>c</T></L></Order></F>',
  ],
  [
    'positions with pads on either side',
    schemaOf(
      record(
        'R',
        'structure="positional"',
        field('A', 'justification="left" pos_offset="0" pos_length="4"') +
          field('B', 'justification="right" pos_offset="1" pos_length="5" pad_char_type="char" pad_char="0"'),
      ),
    ),
    'ab  -00042',
    '<R><A>ab</A><B>42</B></R>',
  ],
  [
    'lines that end early where they may',
    schemaOf(
      record(
        'F',
        `${lines} child_order="postfix"`,
        record(
          'R',
          'structure="positional"',
          field('A', 'pos_offset="0" pos_length="2"') + field('B', 'pos_offset="0" pos_length="3"'),
          'maxOccurs="unbounded"',
        ),
      ),
      'allow_early_termination="true"',
    ),
    'ab123\r\ncd4\r\nef\r\n',
    '<F><R><A>ab</A><B>123</B></R><R><A>cd</A><B>4</B></R><R><A>ef</A><B /></R></F>',
  ],
  [
    'delimiters after the escape sign',
    schemaOf(
      record('R', `${commas} child_order="infix" escape_char_type="char" escape_char="\\"`, field('A') + field('B')),
    ),
    'a\\,b\\\\,c',
    '<R><A>a,b\\</A><B>c</B></R>',
  ],
  [
    'fields as attributes, by their number',
    schemaOf(
      `<xs:element name="R">${info(`<b:recordInfo ${commas} child_order="infix"/>`)}<xs:complexType><xs:sequence>${field('A', 'sequence_number="2"')}</xs:sequence><xs:attribute name="k" type="xs:string" use="required">${info('<b:fieldInfo sequence_number="1"/>')}</xs:attribute></xs:complexType></xs:element>`,
    ),
    '1,2',
    '<R k="1"><A>2</A></R>',
  ],
  [
    'what is missing',
    schemaOf(record('R', `${commas} child_order="infix"`, field('A') + field('B'))),
    'x',
    'ContentInvalid: The flat file does not fit its schema at line 1, column 2: expected the delimiter ",", found the end of the text.',
  ],
  [
    'what is too much',
    schemaOf(record('R', `${commas} child_order="infix"`, field('A'))),
    'x,y',
    'ContentInvalid: The flat file does not fit its schema at line 1, column 2: expected the end, found ",y".',
  ],
  [
    'a schema that is no flat file',
    schemaOf(field('A')),
    'x',
    'ArtifactInvalid: The flat-file schema cannot be used: its element "A" is no record.',
  ],
  [
    'a positional field without a length',
    schemaOf(record('R', 'structure="positional"', field('A'))),
    'x',
    'ArtifactInvalid: The flat-file schema cannot be used: the field "A" of a positional record has no pos_length.',
  ],
])('reads %s', (_what, schema, text, expected) => {
  expect(decode(text, schema)).toBe(expected);
});

const people = schemaOf(
  record(
    'People',
    `${lines} child_order="postfix"`,
    record(
      'Person',
      `${commas} child_order="infix"`,
      field('Name', 'wrap_char_type="char" wrap_char="&quot;"') +
        field('Town', 'wrap_char_type="char" wrap_char="&quot;"') +
        field('Age', '', '', 'int'),
      'maxOccurs="unbounded"',
    ),
  ),
);

it('gives back what it was given, written and read again', () => {
  const text = fc.stringMatching(/^[a-z,"\r\n ]{0,12}$/);
  const person = fc.record({ Name: text, Town: text, Age: fc.integer({ min: 0, max: 120 }) });
  const escaped = (value: string): string =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#xD;');
  fc.assert(
    fc.property(fc.array(person, { minLength: 1, maxLength: 4 }), (list) => {
      const tag = (name: string, value: string): string =>
        value === '' ? `<${name} />` : `<${name}>${escaped(value)}</${name}>`;
      const xml = `<People>${list.map((one) => `<Person>${tag('Name', one.Name)}${tag('Town', one.Town)}${tag('Age', String(one.Age))}</Person>`).join('')}</People>`;
      expect(decode(encode(xml, people), people)).toBe(xml);
    }),
    { numRuns: 200, seed: 3 },
  );
});

it('reads or refuses any text, in its own words', () => {
  const piece = fc.constantFrom('a', ',', '"', '\r\n', '\n', '1', ' ', 'H', 'é', '\u0000');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      expect(decode(pieces.join(''), people)).toMatch(/^(?:<People|ContentInvalid: )/);
    }),
    { numRuns: 500, seed: 5 },
  );
});
