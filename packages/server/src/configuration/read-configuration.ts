import { readAddress } from './address.ts';
import { readCalls } from './calls.ts';
import type { Configuration } from './configuration.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { ConfigurationVariable } from './configuration-variable.ts';
import { readFirstStart } from './first-start.ts';
import { readHistory } from './history.ts';
import { readIssuer } from './issuer.ts';
import { readMonitoring } from './monitoring.ts';
import { readProcesses } from './processes.ts';
import { type SettingValues, settingGroups } from './setting-groups.ts';
import { readStorage } from './storage.ts';

type Environment = { readonly [name: string]: string | undefined };

const variables: readonly ConfigurationVariable[] = settingGroups.flatMap<ConfigurationVariable>(
  (group) => group.variables,
);

/** Reads the configuration from environment variables. Throws {@link ConfigurationError} naming every wrong one. */
export function readConfiguration(environment: Environment): Configuration {
  const values = readValues(environment);
  const address = readAddress(values);
  const storage = readStorage(values);
  const oidc = readIssuer(values);
  return {
    ...address,
    ...storage,
    ...readProcesses(values, { ...address, ...storage }),
    ...(oidc !== undefined && { oidc }),
    ...readCalls(values),
    ...readHistory(values),
    ...readMonitoring(values),
    ...readFirstStart(values),
  };
}

function readValues(environment: Environment): SettingValues {
  const values: { [name: string]: unknown } = {};
  const problems: string[] = [];
  const usesOtherNames = hasOtherNames(environment);
  for (const variable of variables) {
    const { name, chosen } = choose(variable, environment, usesOtherNames);
    if (chosen === undefined) continue;
    const parsed = variable.schema.safeParse(chosen);
    if (parsed.success) values[variable.name] = parsed.data;
    else problems.push(`${name} is ${show(name, chosen)}; it takes ${variable.takes}.`);
  }
  if (problems.length > 0) throw new ConfigurationError(problems.join('\n'));
  // The loop above put a parsed value of its own schema under every name that is given or has a default.
  return values as SettingValues;
}

/** One of them alone may well be meant for another program on this machine. */
function hasOtherNames(environment: Environment): boolean {
  const isSet = (name: string | undefined): boolean => name !== undefined && (environment[name] ?? '') !== '';
  const named = variables.filter(({ otherName }) => otherName !== undefined);
  return named.every(({ otherName }) => isSet(otherName)) && !named.some(({ name }) => isSet(name));
}

/** The value of a variable, and the name under which it was found. */
function choose(
  variable: ConfigurationVariable,
  environment: Environment,
  usesOtherNames: boolean,
): { readonly name: string; readonly chosen: string | undefined } {
  const name = (usesOtherNames ? variable.otherName : undefined) ?? variable.name;
  const given = environment[name];
  return { name, chosen: given === undefined || given === '' ? variable.default : given };
}

/** A wrong value as the message shows it; one that may hold a secret is not shown. */
function show(name: string, value: string): string {
  return /SECRET|TOKEN|DATABASE_URL|REDIS_URL/.test(name) ? 'not usable' : `"${value}"`;
}
