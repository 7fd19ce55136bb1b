import { describe, expect, it } from 'vitest'
import { operationNames } from '../../src/names.js'
import { readOnly } from './only-operation.js'

const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } }

describe('an expression in braces that says more than a name', () => {
  it.each([
    ['/a/{id=projects/*}', true],
    ['/a/{id=*}', false],
    ['/a/{id=**}', true],
    ['/a/{+id}', true],
    ['/a/{id*}', true],
    ['/a/{id+}', true],
    ['/a/{**id}', true],
    ['/a/{id:path}', true],
    ['/a/{id:.+}', true],
    ['/a/{id:[0-9]+}', false],
    ['/a/{id:int}', false],
    ['/a/{id?}', false],
    ['/a/{id}', false],
  ])('as in %s is the parameter of that name, whose slashes stay: %s', async (path, allowReserved) => {
    const { operation, warnings } = await readOnly({ path, parameters: [id] })
    const serialization = { kind: 'style', style: 'simple', explode: false, allowReserved }
    expect(operation.parameters).toMatchObject([{ name: 'id', in: 'path', type: { kind: 'number' }, serialization }])
    expect(operation.segments.at(-1)).toEqual({ kind: 'parameter', index: 0 })
    expect(warnings).toEqual([])
  })

  it('is the name of a parameter that is declared as it stands', async () => {
    const { operation } = await readOnly({ path: '/a/{id:int}', parameters: [{ ...id, name: 'id:int' }, id] })
    expect(operation.parameters.map(({ name }) => name)).toEqual(['id:int'])
  })

  it('and begins with a mark of the query is left out', async () => {
    const { operation } = await readOnly({ path: '/a{?q,r}', parameters: [{ name: 'q', in: 'query' }] })
    expect(operation.segments).toEqual([{ kind: 'text', text: '/a' }])
    expect(operation.parameters.map(({ name }) => name)).toEqual(['q'])
  })

  it('and is there twice takes one value, with a warning', async () => {
    const { operation, warnings } = await readOnly({ path: '/a/{id}/b/{id}', parameters: [id] })
    expect(operation.parameters.map(({ name }) => name)).toEqual(['id'])
    expect(warnings).toEqual(['path-parameter-repeated /paths/~1a~1{id}~1b~1{id}/get'])
  })

  it('is not part of the name that is made from the path', async () => {
    const { operation } = await readOnly({ path: '/a/{id=projects/*}:tail', parameters: [id] })
    expect([...operationNames([operation]).values()]).toEqual(['getAByIdTail'])
  })
})

describe('a header called Authorization', () => {
  const header = { name: 'authorization', in: 'header', schema: { type: 'string' } }

  it('is ignored with a warning where no security scheme sends one', async () => {
    const { operation, warnings } = await readOnly({ path: '/a', parameters: [header] })
    expect(operation.parameters).toEqual([])
    expect(warnings).toEqual(['parameter-authorization /paths/~1a/get/parameters/0'])
  })

  it('is ignored in silence where a scheme does', async () => {
    const { warnings } = await readOnly({ path: '/a', parameters: [header], security: [{ token: [] }] })
    expect(warnings).toEqual([])
  })
})

describe('the words of a parameter', () => {
  const schema = { type: 'integer', description: 'Of the schema.', default: 20, minimum: 1 }
  const tags = [
    { name: 'default', text: '20' },
    { name: 'minimum', text: '1' },
  ]

  it('come with the facts of its schema', async () => {
    const { operation } = await readOnly({
      path: '/a',
      parameters: [{ name: 'limit', in: 'query', description: 'Its own.', schema }],
    })
    expect(operation.parameters[0]?.docs).toEqual({ text: 'Its own.', tags })
  })

  it('are those of its schema where it has none', async () => {
    const { operation } = await readOnly({ path: '/a', parameters: [{ name: 'limit', in: 'query', schema }] })
    expect(operation.parameters[0]?.docs).toEqual({ text: 'Of the schema.', tags })
  })
})

describe('the media types of a body', () => {
  const bodyOf = async (types: readonly string[]): Promise<readonly (string | undefined)[]> => {
    const content = Object.fromEntries(types.map((type) => [type, { schema: { type: 'object' } }]))
    const { operation } = await readOnly({ path: '/a', requestBody: { content } })
    return (operation.body?.contents ?? []).map(({ mediaType }) => mediaType)
  }

  it('all stay where they are several kinds of patch', async () => {
    const types = ['application/json-patch+json', 'application/merge-patch+json']
    expect(await bodyOf([...types, 'application/json', 'text/json'])).toEqual([...types, 'application/json'])
  })

  it('are one where they are written alike and mean the same', async () => {
    expect(await bodyOf(['application/json-patch+json', 'application/json', 'application/*+json'])).toEqual([
      'application/json-patch+json',
    ])
  })

  it.each([[{ style: 'deepObject', explode: true }], [{ style: 'pipeDelimited' }], [{ explode: false }]])(
    'that is a form with the field style %j warns that it is not written so',
    async (style) => {
      const type = 'application/x-www-form-urlencoded'
      const content = { [type]: { schema: { type: 'object' }, encoding: { a: style, b: { explode: true } } } }
      const { warnings } = await readOnly({ path: '/a', requestBody: { content } })
      expect(warnings).toEqual([`form-style /paths/~1a/get/requestBody/content/${type.replace('/', '~1')}`])
    },
  )
})
