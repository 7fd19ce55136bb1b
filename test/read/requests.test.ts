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
  ])('as in %s is the parameter of that name, whose slashes stay: %s', async (path, segments) => {
    const { operation, warnings } = await readOnly({ path, parameters: [id] })
    const serialization = {
      kind: 'style',
      style: 'simple',
      explode: false,
      allowReserved: false,
      ...(segments && { segments }),
    }
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

  it('of text and of octets each stay, but for one that is written twice', async () => {
    const types = ['text/csv', 'application/xml', 'image/png', 'image/gif']
    expect(await bodyOf([...types, 'Text/CSV', 'text/*'])).toEqual([...types, 'text/plain'])
  })

  it('that are wildcards are of octets where the schema is', async () => {
    const content = { '*/*': { schema: { type: 'string', format: 'binary' } } }
    const { operation } = await readOnly({ path: '/a', requestBody: { content } })
    expect(operation.body?.contents).toMatchObject([{ mediaType: '*/*', format: 'binary' }])
  })

  it('are one where they are written alike and mean the same', async () => {
    expect(await bodyOf(['application/json-patch+json', 'application/json', 'application/*+json'])).toEqual([
      'application/json-patch+json',
    ])
  })

  const typed = { type: 'object', properties: { list: { type: 'array' }, file: { type: 'string', format: 'binary' } } }
  const encoded = async (encoding: object): Promise<{ encoding: unknown; warnings: readonly string[] }> => {
    const content = { 'multipart/form-data': { schema: typed, encoding } }
    const { operation, warnings } = await readOnly({ path: '/a', requestBody: { content } })
    return { encoding: operation.body?.contents[0]?.encoding, warnings }
  }

  it('that is a form keeps the styles of its fields that make a difference, but for octets', async () => {
    const plain = { style: 'form' }
    const piped = { style: 'pipeDelimited', contentType: 'text/plain' }
    expect(await encoded({ list: piped, file: piped })).toEqual({
      encoding: [
        { name: 'list', style: { kind: 'style', style: 'pipeDelimited', explode: false, allowReserved: false } },
        { name: 'file', contentType: 'text/plain' },
      ],
      warnings: [],
    })
    expect((await encoded({ list: plain, file: plain })).encoding).toEqual([{ name: 'list' }, { name: 'file' }])
  })

  it('that is a form leaves the media type to the field where it names several', async () => {
    const { encoding } = await encoded({ file: { contentType: 'image/png, image/jpeg' }, list: { contentType: 'a/*' } })
    expect(encoding).toEqual([{ name: 'file' }, { name: 'list' }])
  })

  it('that is a form warns of styles that are not defined, and of headers that no form can carry', async () => {
    const { warnings } = await encoded({
      list: { style: 'spaceDelimited', explode: true },
      file: { headers: { 'X-Part': { schema: { type: 'string' } } } },
    })
    const at = '/paths/~1a/get/requestBody/content/multipart~1form-data/encoding'
    expect(warnings).toEqual([`form-style ${at}/list`, `form-headers ${at}/file/headers`])
  })
})

describe('a parameter whose serialization is not defined warns of it', () => {
  const list = { type: 'array', items: { type: 'string' } }
  const nested = { type: 'object', properties: { a: list } }
  const flat = { type: 'object', properties: { a: { type: 'string' } } }
  it.each([
    [{ in: 'query', style: 'spaceDelimited', explode: true, schema: list }, true],
    [{ in: 'query', style: 'pipeDelimited', schema: list }, false],
    [{ in: 'query', style: 'deepObject', schema: list }, true],
    [{ in: 'query', style: 'deepObject', schema: nested }, true],
    [{ in: 'query', style: 'deepObject', schema: flat }, false],
    [{ in: 'cookie', schema: list }, true],
    [{ in: 'cookie', style: 'cookie', schema: list }, false],
    [{ in: 'cookie', explode: false, schema: list }, false],
  ])('%j: %s', async (parameter, isWarned) => {
    const { warnings } = await readOnly({ path: '/a', parameters: [{ name: 'p', ...parameter }] })
    expect(warnings).toEqual(isWarned ? ['parameter-style /paths/~1a/get/parameters/0'] : [])
  })
})
