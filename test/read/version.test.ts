import { describe, expect, test } from 'vitest'
import { load, problemOf } from './loading.js'

describe('versions', () => {
  test.each(['3.0.0', '3.0.4', '3.1.0', '3.1', '3.2.0', '3.1.0-rc1', '3.1.0\n'])(
    'openapi %j is read',
    async (openapi) => {
      await load({ 'api.json': { openapi, paths: {} } })
    },
  )

  test.each(['openapi: 3.0', 'openapi: 3.1', 'swagger: 2.0', 'swagger: "2.0"'])('%s in YAML is read', async (line) => {
    await load({ 'api.yaml': `${line}\npaths: {}\n` })
  })

  test.each<[object, string, string]>([
    [{ openapi: '4.0.0' }, 'version "4.0.0" of "openapi" is not supported', '/openapi'],
    [{ openapi: '3.3.0' }, 'version "3.3.0" of "openapi" is not supported', '/openapi'],
    [{ openapi: '2.0' }, 'version "2.0" of "openapi" is not supported', '/openapi'],
    [{ openapi: ['3.1.0'] }, 'version ["3.1.0"] of "openapi" is not supported', '/openapi'],
    [{ openapi: null }, 'version null of "openapi" is not supported', '/openapi'],
    [{ swagger: '1.2' }, 'version "1.2" of "swagger" is not supported', '/swagger'],
    [{ asyncapi: '3.0.0' }, 'this is an AsyncAPI document and no OpenAPI document', '/asyncapi'],
    [{ overlay: '1.0.0' }, 'this is an OpenAPI Overlay and no OpenAPI document', '/overlay'],
    [{}, 'there is neither "openapi" nor "swagger" in this document', ''],
  ])('%j is refused by what was found', async (root, message, pointer) => {
    const problem = await problemOf(() => load({ 'api.json': root }))
    expect(problem).toMatchObject({ code: 'version', message, place: { file: 'api.json', pointer } })
  })
})

describe('the shape of the root', () => {
  test.each([
    ['null', 'an OpenAPI document is an object, and this is null'],
    ['"text"', 'an OpenAPI document is an object, and this is a string'],
    ['42', 'an OpenAPI document is an object, and this is a number'],
    ['[]', 'an OpenAPI document is an object, and this is an array'],
  ])('%s is refused', async (text, message) => {
    expect(await problemOf(() => load({ 'api.json': text }))).toMatchObject({ code: 'shape', message })
  })

  test.each<[string, unknown, string]>([
    ['paths', [1, 2], '"paths" is an object, and there is an array'],
    ['paths', null, '"paths" is an object, and there is null'],
    ['info', 'x', '"info" is an object, and there is a string'],
    ['components', 1, '"components" is an object, and there is a number'],
  ])('%s: %j is refused with its place', async (key, value, message) => {
    const problem = await problemOf(() => load({ 'api.json': { openapi: '3.1.0', [key]: value } }))
    expect(problem).toMatchObject({ code: 'shape', message, place: { file: 'api.json', pointer: `/${key}` } })
  })

  test('the empty components of YAML do no harm', async () => {
    await load({ 'api.yaml': 'openapi: 3.1.0\npaths: {}\ncomponents:\n' })
  })
})
