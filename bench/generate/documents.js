/** The documents that are generated from, made of one that lies beside the project. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generated } from '../clients.js'

const source = fileURLToPath(new URL('../../../shared/specs/openai.yaml', import.meta.url))
const largeSize = 13_000_000

/** Writes `openai.json`, 3 MB, and `large.json`, 13 MB; nothing where the source is absent. */
export function writeDocuments() {
  if (!existsSync(source)) return undefined
  // The project reads YAML itself; its parser serves here as well.
  const { load } = createRequire(new URL('../../package.json', import.meta.url))('js-yaml')
  const openai = load(readFileSync(source, 'utf8'))
  mkdirSync(generated, { recursive: true })
  return { openai: write('openai.json', openai), large: write('large.json', enlarge(openai)) }
}

/**
 * @param {string} name
 * @param {unknown} document
 */
function write(name, document) {
  const path = join(generated, name)
  writeFileSync(path, JSON.stringify(document, undefined, 2))
  return path
}

/**
 * The document repeated under other names until it is as large as those of the largest services.
 *
 * @param {any} document
 */
function enlarge(document) {
  const copies = Math.ceil(largeSize / JSON.stringify(document, undefined, 2).length)
  // What is not copied refers to the schemas that are not.
  const all = {
    ...document,
    paths: {},
    components: { ...document.components, schemas: { ...document.components.schemas } },
  }
  for (let copy = 0; copy < copies; copy++) {
    const { paths, components } = renamed(document, copy)
    for (const [path, item] of Object.entries(paths)) all.paths[`/copy-${copy}${path}`] = item
    for (const [name, schema] of Object.entries(components.schemas))
      all.components.schemas[`${name}Copy${copy}`] = schema
  }
  return all
}

/**
 * @param {any} document
 * @param {number} copy
 */
function renamed(document, copy) {
  const text = JSON.stringify({ paths: document.paths, components: { schemas: document.components.schemas } })
  return JSON.parse(
    text
      .replaceAll(/"#\/components\/schemas\/([^"/]+)/g, (_, name) => `"#/components/schemas/${name}Copy${copy}`)
      .replaceAll(/"operationId":"([^"]+)"/g, (_, id) => `"operationId":"${id}Copy${copy}"`),
  )
}
