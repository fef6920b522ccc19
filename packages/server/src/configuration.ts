import { resolve } from 'node:path';
import { z } from 'zod';

/** How the server is set up: read once from the environment, validated, handed down as a value. */
export type Configuration = {
  readonly port: number;
  readonly host: string;
  /** Origin under which people and callers reach the server; absent means the address it listens on. */
  readonly publicUrl?: string;
  /** Absolute path of the data folder. */
  readonly dataFolder: string;
  readonly databaseUrl?: string;
  /** The Redis that says which process advances which run; without it the processes find out from the database. */
  readonly redisUrl?: string;
  /** What this process does. */
  readonly roles: readonly Role[];
  readonly masterKeyFile: string;
  readonly oidc?: ExternalIssuer;
  readonly logLevel: LogLevel;
  readonly maxBodyBytes: number;
  /** For a whole call that leaves: request and answer. */
  readonly callTimeoutMs: number;
  readonly drainTimeoutMs: number;
  /** Of runs that have ended, in environments that say nothing; 0: without end, as many as come. */
  readonly runRetention: { readonly days: number; readonly runsPerFlow: number };
  readonly seed: 'example' | 'environment';
  readonly signInLink: 'needed' | 'always';
  readonly examplePort: number;
  readonly trustProxy: boolean;
  /** Until when connectors that share one redirect URL take new connections. */
  readonly commonRedirectUntilMs: number;
  /** What a monitoring system sends as a bearer token to read the metrics. */
  readonly metricsToken?: string;
};

/** `web` answers HTTP; `worker` advances runs, fires recurrences and keeps watches. */
export type Role = (typeof allRoles)[number];

/** An OpenID Connect issuer other than the embedded one. */
export type ExternalIssuer = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly cliClientId: string;
  /** The claim whose value names the role, and the value that means administrator. */
  readonly roleClaim?: string;
  readonly administratorRole: string;
  /** The value that means maker; absent means that everybody else is one. */
  readonly makerRole?: string;
};

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** One environment variable, for validation and for the documentation. */
export type ConfigurationVariable = {
  readonly name: string;
  /** Another name, which hosting platforms set by themselves; read when all of these are there and none of the first names. */
  readonly otherName?: string;
  /** What it takes, as the message for a wrong value says it. */
  readonly takes: string;
  readonly example: string;
  readonly default?: string;
  readonly description: string;
  readonly schema: z.ZodType;
};

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().max(65_535));
const count = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);
const onOff = z.enum(['on', 'off']);
const webAddress = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && new URL(text).username === '');
const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);
const text = z.string().min(1);
const allRoles = ['web', 'worker'] as const;
const roles = z
  .string()
  .transform((value) => value.split(',').map((one) => one.trim()))
  .pipe(z.array(z.enum(allRoles)).min(1));

