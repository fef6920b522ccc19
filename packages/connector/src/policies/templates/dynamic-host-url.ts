import { ConnectorError } from '../../errors.ts';
import type { PolicyEffect, PolicyTemplate, PolicyValues } from '../policy.ts';
import { compileNeededText } from '../policy-scope.ts';

/** Sends the request to another address; the template takes the place of scheme, host and base path. */
export const dynamicHostUrl: PolicyTemplate = { templateId: 'dynamichosturl', compile };

/** The older name of the same. */
export const dynamicSubdomain: PolicyTemplate = { templateId: 'dynamicsubdomain', compile };

function compile(values: PolicyValues): PolicyEffect {
  const evaluate = compileNeededText(values.text('urlTemplate'), 'The address of the API');
  return {
    on: 'request',
    needsBody: false,
    apply: (message, context) => ({ ...message, baseUrl: toBaseUrl(evaluate({ context })) }),
  };
}

/** People enter a host, or a whole address where the template adds the scheme already: both are understood. */
function toBaseUrl(text: string): string {
  const written = text.trim().replace(/^https?:\/\/(?=https?:\/\/)/i, '');
  const absolute = /^https?:\/\//i.test(written) ? written : `https://${written}`;
  const url = URL.canParse(absolute) ? new URL(absolute) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new ConnectorError(
      'policy-failed',
      `The address that the connection gives for the API, "${text}", is not one: write https://host/path.`,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
