import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorCodes, settingGroups } from '@patchbay/server';
import { runCodes } from '@patchbay/workflow';

/** Pages of `docs/` that are made from tables in the code, by file name. */
function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ['configuration.md', configurationPage()],
    ['errors.md', errorPage()],
  ]);
}

/** Names of the pages in a folder that are not what the code says now. */
export function staleReferencePages(folder: string): readonly string[] {
  const isStale = (name: string, text: string): boolean => {
    const file = join(folder, name);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  };
  return [...referencePages()].flatMap(([name, text]) => (isStale(name, text) ? [name] : []));
}

function configurationPage(): string {
  const groups = settingGroups.map(({ title, variables }) => {
    const rows = variables.map((variable) => {
      const { name, takes, description, example } = variable;
      const other = 'otherName' in variable ? ` Also \`${variable.otherName}\`.` : '';
      const usual = 'default' in variable ? `\`${variable.default}\`` : '';
      return `| \`${name}\` | ${description}${other} | ${takes} | ${usual} | \`${example}\` |\n`;
    });
    return `## ${title}

| variable | what it is for | takes | default | example |
| --- | --- | --- | --- | --- |
${rows.join('')}`;
  });
  return `# Configuration

The server is set up by environment variables and nothing else. They are read once, when it starts; an empty one counts as absent. A value that a variable does not take stops the start with a message that names it. \`DATABASE_URL\` and \`REDIS_URL\`, which hosting platforms set, are read when both are there and neither has its own name.

This page is made by \`node tools/reference-pages.ts --write\` from the tables in the code.

${groups.join('\n')}
## Set-ups

On one machine, for one person, nothing has to be set:

    npm start

For a team, behind a proxy that ends TLS, with the master key apart from the data:

    PATCHBAY_PUBLIC_URL=https://patchbay.example.org \\
    PATCHBAY_TRUST_PROXY=on \\
    PATCHBAY_DATA=/var/lib/patchbay \\
    PATCHBAY_MASTER_KEY_FILE=/etc/patchbay/master.key \\
    PATCHBAY_SEED=environment \\
    npm start

The same, with the people of an organisation’s own issuer and a PostgreSQL database:

    PATCHBAY_DATABASE_URL=postgres://patchbay:…@db.example.org/patchbay \\
    PATCHBAY_OIDC_ISSUER=https://login.example.org/realms/main \\
    PATCHBAY_OIDC_CLIENT_SECRET=… \\
    PATCHBAY_OIDC_ROLE_CLAIM=roles \\
    PATCHBAY_OIDC_MAKER_ROLE=patchbay-maker \\
    npm start

On several machines, with [one PostgreSQL and one Redis for all](scale.md): processes that answer, and processes that work:

    PATCHBAY_ROLES=web    PATCHBAY_DATABASE_URL=… PATCHBAY_REDIS_URL=… PATCHBAY_PUBLIC_URL=… PATCHBAY_MASTER_KEY_FILE=… npm start
    PATCHBAY_ROLES=worker PATCHBAY_DATABASE_URL=… PATCHBAY_REDIS_URL=… PATCHBAY_PUBLIC_URL=… PATCHBAY_MASTER_KEY_FILE=… npm start

The issuer knows the portal as a client with the redirect address \`https://patchbay.example.org/signin/callback\`, and the command line as a public client with the device flow. Access tokens have the public URL or one of the two clients as their audience, and the role claim with them.

## Files

The data folder is readable by its owner only. It holds \`patchbay.db\` with the files that SQLite keeps beside it, and \`master.key\` unless \`PATCHBAY_MASTER_KEY_FILE\` names another place. In \`compiled-code\` is what the last start compiled, which halves the time of the next; it may be deleted. Secrets in the database are worth nothing without that key, and nothing opens them when it is lost: back both up, apart from each other.
`;
}

function errorPage(): string {
  const answers = Object.entries(errorCodes).map(
    ([code, { status, title, remedy }]) => `| <a id="${code}"></a>\`${code}\` | ${status} | ${title} | ${remedy} |`,
  );
  const runs = Object.entries(runCodes).map(
    ([code, meaning]) => `| <a id="run-${code}"></a>\`${code}\` | ${meaning} |`,
  );
  return `# Errors

Every failure that the server answers carries a code. Under \`/api\` it is a problem document (RFC 9457, \`application/problem+json\`), whose \`type\` ends in the code:

    {"type":"urn:patchbay:error:FlowNotFound","title":"The flow does not exist","status":404,"detail":"There is no flow \\"x\\".","code":"FlowNotFound"}

On the ecosystem’s surface (\`/providers\`, \`/apim\`, \`/workflows\`, \`/contents\`) it is the object that its clients read:

    {"error":{"code":"FlowNotFound","message":"There is no flow \\"x\\"."}}

The message says what happened, to which thing, and what to do. What is wrong with a document comes along as \`findings\` or \`details\`, each with code, severity, message and place; findings about descriptions have [pages of their own](rules/README.md).

This page is made by \`node tools/reference-pages.ts --write\` from the tables in the code.

## Answers of the server

| code | status | what happened | what to do |
| --- | --- | --- | --- |
${answers.join('\n')}

## In the history of a run

A call that failed on its way carries a code of the table above, e.g. \`TimedOut\`. One that was answered carries the reason of the answer’s status, e.g. \`NotFound\`. The engine’s own codes:

| code | what it means |
| --- | --- |
${runs.join('\n')}
`;
}

if (import.meta.main) {
  const folder = join(resolve(fileURLToPath(import.meta.url), '../..'), 'docs');
  if (process.argv.includes('--write')) {
    for (const [name, text] of referencePages()) writeFileSync(join(folder, name), text);
  }
  const stale = staleReferencePages(folder);
  console.log(
    stale.length === 0 ? 'reference pages: up to date' : `reference pages to write again: ${stale.join(', ')}`,
  );
  process.exitCode = stale.length === 0 ? 0 : 1;
}
