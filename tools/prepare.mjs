// Makes a clone ready to start or to test: installs what the lock names, builds the portal, and for tests sees to the
// programs of the operating system that they drive. Plain JavaScript without dependencies: it runs before anything is
// installed, on whichever Node the machine has (20 or later), and does nothing when nothing has changed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const wanted = new Set(process.argv.slice(2));
const environment = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` };

/** SHA-256 over files' names and contents, folders walked in name order. */
function digest(paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    let names;
    try {
      names = readdirSync(full).sort();
    } catch {
      hash.update(`${path}\0`).update(readFileSync(full));
      return;
    }
    for (const name of names) if (!['node_modules', 'dist'].includes(name)) add(`${path}/${name}`);
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}

function isStamped(file, stamp) {
  return existsSync(join(root, file)) && readFileSync(join(root, file), 'utf8') === stamp;
}

function writeStamp(file, stamp) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), stamp);
}

/** Runs a command, showing that it lives; its output is shown only when it fails. */
async function step(title, command, commandArguments) {
  const startedAt = Date.now();
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  const live = process.stderr.isTTY;
  process.stderr.write(live ? `  ${title} …` : `  ${title} …\n`);
  const timer = setInterval(
    () => process.stderr.write(live ? `\r  ${title} … ${seconds()}` : `  ${title} … ${seconds()}\n`),
    live ? 1000 : 15_000,
  );
  const child = spawn(command, commandArguments, {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const failure = await new Promise((settle) => {
    child.on('error', (error) => settle(error.message));
    child.on('close', (code, signal) => settle(code === 0 ? undefined : `it ended with ${signal ?? `code ${code}`}`));
  });
  clearInterval(timer);
  process.stderr.write(`${live ? '\r' : ''}  ${title}: ${failure === undefined ? `done in ${seconds()}` : 'failed'}\n`);
  if (failure === undefined) return true;
  process.stderr.write(`\n${Buffer.concat(output).toString('utf8').trimEnd()}\n\n${title} failed: ${failure}.\n`);
  return false;
}

function packagesStamp() {
  return `${digest(['package-lock.json', '.npmrc'])} ${process.platform} ${process.arch}`;
}

async function installPackages() {
  const stamp = packagesStamp();
  if (isStamped('node_modules/.prepared', stamp)) return;
  process.stderr.write('Patchbay: getting ready (only when something has changed)\n');
  // Development and optional packages are asked for by name: an environment that leaves them out would leave out the
  // pinned Node and what builds the portal.
  const isInstalled = await step('Installing the packages of package-lock.json', 'npm', [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
  ]);
  if (!isInstalled) {
    process.stderr.write('Check that this machine reaches its npm registry, then run the command again.\n');
    process.exit(1);
  }
  writeStamp('node_modules/.prepared', stamp);
}

function checkNode() {
  const { stdout } = spawnSync('node', ['--version'], {
    env: environment,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const [major = 0, minor = 0] = (stdout ?? '').trim().slice(1).split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 12)) return;
  process.stderr.write(
    `Patchbay runs on Node 24.12 or later. There is no pinned Node for ${process.platform} on ${process.arch}, and this machine's is ${(stdout ?? 'missing').trim()}: install Node 24 and run the command again.\n`,
  );
  process.exit(1);
}

const portal = 'packages/portal';

function portalStamp() {
  const inputs = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json', 'tsconfig.json'];
  return digest([...inputs.map((name) => `${portal}/${name}`), 'package-lock.json']);
}

async function buildPortal() {
  const stamp = portalStamp();
  if (isStamped(`${portal}/dist/.prepared`, stamp)) return;
  if (!(await step('Building the portal', 'npm', ['run', 'build', '--workspace', portal]))) process.exit(1);
  writeStamp(`${portal}/dist/.prepared`, stamp);
}

/** What tests need of the operating system: Debian packages, and how to tell that they are there. */
const programs = [
  {
    title: 'Chromium',
    debianPackages: ['chromium'],
    isPresent: () => existsSync('/usr/bin/chromium') || process.env.PATCHBAY_TEST_CHROMIUM !== undefined,
  },
  {
    title: 'PostgreSQL',
    debianPackages: ['postgresql'],
    isPresent: () =>
      process.env.PATCHBAY_TEST_POSTGRES_URL !== undefined ||
      (existsSync('/usr/lib/postgresql') &&
        readdirSync('/usr/lib/postgresql').some((version) => existsSync(`/usr/lib/postgresql/${version}/bin/initdb`))),
  },
  {
    title: 'Redis',
    debianPackages: ['redis-server'],
    isPresent: () => ['/usr/bin/redis-server', '/usr/bin/valkey-server'].some((path) => existsSync(path)),
  },
  {
    title: 'gSOAP',
    debianPackages: ['gsoap', 'libgsoap-dev', 'g++'],
    isPresent: () => ['/usr/bin/soapcpp2', '/usr/include/stdsoap2.h', '/usr/bin/g++'].every((path) => existsSync(path)),
  },
];

/** The command prefix with which this user may install Debian's packages, or undefined. */
function packagePermission() {
  if (!existsSync('/usr/bin/apt-get')) return undefined;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
}

async function installPrograms() {
  const missing = programs.filter((program) => !program.isPresent());
  if (missing.length === 0) return;
  const names = missing.flatMap((program) => program.debianPackages);
  const prefix = packagePermission();
  if (prefix !== undefined) {
    const asRoot = (title, ...command) => {
      const [first, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', ...command];
      return step(title, first, rest);
    };
    const isInstalled =
      (await asRoot('Updating the list of Debian packages', 'apt-get', 'update')) &&
      (await asRoot(`Installing ${names.join(', ')}`, 'apt-get', 'install', '-y', '--no-install-recommends', ...names));
    if (isInstalled) return;
  }
  for (const { title, debianPackages } of missing) {
    process.stderr.write(
      `  ${title} is not here and could not be installed: the tests that need it will be listed as skipped. To run them: apt-get install ${debianPackages.join(' ')}\n`,
    );
  }
}

function isPrepared() {
  if (!isStamped('node_modules/.prepared', packagesStamp())) return false;
  return !wanted.has('--portal') || isStamped(`${portal}/dist/.prepared`, portalStamp());
}

/** Two commands must not install into one clone at the same time: the second waits for the first. */
async function takeTurn() {
  const file = join(root, '.cache', 'preparing');
  mkdirSync(dirname(file), { recursive: true });
  for (let isTold = false; ; isTold = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      process.on('exit', () => rmSync(file, { force: true }));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (owner !== '' && !isAlive(Number(owner))) rmSync(file, { force: true });
    else if (!isTold)
      process.stderr.write(`Patchbay: waiting for process ${owner}, which is getting this clone ready\n`);
    await new Promise((wake) => setTimeout(wake, 300));
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

// Only says whether there is anything to do, by its exit code.
if (wanted.has('--check')) process.exit(isPrepared() ? 0 : 1);

if (!isPrepared()) await takeTurn();
await installPackages();
checkNode();
if (wanted.has('--portal')) await buildPortal();
if (wanted.has('--test')) await installPrograms();
