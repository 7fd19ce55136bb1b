import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { disk } from '../../src/file-system.js'
import { load } from './loading.js'

const folder = fileURLToPath(new URL('../../../shared/specs/', import.meta.url))
const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
const documents = names.filter((name) => /^[^/]+\.(json|ya?ml)$|^emitters\//.test(name))

describe.skipIf(documents.length === 0)('real documents (needs ../shared/specs)', () => {
  test.each(documents)('%s is read', async (name) => {
    const loaded = await load({ [name]: '' }, { root: folder, fileSystem: disk })
    const codes = loaded.warnings.map(({ code }) => code)
    expect(codes).toEqual(name === 'docker.yaml' ? ['yaml-lenient'] : [])
    const position = loaded.sources.position({ file: name, pointer: '/paths' })
    expect(position?.line).toBeGreaterThan(0)
  })
})
