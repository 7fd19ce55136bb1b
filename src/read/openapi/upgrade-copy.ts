/** The copy of a Swagger 2.0 document that the upgrade works on. */
import { isObject, type JsonObject } from './node.js'

export type Draft = Record<string, unknown>

/**
 * The upgrader assigns keys one by one, which for `__proto__` would change a prototype and lose the key: it never gets to
 * see one. U+E000 is for private use, and no document has it in front of that name.
 */
const PROTO = '\ue000__proto__'

/** Copies a document as a tree, and writes the extensions and the discriminator of 2.0 as OpenAPI 3 has them. */
export function copyForUpgrade(root: JsonObject): Draft {
  const copy = copyTree(root, (key) => (key === '__proto__' ? PROTO : key))
  forEachObject(copy, (object) => {
    if (object['x-nullable'] === true) object['nullable'] = true
    const { discriminator } = object
    if (typeof discriminator === 'string' && isObject(object['properties'])) {
      object['discriminator'] = { propertyName: discriminator }
    }
  })
  return copy
}

/** Gives keys that `copyForUpgrade` has renamed their names again. */
export function restoreKeys(root: JsonObject): JsonObject {
  return copyTree(root, (key) => (key === PROTO ? '__proto__' : key))
}

function copyTree(root: JsonObject, rename: (key: string) => string): Draft {
  const result: Draft = {}
  const open: { readonly from: object; readonly to: object }[] = [{ from: root, to: result }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [key, value] of Object.entries(next.from)) {
      const copy = typeof value === 'object' && value !== null ? (Array.isArray(value) ? [] : {}) : value
      const attributes = { value: copy, writable: true, enumerable: true, configurable: true }
      Object.defineProperty(next.to, rename(key), attributes)
      if (copy !== value) open.push({ from: value, to: copy })
    }
  }
  return result
}

function forEachObject(root: Draft, visit: (object: Draft) => void): void {
  const open: unknown[] = [root]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (isDraft(value)) visit(value)
    if (typeof value === 'object' && value !== null) {
      for (const member of Object.values(value)) if (typeof member === 'object' && member !== null) open.push(member)
    }
  }
}

/** True for an object of the copy, which is ours to change. */
export function isDraft(value: unknown): value is Draft {
  return isObject(value)
}
