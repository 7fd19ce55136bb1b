/** Reading a document that a test writes in place: one operation, with a security scheme called `token`. */
import { analyse } from '../../src/analyse.js'
import { settingsOf } from '../../src/config.js'
import type { Operation } from '../../src/ir.js'

export interface OnlyOperation {
  readonly path: string
  /** Members of the operation. */
  readonly [member: string]: unknown
}

export interface Read {
  readonly operation: Operation
  /** Code and JSON pointer of each. */
  readonly warnings: readonly string[]
}

/** Reads `GET path`. */
export async function readOnly({ path, ...members }: OnlyOperation): Promise<Read> {
  const responses = { 200: { description: 'ok' } }
  const document = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { [path]: { get: { responses, ...members } } },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  }
  const bytes = new TextEncoder().encode(JSON.stringify(document))
  const { api, warnings } = await analyse(settingsOf({ input: '-' }), { readStandardInput: async () => bytes })
  const [operation] = api.operations
  if (operation === undefined) throw new Error('no operation')
  return { operation, warnings: warnings.map(({ code, place }) => `${code} ${place?.pointer ?? ''}`) }
}
