import { expect, it } from 'vitest';
import { transformXml } from '../xslt/transform-xml.ts';

const source =
  '<orders xmlns="urn:o" xmlns:p="urn:p" p:x="1" xml:lang="en-GB"><!--c--><?pi data?><order id="3" xmlns=""><item q="2">Tea</item>mixed' +
  '<item q="10">Cake</item></order><order id="1" xmlns=""><item q="1">Bun</item><p:deep><a><b>1</b><b>2</b></a><a><b>3</b></a></p:deep></order></orders>';

function evaluate(expression: string): string {
  const select = expression.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const map =
    '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:p="urn:p"><xsl:output method="text"/>' +
    `<xsl:key name="q" match="item" use="@q"/><xsl:template match="/"><xsl:value-of select="${select}"/></xsl:template></xsl:stylesheet>`;
  const request = { content: source, map, maps: {}, parameters: {}, generatesText: true, appliesOutput: false };
  try {
    return transformXml(request).text;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

it.each([
  ['count(//node())', '21'],
  ['count(//@*)', '7'],
  ['string(//order[2])', 'Bun123'],
  ['//item[last()]', 'Cake'],
  ['(//item)[last()]', 'Bun'],
  ['//item[position()=2]', 'Cake'],
  ['sum(//item/@q)', '13'],
  ['-1 mod 3', '-1'],
  ['5 mod -2', '1'],
  ['1 div 0', 'Infinity'],
  ['0 div 0', 'NaN'],
  ['10000000000000000000000', '10000000000000000000000'],
  ['0.000001', '0.000001'],
  ['string(-0)', '0'],
  ['round(-2.5)', '-2'],
  ['round(2.5)', '3'],
  ["substring('12345', 1.5, 2.6)", '234'],
  ["substring('12345', 0 div 0, 3)", ''],
  ["substring('12345', -42, 1 div 0)", '12345'],
  ["translate('bar', 'abc', 'AB')", 'BAr'],
  ["normalize-space('  a  b ')", 'a b'],
  ["concat(1, true(), 'x')", '1truex'],
  ["'a'='a' and 2>1", 'true'],
  ['//item/@q = 10', 'true'],
  ['//item/@q != 10', 'true'],
  ['not(//none)', 'true'],
  ["string-length('h\u00E9llo\u{1F600}')", '6'],
  ['name(/*)', 'orders'],
  ['name(//p:deep)', 'p:deep'],
  ['local-name(//p:*)', 'deep'],
  ['namespace-uri(/*)', 'urn:o'],
  ["lang('en')", 'false'],
  ["boolean(/*[lang('en')])", 'true'],
  ['count(//b/ancestor::*)', '5'],
  ['count(//b[1])', '2'],
  ['//a[2]/preceding::b[1]', '2'],
  ['count(//a[1]/following::b)', '1'],
  ['count(//item/following-sibling::node())', '3'],
  ["name(//b[.='3']/ancestor::*[2])", 'p:deep'],
  ["key('q', '10')", 'Cake'],
  ["format-number(-1234.567, '#,##0.00;(#)')", '(1,234.57)'],
  ["format-number(0.5, '0%')", '50%'],
  ["format-number(12, '000.#')", '012'],
  ["format-number(1234567, '#,###')", '1,234,567'],
  ["format-number(2.5, '0')", '2'],
  ["number(' 12 ')", '12'],
  ["number('1e3')", 'NaN'],
  ["substring-before('a-b', '-')", 'a'],
  ["substring-after('a-b', '-')", 'b'],
  ['count(//*[self::a or self::b])', '5'],
  ["count(//text()[contains(., 'mix')])", '1'],
  ['//order[item/@q>5]/@id', '3'],
  ['count(. | //a | //a)', '3'],
  ['2*3', '6'],
  ['count(//order*2)', 'The map cannot be used: "count()" needs nodes, not a number.'],
  ['- - 2', '2'],
  ['4 - -2', '6'],
  ["'a' < 'b'", 'false'],
  ['true() > false()', 'true'],
  ['//comment()', 'c'],
  ["//processing-instruction('pi')", 'data'],
  ['string(//@xml:lang)', 'en-GB'],
  ['child::*/child::order[attribute::id=1]/item', 'Bun'],
  ["//*[local-name()='order'][attribute::id=1]/item", 'Bun'],
  ['div div mod', 'NaN'],
  ["system-property('xsl:version')", '1.0'],
  ['generate-id(//a)=generate-id((//a)[1])', 'true'],
  ["function-available('concat')", 'true'],
  ["function-available('nope')", 'false'],
  ['1 +', 'The map cannot be used: <xsl:value-of>: the expression "1 +" is not valid: it ends too early.'],
  [
    '1 + + 2',
    'The map cannot be used: <xsl:value-of>: the expression "1 + + 2" is not valid: \'+\' is not expected at character 5.',
  ],
  ['count(//a[1]/namespace::*)', '2'],
  ['name(//a[1]/namespace::p)', 'p'],
  ['nope:f()', 'The map cannot be used: <xsl:value-of>: the prefix of "nope:f()" is not declared.'],
  ['$none', 'The map cannot be used: there is no variable "$none".'],
  ['nope()', 'The map cannot be used: there is no function "nope()".'],
  ["concat('a')", 'The map cannot be used: <xsl:value-of>: "concat()" was given 1 arguments.'],
])('%s gives %s', (expression, expected) => {
  expect(evaluate(expression)).toBe(expected);
});
