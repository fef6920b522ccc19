import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

/**
 * Which room may know which: the whole direction of the product as data. A package may import itself, what its row names and
 * packages from the registry. Tests, benches and journeys outside `packages/` may import any door.
 */
export const layers = {
  definition: [],
  expression: [],
  egress: [],
  credential: ['egress'],
  connector: ['definition', 'expression', 'egress', 'credential'],
  mock: ['definition', 'egress', 'credential', 'connector'],
  transform: ['expression'],
  workflow: ['expression', 'transform'],
  store: ['credential', 'workflow'],
  dispatch: ['workflow'],
  server: [
    'definition',
    'expression',
    'egress',
    'credential',
    'connector',
    'workflow',
    'store',
    'dispatch',
    'example-library-loans',
  ],
  cli: ['definition', 'connector', 'credential', 'egress', 'expression', 'mock', 'workflow'],
  portal: [],
  'example-library-loans': [],
} as const satisfies Record<string, readonly string[]>;

/** Modules that only some rooms may use: the one way out, and nothing that runs text as code. */
export const restrictedModules: Readonly<Record<string, readonly string[]>> = {
  undici: ['egress'],
  bullmq: ['dispatch'],
  ioredis: ['dispatch'],
  'node:vm': [],
  vm: [],
};

/** Globals that only some rooms may call. */
export const restrictedGlobals: Readonly<Record<string, readonly string[]>> = {
  fetch: ['portal'],
  eval: [],
  Function: [],
};

export type Violation = { readonly file: string; readonly message: string };

type SourceModule = { readonly file: string; readonly room: string; readonly imports: readonly Import[] };
type Import = { readonly specifier: string; readonly isTypeOnly: boolean };

/** Reads every source below `root` and answers what breaks the direction, the restrictions or makes a cycle. */
export function checkLayers(root: string): readonly Violation[] {
  const modules = sourceFiles(root).map((file) => readModule(root, file));
  const violations = modules.flatMap((module) => checkModule(module));
  return [...violations, ...findCycles(root, modules)];
}

function sourceFiles(root: string): readonly string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder)) {
      if (name === 'node_modules' || name === 'dist') continue;
      const path = join(folder, name);
      if (statSync(path).isDirectory()) walk(path);
      else if (/\.tsx?$/.test(name) && !name.endsWith('.d.ts')) found.push(path);
    }
  };
  for (const folder of ['packages', 'examples']) walk(join(root, folder));
  return found;
}

function readModule(root: string, file: string): SourceModule & { readonly text: string } {
  const [area = '', name = ''] = relative(root, file).split(sep);
  const text = readFileSync(file, 'utf8');
  const { module } = parseSync(file, text);
  const imports = [
    ...module.staticImports.map((entry) => ({
      specifier: entry.moduleRequest.value,
      isTypeOnly: entry.entries.length > 0 && entry.entries.every((item) => item.isType),
    })),
    ...module.staticExports.flatMap((entry) =>
      entry.entries.flatMap((item) =>
        item.moduleRequest === null ? [] : [{ specifier: item.moduleRequest.value, isTypeOnly: item.isType }],
      ),
    ),
    ...module.dynamicImports.map((entry) => ({
      specifier: text.slice(entry.moduleRequest.start, entry.moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
      isTypeOnly: false,
    })),
  ];
  return { file, room: area === 'examples' ? `example-${name}` : name, imports, text };
}

function checkModule(module: SourceModule & { readonly text: string }): readonly Violation[] {
  const allowed: readonly string[] | undefined = Object.hasOwn(layers, module.room)
    ? layers[module.room as keyof typeof layers]
    : undefined;
  if (allowed === undefined)
    return [{ file: module.file, message: `package "${module.room}" has no row in the table` }];
  const isTest = /\.test\.tsx?$/.test(module.file) || /[\\/](contract-suite|test-[a-z-]+)[\\/]/.test(module.file);
  const violations: Violation[] = [];
  for (const { specifier } of module.imports) {
    const target = /^@patchbay\/([^/]+)/.exec(specifier)?.[1];
    if (target !== undefined && target !== module.room && !allowed.includes(target)) {
      violations.push({ file: module.file, message: `"${module.room}" may not know of "${target}"` });
    }
    const users = restrictedModules[specifier];
    if (users !== undefined && !isTest && !users.includes(module.room)) {
      violations.push({ file: module.file, message: `"${specifier}" is for ${list(users)} only` });
    }
    if (specifier.startsWith('.') && leavesPackage(module.file, specifier)) {
      violations.push({ file: module.file, message: `"${specifier}" reaches into another package; use its door` });
    }
  }
  if (!isTest) violations.push(...checkGlobals(module));
  return violations;
}

function checkGlobals(module: SourceModule & { readonly text: string }): readonly Violation[] {
  return Object.entries(restrictedGlobals)
    .filter(([name, users]) => !users.includes(module.room) && callsGlobal(module.text, name))
    .map(([name, users]) => ({ file: module.file, message: `${name}() is for ${list(users)} only` }));
}

function callsGlobal(text: string, name: string): boolean {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
  return new RegExp(`(^|[^.\\w$'"\`#])(new\\s+|globalThis\\.)?${name}\\s*\\(`, 'm').test(
    code.replace(new RegExp(`(function|async|get|set)\\s+${name}\\s*\\(|^\\s*(async )?${name}\\(.*\\{\\s*$`, 'gm'), ''),
  );
}

function leavesPackage(file: string, specifier: string): boolean {
  const rootOf = (path: string): string => /^(.*[\\/](?:packages|examples)[\\/][^\\/]+)[\\/]/.exec(path)?.[1] ?? '';
  return rootOf(file) !== rootOf(resolve(dirname(file), specifier));
}

function list(users: readonly string[]): string {
  return users.length === 0 ? 'nobody' : users.map((user) => `"${user}"`).join(', ');
}

/** Runtime import cycles between files (type-only imports do not count). */
function findCycles(root: string, modules: readonly SourceModule[]): readonly Violation[] {
  const byFile = new Map(modules.map((module) => [module.file, module]));
  const state = new Map<string, 'open' | 'done'>();
  const violations: Violation[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      const cycle = [...path.slice(path.indexOf(file)), file].map((step) => relative(root, step));
      violations.push({ file, message: `import cycle: ${cycle.join(' → ')}` });
      return;
    }
    state.set(file, 'open');
    for (const { specifier, isTypeOnly } of byFile.get(file)?.imports ?? []) {
      const target = specifier.startsWith('.') ? resolve(dirname(file), specifier) : undefined;
      if (!isTypeOnly && target !== undefined && byFile.has(target)) visit(target, [...path, file]);
    }
    state.set(file, 'done');
  };
  for (const { file } of modules) visit(file, []);
  return violations;
}

if (import.meta.main) {
  const root = resolve(fileURLToPath(import.meta.url), '../..');
  const violations = checkLayers(root);
  for (const { file, message } of violations) console.error(`${relative(root, file)}: ${message}`);
  console.log(
    `layers: ${violations.length === 0 ? 'every import points the right way' : `${violations.length} wrong`}`,
  );
  process.exitCode = violations.length === 0 ? 0 : 1;
}
