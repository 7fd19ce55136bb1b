/** What the tsconfig.json of route files may reach: its own project, packages, and files right above it. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryFileSystem, generate, InputError } from '../../src/index.js'

let folder = ''
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'outside-')))
  put('repo/app/routes.ts', '/** @stream sse GET /s */\nexport async function* s(): AsyncGenerator<string> {}\n')
  // Whether it was read shows: it is not valid.
  put('repo/other/base.json', '{ CANARY')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

async function outcome(allowOutside: readonly string[] = []): Promise<string> {
  try {
    const input = join(folder, 'repo/app/routes.ts')
    await generate({ input, out: '/out', allowOutside }, { fileSystem: createMemoryFileSystem() })
    return 'ok'
  } catch (error) {
    if (error instanceof InputError) return `${error.problem.code}:${error.problem.place?.line}`
    throw error
  }
}

test('a file beside the project is not read unless its folder is allowed', { timeout: 30_000 }, async () => {
  put('repo/app/tsconfig.json', '{\n  "extends": "../other/base.json"\n}')
  expect(await outcome()).toBe('tsconfig-outside:2')
  expect(await outcome([join(folder, 'repo/other')])).toBe('tsconfig-invalid:1')
})

test('nor is it by way of another config, or of a link', { timeout: 30_000 }, async () => {
  put('repo/app/tsconfig.json', '{ "extends": "./further.json" }')
  put('repo/app/further.json', '{ "extends": "../other/base.json" }')
  expect(await outcome()).toBe('tsconfig-outside:1')
  put('repo/app/tsconfig.json', '{ "extends": "./link.json" }')
  symlinkSync(join(folder, 'repo/other/base.json'), join(folder, 'repo/app/link.json'))
  expect(await outcome()).toBe('tsconfig-outside:1')
  rmSync(join(folder, 'repo/app/tsconfig.json'))
  symlinkSync(join(folder, 'repo/other/base.json'), join(folder, 'repo/app/tsconfig.json'))
  expect(await outcome()).toBe('tsconfig-outside:1')
})

test('nor is the config of another project that it refers to', { timeout: 30_000 }, async () => {
  put('repo/app/tsconfig.json', '{ "files": [], "references": [{ "path": "../other/base.json" }] }')
  expect(await outcome()).toBe('tsconfig-no-files:undefined')
})

test('a file right above it is, as in a repository of many packages', { timeout: 30_000 }, async () => {
  put('repo/app/tsconfig.json', '{ "extends": "../base.json" }')
  put('repo/base.json', '{ "compilerOptions": { "strict": true } }')
  expect(await outcome()).toBe('ok')
})

test('and so is a package, also one that is a link into the same repository', { timeout: 30_000 }, async () => {
  put('repo/app/tsconfig.json', '{ "extends": "configs/base.json" }')
  put('repo/node_modules/configs/package.json', '{ "name": "configs", "version": "1.0.0" }')
  put('repo/node_modules/configs/base.json', '{ "compilerOptions": { "strict": true } }')
  expect(await outcome()).toBe('ok')
  rmSync(join(folder, 'repo/node_modules/configs'), { recursive: true })
  put('repo/packages/configs/base.json', '{ "extends": "./strict.json" }')
  put('repo/packages/configs/strict.json', '{ "compilerOptions": { "strict": true } }')
  put('repo/packages/configs/package.json', '{ "name": "configs", "version": "1.0.0" }')
  symlinkSync(join(folder, 'repo/packages/configs'), join(folder, 'repo/node_modules/configs'))
  expect(await outcome()).toBe('ok')
})
