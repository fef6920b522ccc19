import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TransformError } from '../errors.ts';
import { transformXml, type XsltRequest } from './transform-xml.ts';

const source =
  '<orders xmlns:p="urn:p"><order id="3"><item q="2">Tea</item><item q="10">Cake</item></order><order id="1"><item q="1">Bun</item></order></orders>';

function stylesheet(body: string, version = '1.0'): string {
  return (
    `<xsl:stylesheet version="${version}" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="http://exslt.org/common" ` +
    `xmlns:f="urn:f" exclude-result-prefixes="e f">${body}</xsl:stylesheet>`
  );
}

function transform(map: string, change: Partial<XsltRequest> = {}): string {
  const request = {
    content: source,
    map,
    maps: {},
    parameters: {},
    generatesText: true,
    appliesOutput: false,
    ...change,
  };
  try {
    return transformXml(request).text;
  } catch (error) {
    if (error instanceof TransformError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

const bare = '<xsl:output omit-xml-declaration="yes"/>';
const root = (body: string): string => stylesheet(`${bare}<xsl:template match="/"><o>${body}</o></xsl:template>`);

it.each([
  [
    'copies with exceptions',
    stylesheet(
      `${bare}<xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy></xsl:template>` +
        '<xsl:template match="item[2]|order[@id=1]/item"/><xsl:template match="item/@q"><xsl:attribute name="n"><xsl:value-of select="."/></xsl:attribute></xsl:template>',
    ),
    '<orders xmlns:p="urn:p"><order id="3"><item n="2">Tea</item></order><order id="1" /></orders>',
  ],
  [
    'sorts by number and by text',
    root(
      '<xsl:for-each select="//item"><xsl:sort select="@q" data-type="number" order="descending"/><xsl:value-of select="."/>,</xsl:for-each>|' +
        '<xsl:for-each select="//item"><xsl:sort select="."/><xsl:value-of select="position()"/><xsl:value-of select="."/>,</xsl:for-each>',
    ),
    '<o>Cake,Tea,Bun,|1Bun,2Cake,3Tea,</o>',
  ],
  [
    'numbers',
    root(
      '<xsl:for-each select="//item"><xsl:number level="any" format="a) "/><xsl:number level="multiple" count="order|item" format="1.I "/></xsl:for-each>' +
        '<xsl:number value="1234567" grouping-separator="," grouping-size="3"/> <xsl:number value="28" format="A"/> <xsl:number value="7" format="001"/>',
    ),
    '<o>a) 1.I b) 1.II c) 2.I 1,234,567AB007</o>',
  ],
  [
    'makes elements, attributes, comments and instructions',
    root(
      '<xsl:element name="q:e" namespace="urn:q"><xsl:attribute name="z:a" namespace="urn:z">v</xsl:attribute></xsl:element>' +
        '<xsl:comment>a--b-</xsl:comment><xsl:processing-instruction name="x">y?&gt;z</xsl:processing-instruction>',
    ),
    '<o><q:e xmlns:q="urn:q" xmlns:z="urn:z" z:a="v" /><!--a- -b- --><?x y? >z?></o>',
  ],
  [
    'writes literal elements with value templates',
    root('<x a="{count(//item)}-{{}}" b=\'{"}"}\'/>'),
    '<o><x a="3-{}" b="}" /></o>',
  ],
  [
    'calls templates with parameters, also itself',
    stylesheet(
      `${bare}<xsl:template match="/"><o><xsl:call-template name="f"><xsl:with-param name="n" select="5"/></xsl:call-template></o></xsl:template>` +
        '<xsl:template name="f"><xsl:param name="n" select="1"/><xsl:choose><xsl:when test="$n &lt;= 1">1</xsl:when><xsl:otherwise>' +
        '<xsl:variable name="x"><xsl:call-template name="f"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template></xsl:variable>' +
        '<xsl:value-of select="$n * $x"/></xsl:otherwise></xsl:choose></xsl:template>',
    ),
    '<o>120</o>',
  ],
  [
    'looks into result trees',
    root(
      '<xsl:variable name="t"><a>1</a><a>2</a></xsl:variable><xsl:value-of select="sum(e:node-set($t)/a)"/><xsl:copy-of select="$t"/>',
    ),
    '<o>3<a>1</a><a>2</a></o>',
  ],
  [
    'works out global variables when they are asked for',
    stylesheet(
      `${bare}<xsl:variable name="a" select="$b + 1"/><xsl:variable name="b" select="count(//item)"/><xsl:template match="/"><o><xsl:value-of select="$a"/></o></xsl:template>`,
    ),
    '<o>4</o>',
  ],
  [
    'refuses a variable that depends on itself',
    stylesheet(
      '<xsl:variable name="a" select="$a"/><xsl:template match="/"><xsl:value-of select="$a"/></xsl:template>',
    ),
    'TransformationFailed: The map cannot be used: the variable "$a" depends on itself.',
  ],
  [
    'prefers by priority, then by place',
    stylesheet(
      `${bare}<xsl:template match="/"><o><xsl:apply-templates select="//item"/></o></xsl:template><xsl:template match="item">1</xsl:template>` +
        '<xsl:template match="order/item">2</xsl:template><xsl:template match="item[.=\'Tea\']">3</xsl:template><xsl:template match="*" priority="-9">4</xsl:template>',
    ),
    '<o>322</o>',
  ],
  [
    'keeps modes apart',
    stylesheet(
      `${bare}<xsl:template match="/"><o><xsl:apply-templates select="//order" mode="m"/></o></xsl:template><xsl:template match="item" mode="m">i</xsl:template><xsl:template match="item">x</xsl:template>`,
    ),
    '<o>iii</o>',
  ],
  [
    'adds attribute sets',
    stylesheet(
      `${bare}<xsl:attribute-set name="s"><xsl:attribute name="a">1</xsl:attribute></xsl:attribute-set><xsl:attribute-set name="t" use-attribute-sets="s"><xsl:attribute name="b">2</xsl:attribute></xsl:attribute-set>` +
        '<xsl:template match="/"><o xsl:use-attribute-sets="t" c="3"/></xsl:template>',
    ),
    '<o a="1" b="2" c="3" />',
  ],
  [
    'writes HTML',
    stylesheet(
      '<xsl:output method="html"/><xsl:template match="/"><html><body><br/><p class="a&amp;b">x &lt; y</p><script>if (a &lt; b) {}</script></body></html></xsl:template>',
    ),
    '<html><body><br><p class="a&amp;b">x &lt; y</p><script>if (a < b) {}</script></body></html>',
  ],
  [
    'writes CDATA where told',
    stylesheet(
      '<xsl:output omit-xml-declaration="yes" cdata-section-elements="c"/><xsl:template match="/"><o><c>a&lt;]]&gt;b</c></o></xsl:template>',
    ),
    '<o><c><![CDATA[a<]]]]><![CDATA[>b]]></c></o>',
  ],
  [
    'renames namespaces by alias',
    '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:a="urn:alias">' +
      '<xsl:output omit-xml-declaration="yes"/><xsl:namespace-alias stylesheet-prefix="a" result-prefix="xsl"/>' +
      '<xsl:template match="/"><a:stylesheet version="1.0"/></xsl:template></xsl:stylesheet>',
    '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0" />',
  ],
  [
    'is one literal element',
    '<o xsl:version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:value-of select="count(//item)"/></o>',
    '<?xml version="1.0" encoding="utf-8"?><o>3</o>',
  ],
  [
    'falls back where an instruction is not known',
    stylesheet(
      `${bare}<xsl:template match="/"><o><xsl:for-each-group select="x"><xsl:fallback>f</xsl:fallback></xsl:for-each-group></o></xsl:template>`,
      '2.0',
    ),
    '<o>f</o>',
  ],
  [
    'fails where nothing stands in',
    stylesheet('<xsl:template match="/"><xsl:for-each-group select="x"/></xsl:template>', '2.0'),
    'TransformationFailed: The map cannot be used: <xsl:for-each-group> is not an instruction of XSLT 1.0.',
  ],
  [
    'joins what later versions select, expands their text and calls their functions',
    stylesheet(
      `${bare}<xsl:function name="f:twice"><xsl:param name="x"/><xsl:value-of select="$x * 2"/></xsl:function>` +
        '<xsl:template match="/" expand-text="yes"><o><xsl:value-of select="//item" separator="+"/>|{count(//item)}|<xsl:value-of select="f:twice(21)"/>|<xsl:value-of select="upper-case(\'a\')"/></o></xsl:template>',
      '3.0',
    ),
    '<o>Tea+Cake+Bun|3|42|A</o>',
  ],
  [
    'ends with a message',
    root('<xsl:message terminate="yes">no <xsl:value-of select="1"/></xsl:message>'),
    'TransformationFailed: The map ended with the message "no 1".',
  ],
  [
    'reads no other document',
    root('<xsl:copy-of select="document(\'file:///etc/hosts\')"/>'),
    'TransformationFailed: The map cannot be used: document("file:///etc/hosts") is not read: a map sees its content and itself only.',
  ],
  [
    'is no stylesheet',
    '<a/>',
    'ArtifactInvalid: The map cannot be used: the map is no stylesheet: its element is <a>.',
  ],
  [
    'has a document type',
    '<!DOCTYPE a><a/>',
    'ArtifactInvalid: the map cannot be read as XML: it has a document type, which is not read',
  ],
  [
    'calls itself for ever',
    stylesheet(
      '<xsl:template match="/"><xsl:call-template name="a"/></xsl:template><xsl:template name="a"><xsl:call-template name="a"/></xsl:template>',
    ),
    'TransformationLimitExceeded: The map calls itself too deeply.',
  ],
])('a map %s', (_what, map, expected) => {
  expect(transform(map)).toBe(expected);
});

it('includes and imports maps by the name of their file; what imports counts more', () => {
  const maps = {
    'base.xslt': stylesheet(
      '<xsl:template match="item">base <xsl:value-of select="."/>;</xsl:template><xsl:template match="order">{<xsl:apply-templates/>}</xsl:template>',
    ),
    'more.xslt': stylesheet('<xsl:template match="/"><o><xsl:apply-templates/></o></xsl:template>'),
  };
  const map = stylesheet(
    `<xsl:import href="lib/base.xslt"/><xsl:include href="more.xslt"/>${bare}<xsl:template match="item[1]">own, <xsl:apply-imports/></xsl:template>`,
  );
  expect(transform(map, { maps })).toBe('<o>{own, base Tea;base Cake;}{own, base Bun;}</o>');
  expect(transform(map)).toBe(
    'ArtifactInvalid: The map cannot be used: the map needs "lib/base.xslt", which is not among the maps.',
  );
  const circle = stylesheet('<xsl:include href="self.xslt"/>');
  expect(transform(circle, { maps: { 'self.xslt': circle } })).toBe(
    'ArtifactInvalid: The map cannot be used: the map "self.xslt" includes itself, or too many others in a row.',
  );
});

it('takes blanks away where told', () => {
  const map = stylesheet(
    `${bare}<xsl:strip-space elements="*"/><xsl:preserve-space elements="b"/><xsl:template match="/"><xsl:copy-of select="."/></xsl:template>`,
  );
  const content = '<a> <b> </b> <c xml:space="preserve"> </c> x </a>';
  expect(transform(map, { content })).toBe('<a><b> </b><c xml:space="preserve"> </c> x </a>');
});

it('copies any document unchanged', () => {
  const identity = stylesheet(
    `${bare}<xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy></xsl:template>`,
  );
  const name = fc.constantFrom('a', 'b', 'long-name', '\u00E9');
  const text = fc.stringMatching(/^[a-z<>&" \n]{1,8}$/);
  const escaped = (value: string): string =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc
      .tuple(
        name,
        fc.option(text),
        fc.array(
          fc.oneof(
            { maxDepth: 4 },
            text.map((value) => escaped(value).replaceAll('&quot;', '"')),
            tie('tree'),
          ),
          { maxLength: 4 },
        ),
      )
      .map(([tag, attribute, children]) => {
        const attributes = attribute === null ? '' : ` k="${escaped(attribute).replaceAll('\n', '&#xA;')}"`;
        const inner = children.join('');
        return inner === '' ? `<${tag}${attributes} />` : `<${tag}${attributes}>${inner}</${tag}>`;
      }),
  }));
  fc.assert(
    fc.property(tree, (content) => {
      expect(transform(identity, { content })).toBe(content);
    }),
    { numRuns: 200, seed: 7 },
  );
});

it('answers or fails in its own words, whatever map and content are', () => {
  const piece = fc.constantFrom(
    '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">',
    '</xsl:stylesheet>',
    '<xsl:template match="',
    '">',
    '</xsl:template>',
    '<xsl:value-of select="',
    '"/>',
    '//',
    '*',
    '[',
    ']',
    '(',
    ')',
    'a',
    '@',
    '$x',
    "'",
    '{',
    '}',
    'count(',
    ',',
    'div',
    '<xsl:for-each select="',
    '</xsl:for-each>',
    '<a>',
    '</a>',
    '\u0000',
    '&',
    '::',
    '|',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 24 }), fc.string(), (pieces, content) => {
      for (const given of [content, source]) {
        const answer = transform(pieces.join(''), { content: given });
        expect(answer).toEqual(expect.any(String));
      }
      const wrapped = stylesheet(
        `<xsl:template match="/"><xsl:value-of select="${pieces.filter((one) => !/[<>"&]/.test(one)).join('')}"/></xsl:template>`,
      );
      expect(transform(wrapped)).toEqual(expect.any(String));
    }),
    { numRuns: 300, seed: 11 },
  );
});
