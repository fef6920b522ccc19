import type { IdentityProvider } from '../contract.ts';

/** Gives a refresh token when asked for offline access, and again only with a new consent. */
export const google: IdentityProvider = {
  name: 'google',
  title: 'Google',
  authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  deviceAuthorizationUrl: 'https://oauth2.googleapis.com/device/code',
  authorizationParameters: { access_type: 'offline', prompt: 'consent' },
};
