import { afterEach, expect, it } from 'vitest';
import type { Transformation, Transformer } from './contract.ts';
import { createTransformer } from './create-transformer.ts';

const open: Transformer[] = [];

function transformer(options: Parameters<typeof createTransformer>[0] = {}): Transformer {
  const made = createTransformer(options);
  open.push(made);
  return made;
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

function map(body: string): Transformation {
  const text = `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:output method="text"/>${body}</xsl:stylesheet>`;
  return {
    kind: 'xslt',
    content: '<a>x</a>',
    map: text,
    maps: {},
    parameters: {},
    generatesText: true,
    appliesOutput: false,
  };
}

const call = (name: string, parameters: string): string =>
  `<xsl:call-template name="${name}">${parameters}</xsl:call-template>`;
const given = (name: string, select: string): string => `<xsl:with-param name="${name}" select="${select}"/>`;

const good = map('<xsl:template match="/"><xsl:value-of select="."/></xsl:template>');
/** 2^40 calls, forty deep. */
const slow = map(
  `<xsl:template match="/">${call('f', given('n', '40'))}</xsl:template><xsl:template name="f"><xsl:param name="n"/><xsl:if test="$n">` +
    `${call('f', given('n', '$n - 1'))}${call('f', given('n', '$n - 1'))}</xsl:if></xsl:template>`,
);
/** A text that doubles thirty times, written anew each time. */
const big = map(
  `<xsl:template match="/">${call('f', given('t', "'aaaaaaaa'") + given('n', '30'))}</xsl:template><xsl:template name="f"><xsl:param name="t"/><xsl:param name="n"/>` +
    `<xsl:if test="$n">${call('f', given('t', "translate(concat($t, $t), 'a', 'b')") + given('n', '$n - 1'))}</xsl:if></xsl:template>`,
);
const answer = { kind: 'text', text: 'x', mediaType: null };

it('transforms one after another, and fails for what fails', async () => {
  const one = transformer();
  const bad = one.transform(map('<xsl:template match="/"><xsl:value-of select="1 +"/></xsl:template>'));
  await expect(bad).rejects.toMatchObject({ name: 'TransformError', code: 'ArtifactInvalid' });
  expect(await Promise.all([one.transform(good), one.transform(good)])).toEqual([answer, answer]);
});

it('ends what takes too long, and goes on with what waited', async () => {
  const one = transformer({ timeoutMs: 3_000 });
  await one.transform(good);
  const late = one.transform(slow);
  const next = one.transform(good);
  await expect(late).rejects.toMatchObject({ code: 'TransformationLimitExceeded' });
  expect(await next).toEqual(answer);
});

it('outlives what takes too much memory', async () => {
  const one = transformer({ maximumMemoryMb: 64 });
  await expect(one.transform(big)).rejects.toMatchObject({ code: 'TransformationLimitExceeded' });
  expect(await one.transform(good)).toEqual(answer);
});

it('lets the event loop turn while it works', async () => {
  const one = transformer();
  await one.transform(good);
  const abort = new AbortController();
  const working = one.transform(slow, abort.signal);
  let turns = 0;
  while (turns < 20) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    turns++;
  }
  abort.abort(new Error('enough'));
  await expect(working).rejects.toThrow('enough');
  expect(turns).toBe(20);
});

it('refuses what comes after it was closed', async () => {
  const one = transformer();
  await one.transform(good);
  const working = one.transform(slow);
  await one.close();
  await expect(working).rejects.toMatchObject({ message: 'The transformer has been closed.' });
  await expect(one.transform(good)).rejects.toMatchObject({ message: 'The transformer has been closed.' });
});
