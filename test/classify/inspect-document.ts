/** `inspect` of a document that a test writes in place. */
import { inspect } from '../../src/index.js'
import type { InspectedOperation } from '../../src/inspect.js'
import type { OverrideConfig } from '../../src/read/openapi/overrides.js'

export interface Case {
  /** Media types of reply 200, as OpenAPI writes them. */
  readonly content?: object
  readonly responses?: object
  readonly requestBody?: object
  readonly parameters?: readonly object[]
  readonly schemas?: object
  /** Further members of the operation. */
  readonly operation?: object
  readonly override?: OverrideConfig
  readonly method?: string
}

/** The only operation of a 3.1 document, `POST /x` unless the case says otherwise. */
export async function inspectOperation({
  content,
  schemas,
  override,
  method = 'post',
  operation,
  ...members
}: Case): Promise<InspectedOperation> {
  const responses = { 200: { description: 'ok', ...(content === undefined ? {} : { content }) } }
  const document = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/x': { [method]: { operationId: 'x', responses, ...members, ...operation } } },
    components: { schemas: schemas ?? {} },
  }
  const bytes = new TextEncoder().encode(JSON.stringify(document))
  const report = await inspect(
    { input: '-', include: 'all', ...(override === undefined ? {} : { operations: { x: override } }) },
    { readStandardInput: async () => bytes },
  )
  const [found] = report.operations
  if (found === undefined) throw new Error('no operation')
  return found
}
