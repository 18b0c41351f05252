/**
 * Compiles native/ of each library that has one into an addon below its build/ with g++ alone. Only sources whose content,
 * headers or flags changed are compiled again.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const library = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const root = resolve(library, '../..');

const defaultTensorflow = '2.21.0-cpu';

/** Files under `folder` whose name ends with one of `endings`, sorted. */
function filesUnder(folder, endings) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .toSorted();
}

function hashOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** The file and the sources of ours, in `sourceFolder`, that it includes, directly or not. */
function withIncludes(file, sourceFolder, found = new Set()) {
  if (found.has(file) || !existsSync(file)) return found;
  found.add(file);
  for (const [, name] of readFileSync(file, 'utf8').matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)) {
    for (const folder of [dirname(file), sourceFolder]) withIncludes(join(folder, name), sourceFolder, found);
  }
  return found;
}

/** Runs g++; rejects with everything it printed. */
function compile(args) {
  return new Promise((done, fail) => {
    const child = spawn('g++', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.stderr.on('data', (chunk) => (text += chunk));
    child.on('error', (error) => {
      fail(
        error.code === 'ENOENT'
          ? new Error('[addon] g++ is missing; install a C++17 compiler (Debian: g++)')
          : error,
      );
    });
    child.on('close', (code) => (code === 0 ? done() : fail(new Error(`[addon] g++ failed\n${text}`))));
  });
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}

/** Waits for another build of this checkout to end, then runs `action` alone. */
async function alone(buildFolder, action) {
  const lock = join(buildFolder, 'lock');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
    if (owner > 0 && !isRunning(owner)) rmSync(lock, { force: true });
    await new Promise((done) => setTimeout(done, 100));
  }
  try {
    return await action();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** The addons: where each one's sources are, and what it is compiled and linked with besides Node's headers. */
function addons(tensorflow) {
  const libraries = join('.kiln', 'tensorflow', tensorflow, 'lib');
  return [
    {
      name: 'kiln',
      folder: library,
      includes: [join(root, '.kiln', 'tensorflow', tensorflow, 'include')],
      links: [
        `-L${join(root, libraries)}`,
        '-l:libtensorflow_cc.so.2',
        '-l:libtensorflow_framework.so.2',
        '-lrt',
        `-Wl,-rpath,$ORIGIN/../../../${libraries}`,
      ],
    },
    { name: 'checkpoints', folder: join(root, 'libs', 'checkpoints'), includes: [], links: [] },
  ];
}

/**
 * Brings every addon up to date and says whether anything had to be done.
 * `tensorflow` names the folder below .kiln/tensorflow to compile against and to find at run time.
 */
export async function buildAddons({ tensorflow = defaultTensorflow, log = () => {} } = {}) {
  if (!existsSync(join(root, '.kiln', 'tensorflow', tensorflow, 'include'))) {
    throw new Error(`[addon] TensorFlow ${tensorflow} is not in .kiln/tensorflow; run npm run setup`);
  }
  let built = false;
  for (const addon of addons(tensorflow)) {
    const buildFolder = join(addon.folder, 'build');
    mkdirSync(join(buildFolder, 'objects'), { recursive: true });
    built = (await alone(buildFolder, () => build(addon, tensorflow, log))) || built;
  }
  return built;
}

async function build({ name, folder, includes, links }, tensorflow, log) {
  const sourceFolder = join(folder, 'native');
  const buildFolder = join(folder, 'build');
  const objectFolder = join(buildFolder, 'objects');
  const modules = join(root, 'node_modules');
  const systemIncludes = [
    ...includes,
    join(modules, 'node-addon-api'),
    join(modules, 'node-api-headers', 'include'),
  ].flatMap((path) => ['-isystem', path]);
  const options = '-std=c++17 -O2 -fPIC -fvisibility=hidden -pthread -Wall -Wextra';
  const flags = [...options.split(' '), '-DNAPI_VERSION=9', '-DNODE_ADDON_API_CPP_EXCEPTIONS'];
  const objects = filesUnder(sourceFolder, ['.cc']).map((source) => {
    const object = relative(sourceFolder, source).replaceAll('/', '-').replace(/\.cc$/, '');
    const contents = [...withIncludes(source, sourceFolder)].toSorted().map((file) => readFileSync(file));
    const hash = hashOf(tensorflow, ...flags, ...contents).slice(0, 16);
    return { source, file: join(objectFolder, `${object}.${hash}.o`) };
  });

  const waiting = objects.filter(({ file }) => !existsSync(file));
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      log(`compiling ${relative(root, next.source)}`);
      // Written under another name first: a build that is interrupted leaves nothing that looks finished.
      const partial = `${next.file}.${process.pid}`;
      await compile([...flags, ...systemIncludes, '-I', sourceFolder, '-c', next.source, '-o', partial]);
      renameSync(partial, next.file);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));

  const addon = join(buildFolder, `${name}.node`);
  const stamp = join(buildFolder, `${name}.stamp`);
  const wanted = hashOf(...objects.map(({ file }) => file.slice(objectFolder.length)));
  if (existsSync(addon) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;

  log(`linking ${relative(root, addon)}`);
  const partial = `${addon}.${process.pid}`;
  const inputs = objects.map(({ file }) => file);
  await compile(['-shared', '-pthread', '-o', partial, ...inputs, ...links]);
  renameSync(partial, addon);
  writeFileSync(stamp, wanted);
  const current = new Set(objects.map(({ file }) => file));
  for (const file of filesUnder(objectFolder, ['.o'])) if (!current.has(file)) rmSync(file, { force: true });
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const [tensorflow] = process.argv.slice(2);
    const built = await buildAddons({
      ...(tensorflow === undefined ? {} : { tensorflow }),
      log: (line) => console.log(line),
    });
    if (!built) console.log('the addons are up to date');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
