import { defineRoute } from '../../http/route.ts';
import { signInStyle } from '../../identity/pages.ts';

export const getSignInStyle = defineRoute({
  method: 'GET',
  url: '/signin/style.css',
  permission: 'anonymous',
  form: 'page',
  schema: {},
  handler: ({ reply }) => reply.type('text/css').header('cache-control', 'max-age=3600').send(signInStyle),
});