/** Every variable that the server reads, in the order of `docs/configuration.md`. */
export const configurationVariables = [
  {
    name: 'PORT',
    takes: 'a port number from 0 to 65535',
    example: '8080',
    default: '4310',
    description: 'The port to listen on; 0 takes a free one.',
    schema: port,
  },
  {
    name: 'HOST',
    takes: 'an IP address or a host name',
    example: '0.0.0.0',
    default: '127.0.0.1',
    description: 'The address to listen on. Anything but loopback needs `PATCHBAY_PUBLIC_URL`.',
    schema: text,
  },
  {
    name: 'PATCHBAY_PUBLIC_URL',
    takes: 'an http or https origin such as https://patchbay.example.org',
    example: 'https://patchbay.example.org',
    description: 'The origin under which browsers and callers reach the server. Default: the address it listens on.',
    schema: webAddress.refine(
      (value) => URL.canParse(value) && new URL(value).pathname === '/' && new URL(value).search === '',
    ),
  },
  {
    name: 'PATCHBAY_DATA',
    takes: 'a folder',
    example: '/var/lib/patchbay',
    default: './data',
    description: 'The data folder: the database and, unless moved out, the master key.',
    schema: text,
  },
  {
    name: 'PATCHBAY_DATABASE_URL',
    otherName: 'DATABASE_URL',
    takes: 'a postgres:// address',
    example: 'postgres://patchbay:…@db.example.org/patchbay',
    description: 'A PostgreSQL database to use in place of the file in the data folder.',
    schema: z.string().regex(/^postgres(ql)?:\/\//),
  },
  {
    name: 'PATCHBAY_REDIS_URL',
    otherName: 'REDIS_URL',
    takes: 'a redis:// or rediss:// address',
    example: 'redis://redis.example.org:6379',
    description:
      'The Redis (or Valkey) by which several processes share the work; needs a PostgreSQL database. `maxmemory-policy` must be `noeviction`. See [scale](scale.md).',
    schema: z.string().regex(/^rediss?:\/\//),
  },
  {
    name: 'PATCHBAY_ROLES',
    takes: 'web, worker or both with a comma between',
    example: 'worker',
    default: 'web,worker',
    description:
      'What this process does: `web` answers HTTP and starts runs; `worker` advances runs, fires recurrences and looks after subscriptions and polls. A process with one of them needs a PostgreSQL database and `PATCHBAY_PUBLIC_URL`. A worker alone answers only `/healthz`, `/readyz` and `/metrics`.',
    schema: roles,
  },
  {
    name: 'PATCHBAY_MASTER_KEY_FILE',
    takes: 'a file',
    example: '/etc/patchbay/master.key',
    description: 'The file that holds the master key. Default: `master.key` in the data folder.',
    schema: text,
  },
  {
    name: 'PATCHBAY_OIDC_ISSUER',
    takes: 'the address of an OpenID Connect issuer',
    example: 'https://login.example.org/realms/main',
    description: 'People sign in at this issuer in place of with local accounts.',
    schema: webAddress,
  },
  {
    name: 'PATCHBAY_OIDC_CLIENT_ID',
    takes: 'a client id',
    example: 'patchbay',
    default: 'patchbay-portal',
    description: 'The client that the issuer knows the portal by.',
    schema: text,
  },
  {
    name: 'PATCHBAY_OIDC_CLIENT_SECRET',
    takes: 'a client secret',
    example: '…',
    description: 'The secret of that client; without one it is a public client with PKCE.',
    schema: text,
  },
  {
    name: 'PATCHBAY_OIDC_CLI_CLIENT_ID',
    takes: 'a client id',
    example: 'patchbay-command-line',
    default: 'patchbay-cli',
    description: 'The public client that the command line signs in with (device flow).',
    schema: text,
  },
  {
    name: 'PATCHBAY_OIDC_ROLE_CLAIM',
    takes: 'the name of a claim',
    example: 'roles',
    description:
      "The claim (text or list) that holds a person's roles. Without it, the first to sign in is the administrator.",
    schema: text,
  },
  {
    name: 'PATCHBAY_OIDC_ADMINISTRATOR_ROLE',
    takes: 'a value of that claim',
    example: 'patchbay-administrator',
    default: 'administrator',
    description: 'The value of the role claim that makes an administrator.',
    schema: text,
  },
  {
    name: 'PATCHBAY_OIDC_MAKER_ROLE',
    takes: 'a value of that claim',
    example: 'patchbay-maker',
    description:
      'The value of the role claim that makes a maker; whoever has neither value may sign in and do nothing. Without it, everybody else is a maker.',
    schema: text,
  },
  {
    name: 'PATCHBAY_LOG_LEVEL',
    takes: 'trace, debug, info, warn, error, fatal or silent',
    example: 'info',
    default: 'warn',
    description:
      'What is logged, one JSON line an entry: refused requests at info, answered ones at debug, failures of the server at error.',
    schema: logLevel,
  },
  {
    name: 'PATCHBAY_MAX_BODY_BYTES',
    takes: 'a number of bytes',
    example: '104857600',
    default: '20971520',
    description: 'The longest request body that is read; a longer one is answered 413.',
    schema: count,
  },
  {
    name: 'PATCHBAY_CALL_TIMEOUT_MS',
    takes: 'a number of milliseconds',
    example: '30000',
    default: '120000',
    description: 'How long an API has to answer a call. An action of a flow can set a shorter limit.',
    schema: count,
  },
  {
    name: 'PATCHBAY_DRAIN_TIMEOUT_MS',
    takes: 'a number of milliseconds',
    example: '30000',
    default: '10000',
    description: 'How long a stopping server lets requests and runs come to rest.',
    schema: count,
  },
  {
    name: 'PATCHBAY_RUN_RETENTION_DAYS',
    takes: 'a number of days',
    example: '28',
    default: '90',
    description:
      'How long runs are kept after their end, in environments that have no setting of their own; 0: without end. See [durability](durability.md#how-long-runs-are-kept).',
    schema: count,
  },
  {
    name: 'PATCHBAY_RUN_RETENTION_COUNT',
    takes: 'a number of runs',
    example: '10000',
    default: '0',
    description:
      'How many of the runs of each flow that have ended are kept, the newest, in environments that have no setting of their own; 0: as many as come.',
    schema: count,
  },
  {
    name: 'PATCHBAY_SEED',
    takes: 'example or environment',
    example: 'environment',
    default: 'example',
    description:
      'What an empty store is filled with: an environment and an administrator, and with `example` the sample API, its connector, a connection and a flow.',
    schema: z.enum(['example', 'environment']),
  },
  {
    name: 'PATCHBAY_SIGN_IN_LINK',
    takes: 'needed or always',
    example: 'always',
    default: 'needed',
    description:
      'When to print a one-time sign-in link for the first administrator at start: while no administrator has a password, or always.',
    schema: z.enum(['needed', 'always']),
  },
  {
    name: 'PATCHBAY_EXAMPLE_PORT',
    takes: 'a port number from 0 to 65535',
    example: '0',
    default: '4311',
    description: 'The loopback port of the sample API.',
    schema: port,
  },
  {
    name: 'PATCHBAY_SHARED_REDIRECT_UNTIL',
    takes: 'a date such as 2024-02-17',
    example: '2027-01-01',
    default: '2024-02-17',
    description:
      'From this day on (UTC), connectors that still use the redirect URL that all share (`redirectMode: Global`) take no new connections; those that there are go on working.',
    schema: z.iso.date(),
  },
  {
    name: 'PATCHBAY_TRUST_PROXY',
    takes: 'on or off',
    example: 'on',
    default: 'off',
    description: 'Whether the addresses in `x-forwarded-for` come from a proxy of yours and can be believed.',
    schema: onOff,
  },
  {
    name: 'PATCHBAY_METRICS_TOKEN',
    takes: 'a text of at least 16 characters',
    example: '…',
    description:
      'What a monitoring system sends as a bearer token to read `/metrics`. Without it, `/metrics` is for whoever is signed in and, where the server is reached on this machine only, for this machine.',
    schema: z.string().min(16),
  },
] as const satisfies readonly ConfigurationVariable[];

type VariableName = (typeof configurationVariables)[number]['name'];
type Values = {
  readonly [Name in VariableName]?: z.infer<Extract<(typeof configurationVariables)[number], { name: Name }>['schema']>;
};

/** A variable with a value that it does not take, or a set-up that cannot be right. The message names the variable. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** Reads the configuration from environment variables. Throws {@link ConfigurationError} naming every wrong one. */
export function readConfiguration(environment: { readonly [name: string]: string | undefined }): Configuration {
  const values: { [name: string]: unknown } = {};
  const problems: string[] = [];
  const usesOtherNames = hasOtherNames(environment);
  for (const variable of configurationVariables) {
    const { name, chosen } = choose(variable, environment, usesOtherNames);
    if (chosen === undefined) continue;
    const parsed = variable.schema.safeParse(chosen);
    if (parsed.success) values[variable.name] = parsed.data;
    else problems.push(`${name} is ${show(name, chosen)}; it takes ${variable.takes}.`);
  }
  if (problems.length > 0) throw new ConfigurationError(problems.join('\n'));
  // The loop above put a parsed value of its own schema under every name.
  return assemble(values as Values);
}

/** One of them alone may well be meant for another program on this machine. */
function hasOtherNames(environment: { readonly [name: string]: string | undefined }): boolean {
  const isSet = (name: string): boolean => environment[name] !== undefined && environment[name] !== '';
  const variables = configurationVariables.filter((variable) => 'otherName' in variable);
  return variables.every(({ otherName }) => isSet(otherName)) && !variables.some(({ name }) => isSet(name));
}

/** The value of a variable, and the name under which it was found. */
function choose(
  variable: ConfigurationVariable,
  environment: { readonly [name: string]: string | undefined },
  usesOtherNames: boolean,
): { readonly name: string; readonly chosen: string | undefined } {
  const name = (usesOtherNames ? variable.otherName : undefined) ?? variable.name;
  const given = environment[name];
  return { name, chosen: given === undefined || given === '' ? variable.default : given };
}

function assemble(values: Values): Configuration {
  const dataFolder = resolve(values.PATCHBAY_DATA ?? './data');
  const publicUrl = values.PATCHBAY_PUBLIC_URL;
  const host = values.HOST ?? '127.0.0.1';
  if (publicUrl === undefined && !isLoopback(host)) {
    throw new ConfigurationError(
      `HOST is "${host}", which others can reach; set PATCHBAY_PUBLIC_URL to the origin under which they do, or HOST to 127.0.0.1.`,
    );
  }
  const databaseUrl = values.PATCHBAY_DATABASE_URL;
  const redisUrl = values.PATCHBAY_REDIS_URL;
  const chosenRoles = allRoles.filter((role) => values.PATCHBAY_ROLES?.includes(role) ?? true);
  checkSharing({ databaseUrl, redisUrl, publicUrl, roles: chosenRoles });
  const metricsToken = values.PATCHBAY_METRICS_TOKEN;
  const oidc = externalIssuer(values);
  return {
    port: values.PORT ?? 4310,
    host,
    ...(publicUrl !== undefined && { publicUrl: new URL(publicUrl).origin }),
    dataFolder,
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(redisUrl !== undefined && { redisUrl }),
    roles: chosenRoles,
    masterKeyFile: resolve(values.PATCHBAY_MASTER_KEY_FILE ?? `${dataFolder}/master.key`),
    ...(oidc !== undefined && { oidc }),
    logLevel: values.PATCHBAY_LOG_LEVEL ?? 'warn',
    maxBodyBytes: values.PATCHBAY_MAX_BODY_BYTES ?? 20_971_520,
    callTimeoutMs: values.PATCHBAY_CALL_TIMEOUT_MS ?? 120_000,
    drainTimeoutMs: values.PATCHBAY_DRAIN_TIMEOUT_MS ?? 10_000,
    runRetention: {
      days: values.PATCHBAY_RUN_RETENTION_DAYS ?? 90,
      runsPerFlow: values.PATCHBAY_RUN_RETENTION_COUNT ?? 0,
    },
    seed: values.PATCHBAY_SEED ?? 'example',
    signInLink: values.PATCHBAY_SIGN_IN_LINK ?? 'needed',
    examplePort: values.PATCHBAY_EXAMPLE_PORT ?? 4311,
    commonRedirectUntilMs: Date.parse(`${values.PATCHBAY_SHARED_REDIRECT_UNTIL ?? '2024-02-17'}T00:00:00Z`),
    trustProxy: values.PATCHBAY_TRUST_PROXY === 'on',
    ...(metricsToken !== undefined && { metricsToken }),
  };
}

/** Several processes have one database, and know the address under which people reach them. */
function checkSharing(given: {
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly publicUrl: string | undefined;
  readonly roles: readonly Role[];
}): void {
  const role = given.roles.length === 1 ? given.roles[0] : undefined;
  if (given.databaseUrl === undefined && given.redisUrl !== undefined) {
    throw new ConfigurationError(
      'PATCHBAY_REDIS_URL is set and PATCHBAY_DATABASE_URL is not. Redis serves several processes, and those need a PostgreSQL database: set PATCHBAY_DATABASE_URL, or no Redis.',
    );
  }
  if (role === undefined) return;
  if (given.databaseUrl === undefined) {
    throw new ConfigurationError(
      `PATCHBAY_ROLES is "${role}", and the file in the data folder is for one process alone. Set PATCHBAY_DATABASE_URL to a PostgreSQL database that other processes use as well, or leave PATCHBAY_ROLES out.`,
    );
  }
  if (given.publicUrl === undefined) {
    throw new ConfigurationError(
      `PATCHBAY_ROLES is "${role}": set PATCHBAY_PUBLIC_URL to the origin under which people and callers reach the web processes.`,
    );
  }
}

function externalIssuer(values: Values): ExternalIssuer | undefined {
  const issuer = values.PATCHBAY_OIDC_ISSUER;
  if (issuer === undefined) return undefined;
  const clientSecret = values.PATCHBAY_OIDC_CLIENT_SECRET;
  const roleClaim = values.PATCHBAY_OIDC_ROLE_CLAIM;
  const makerRole = values.PATCHBAY_OIDC_MAKER_ROLE;
  return {
    issuer,
    clientId: values.PATCHBAY_OIDC_CLIENT_ID ?? 'patchbay-portal',
    ...(clientSecret !== undefined && { clientSecret }),
    cliClientId: values.PATCHBAY_OIDC_CLI_CLIENT_ID ?? 'patchbay-cli',
    ...(roleClaim !== undefined && { roleClaim }),
    administratorRole: values.PATCHBAY_OIDC_ADMINISTRATOR_ROLE ?? 'administrator',
    ...(makerRole !== undefined && { makerRole }),
  };
}

/** Whether only this machine reaches an address that is listened on. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** A wrong value as the message shows it; one that may hold a secret is not shown. */
function show(name: string, value: string): string {
  return /SECRET|TOKEN|DATABASE_URL|REDIS_URL/.test(name) ? 'not usable' : `"${value}"`;
}
