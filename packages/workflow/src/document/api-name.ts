const powerAppsApis = '/providers/Microsoft.PowerApps/apis/';

/** An API as a flow names it: those of Power Automate by their name, others by the id that they have. */
export function apiName(given: string): string {
  const isOfPowerApps = given.toLowerCase().startsWith(powerAppsApis.toLowerCase());
  const name = given.slice(powerAppsApis.length);
  return isOfPowerApps && name !== '' && !name.includes('/') ? name : given;
}

/** The id of an API that is named so; what is an id stays. */
export function apiId(name: string): string {
  return name.includes('/') || name === '' ? name : `${powerAppsApis}${name}`;
}
