import { expect, test } from 'vitest'
import { readPath } from '../../../src/read/routes/path.js'

test.each([
  ['/jobs/{id}/events', '/jobs/{id}/events', ['id']],
  ['/jobs/:id/events', '/jobs/{id}/events', ['id']],
  ['/jobs/$id', '/jobs/{id}', ['id']],
  ['/jobs/[id]', '/jobs/{id}', ['id']],
  ['/jobs/[id=integer]', '/jobs/{id}', ['id']],
  ['jobs', '/jobs', []],
  ['/', '/', []],
  ['/jobs/', '/jobs/', []],
  ['/:from-:to.csv', '/{from}-{to}.csv', ['from', 'to']],
  ['/:id(\\d+)', '/{id}', ['id']],
  ['/{id:[0-9]+}', '/{id}', ['id']],
  ['/:id?', '/{id}', ['id']],
  ['/a/$', '/a/{_splat}', ['_splat...']],
  ['/a/*', '/a/{path}', ['path...']],
  ['/a/*rest', '/a/{rest}', ['rest...']],
  ['/a/!rest', '/a/{rest}', ['rest...']],
  ['/a/[...rest]', '/a/{rest}', ['rest...']],
  ['/a/[[...rest]]', '/a/{rest}', ['rest...']],
  ['/a/**:slug', '/a/{slug}', ['slug...']],
  ['/a/{*rest}', '/a/{rest}', ['rest...']],
  ['/:größe/{日本}/$straße', '/{größe}/{日本}/{straße}', ['größe', '日本', 'straße']],
  ['/:größe-:höhe.csv', '/{größe}-{höhe}.csv', ['größe', 'höhe']],
])('%s is %s', (written, path, parameters) => {
  const found = readPath(written)
  expect(found.path).toBe(path)
  expect(found.parameters.map(({ name, takesRest }) => (takesRest ? `${name}...` : name))).toEqual(parameters)
})

test('what is no parameter is text, whatever signs it has', () => {
  const odd = `/s'+(x=1)+'/\`\${y=1}\``
  expect(readPath(odd)).toEqual({
    path: odd,
    segments: [{ kind: 'text', text: odd }],
    parameters: [],
  })
})

test('segments and parameters take turns', () => {
  expect(readPath('/jobs/:id/events').segments).toEqual([
    { kind: 'text', text: '/jobs/' },
    { kind: 'parameter', index: 0 },
    { kind: 'text', text: '/events' },
  ])
})
