/**
 * Arbitrary text in every string field of a document ends in strings, comments and renamed identifiers, and nowhere
 * else: the syntax tree of the output has the same kinds of nodes, however the text reads.
 */
import fc from 'fast-check'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { analyse } from '../../src/analyse.js'
import { settingsOf } from '../../src/config.js'
import { loadAssets } from '../../src/emit/assets.js'
import { plan } from '../../src/emit/plan.js'
import { render } from '../../src/emit/render.js'
import { readRuntime } from '../../src/emit/runtime-sources.js'
import { escapeSegment } from '../../src/read/openapi/node.js'

const assets = loadAssets()
const sources = readRuntime(assets.runtime)

/** A document that has a text in each field that may hold any; `text` is called once for each. */
function documentOf(text: (field: string) => string): object {
  // A reference is percent-encoded UTF-8, which cannot carry half a surrogate pair.
  const schemaName = text('schema name').replaceAll(/\p{Cs}/gu, '')
  const schema = { $ref: `#/components/schemas/${encodeURIComponent(escapeSegment(schemaName))}` }
  const field = text('property name')
  return {
    openapi: '3.2.0',
    info: { title: text('title'), version: text('version'), description: text('description') },
    servers: [
      {
        url: `https://example.com/${text('server url').replaceAll(/[{}]/g, '')}{v}`,
        description: text('server'),
        variables: { v: { default: text('default'), enum: [text('variable')] } },
      },
    ],
    paths: {
      '/x/{p}': {
        get: {
          operationId: text('operationId'),
          summary: text('summary'),
          description: text('operation'),
          tags: [text('tag')],
          security: [{ [`s${text('scheme')}`]: [] }],
          parameters: [
            {
              name: 'p',
              in: 'path',
              required: true,
              description: text('parameter'),
              schema: { type: 'string', default: text('preset') },
            },
            {
              name: `q${text('query')}`,
              in: 'query',
              schema: { type: 'string', enum: [`1${text('enum')}`, `2${text('enum')}`] },
            },
          ],
          requestBody: { description: text('body'), required: true, content: { 'application/json': { schema } } },
          responses: {
            200: {
              description: text('response'),
              content: {
                'text/event-stream': {
                  itemSchema: {
                    oneOf: ['a', 'b'].map((name) => ({
                      type: 'object',
                      required: ['event'],
                      properties: { event: { const: `${name}${text('event')}` }, data: schema },
                    })),
                  },
                },
              },
            },
            404: { description: text('error'), content: { 'application/json': { schema } } },
          },
        },
      },
    },
    components: {
      securitySchemes: {
        [`s${text('scheme')}`]: {
          type: 'apiKey',
          in: 'query',
          name: text('key') || 'k',
          description: text('scheme docs'),
        },
      },
      schemas: {
        [schemaName]: {
          type: 'object',
          title: text('schema title'),
          description: text('schema'),
          properties: {
            [`f${field}`]: {
              type: 'string',
              const: text('const'),
              description: text('field'),
              example: text('example'),
              pattern: text('pattern'),
              format: text('format'),
            },
            other: { type: 'number', default: text('number default'), description: text('words') },
          },
        },
      },
    },
  }
}

async function outputOf(document: object): Promise<Map<string, string>> {
  const settings = settingsOf({ input: '-', include: 'all', runtime: 'import' })
  const bytes = new TextEncoder().encode(JSON.stringify(document))
  const { api, verdicts } = await analyse(settings, { readStandardInput: async () => bytes })
  const options = { include: 'all', runtime: 'import', importExtension: 'js', sources, report: () => {} } as const
  return new Map(render(plan(verdicts, api, options).files, assets.templates).map(({ path, text }) => [path, text]))
}

/** Nodes that a name turns into one another. */
const ALIKE: Readonly<Record<string, string>> = {
  Identifier: 'name',
  StringLiteral: 'name',
  PropertyAccessExpression: 'access',
  ElementAccessExpression: 'access',
  ComputedPropertyName: 'name',
}

/** How many nodes of each kind the files have. @throws where one does not parse. */
function countNodes(files: ReadonlyMap<string, string>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [path, text] of files) {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, false)
    // The parser keeps its errors in a field that its types do not show.
    const { parseDiagnostics } = source as ts.SourceFile & { parseDiagnostics: readonly ts.Diagnostic[] }
    if (parseDiagnostics.length > 0) throw new Error(`${path} does not parse:\n${text}`)
    const visit = (node: ts.Node): void => {
      const name = ts.SyntaxKind[node.kind]
      const kind = ALIKE[name] ?? name
      counts[kind] = (counts[kind] ?? 0) + 1
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  return counts
}

const NASTY = [
  "'",
  '"',
  '`',
  '\\',
  '*/',
  '/*',
  '//',
  '${',
  '}',
  '{{',
  '}}',
  '\n',
  '\r',
  '\u2028',
  '\u2029',
  '\0',
  '\u202e',
  '\u200b',
  '\ufeff',
  '\ud800',
  '</script>',
  '<!--',
  '=',
  ';',
  '(',
  ')',
  ',',
  '|',
  '&',
  '[',
  ']',
  '@',
  '#',
  ' ',
  '\u001b[31m',
  '__proto__',
  'constructor',
  'PWNED',
  'globalThis.PWNED=1',
  'x',
  '1',
  '-',
]
const nasty = fc.array(fc.constantFrom(...NASTY), { maxLength: 8 }).map((parts) => parts.join(''))
/** Names that the output has anyway, that other fields of the document may have, and that become one name. */
const COMMON =
  `index types client default other a b f q p s x X _1 1 ~1 1~ 日 日~ ɤ ƛ ß SS ŉ İ ﬁ get getXByP getXP xP Auth
  data event id body params options exports constructor toString Schema Schema2 date-time binary null true`.split(/\s+/)
const common = fc.constantFrom('', ' ', ...COMMON)
const anyText = fc.oneof(nasty, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), common)

/** Control characters but tab and line end, and what turns the direction of text or cannot be seen. */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cs}\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u

it('arbitrary text becomes no code', async () => {
  const expected = countNodes(await outputOf(documentOf((field) => field)))
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(anyText), async (texts) => {
      const values = new Map<string, string>()
      const files = await outputOf(
        documentOf((field) => {
          // The same field is named twice where one names the other.
          const known = values.get(field) ?? texts.next().value ?? ''
          values.set(field, known)
          return known
        }),
      )
      expect(countNodes(files)).toEqual(expected)
      for (const [path, text] of files) {
        expect(text, path).not.toMatch(UNSEEN)
        expect(path).toMatch(/^[a-z0-9/.-]+$/)
      }
    }),
    // Another seed in each run; a failure prints it, the path and the texts.
    { numRuns: 300, verbose: 1 },
  )
})
