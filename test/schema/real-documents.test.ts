import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '../../src/diagnostics.js'
import { reachable } from '../../src/emit/direction.js'
import { printDeclaration, printType } from '../../src/emit/print-type.js'
import { disk } from '../../src/file-system.js'
import type { Type, TypeId } from '../../src/ir.js'
import { DEFAULT_LIMITS } from '../../src/limits.js'
import { loadDocuments } from '../../src/read/openapi/load.js'
import { child, isObject, items, members, type Node } from '../../src/read/openapi/node.js'
import { newSchemaReader, type SchemaReader } from '../../src/read/openapi/schema.js'
import { createSources } from '../../src/sources.js'
import { compileIn, makeWorkspace, type Workspace } from '../consumers/compile.js'
import { compilers } from '../consumers/settings.js'

const specs: string = fileURLToPath(new URL('../../../shared/specs', import.meta.url))

/** Every place of a document where a schema stands beside a media type or a parameter, and every named one. */
function schemasOf(root: Node): Node[] {
  const found = members(child(child(root, 'components'), 'schemas')).map(({ node }) => node)
  const waiting = [child(root, 'paths')]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { key, node } of members(next)) {
      if ((key === 'schema' || key === 'itemSchema') && isObject(node.value)) found.push(node)
      else if (!key.startsWith('example')) waiting.push(node)
    }
    waiting.push(...items(next))
  }
  return found
}

function printAll(types: readonly Type[], reader: SchemaReader): string {
  const ids = reachable(types, reader)
  const names = new Map<TypeId, string>(ids.map((id, index) => [id, `T${index}`]))
  const nameOf = (id: TypeId): string => names.get(id) ?? 'missing'
  const parts = (['request', 'response'] as const).flatMap((direction) => {
    const options = { indent: 0, direction, nameOf: (id: TypeId) => `${nameOf(id)}${direction}` }
    const declared = ids.map((id) => printDeclaration(reader.get(id), { ...options, name: options.nameOf(id) }))
    if (direction === 'request') return declared
    return [...declared, ...types.map((type, index) => `export type I${index} = ${printType(type, options)}`)]
  })
  return `${parts.join('\n\n')}\n`
}

async function readTypes(input: string): Promise<{ text: string; warnings: readonly Problem[] }> {
  const warnings: Problem[] = []
  const report = (problem: Problem): void => {
    warnings.push(problem)
  }
  const documents = await loadDocuments({
    input,
    root: specs,
    fileSystem: disk,
    stdin: async () => new Uint8Array(),
    allowRemote: [],
    allowOutside: [],
    limits: DEFAULT_LIMITS,
    report,
    sources: createSources(),
  })
  const reader = newSchemaReader(documents, { report, limits: DEFAULT_LIMITS })
  const types = schemasOf(documents.entry).map((node) => reader.read(node))
  return { text: printAll(types, reader), warnings }
}

describe.skipIf(!existsSync(specs))('every schema of real documents', () => {
  let workspace: Workspace
  let folder: string
  const told: string[] = []

  beforeAll(async () => {
    workspace = await makeWorkspace()
    folder = join(workspace.folder, 'types')
    await mkdir(folder)
    const all = [
      ...(await readdir(specs)),
      ...(await readdir(join(specs, 'emitters'))).map((name) => `emitters/${name}`),
    ]
    for (const name of all.filter((one) => /\.(ya?ml|json)$/.test(one))) {
      const { text, warnings } = await readTypes(name)
      told.push(...warnings.map(({ code }) => `${name} ${code}`))
      await writeFile(join(folder, `${name.replaceAll('/', '-')}.ts`), text)
    }
  })
  afterAll(() => workspace.remove())

  test('is read without a warning about a schema', () => {
    expect(told).toEqual(['docker.yaml yaml-lenient'])
  })

  test.each(compilers)('compiles with %s', { timeout: 60_000 }, async (compiler) => {
    const { errors } = await compileIn([folder], { consumer: 'strict', compiler })
    expect(errors).toEqual([])
  })
})
