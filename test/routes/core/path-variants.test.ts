import { expect, test } from 'vitest'
import { pathVariants } from '../../../src/read/routes/path-variants.js'

test.each([
  ['/jobs/{id}', ['/jobs/{id}']],
  ['/jobs/{id:[0-9]+}', ['/jobs/{id:[0-9]+}']],
  ['/files/{*rest}', ['/files/{*rest}']],
  ['/posts/{$id}', ['/posts/{$id}']],
  ['/jobs/:id?', ['/jobs/:id', '/jobs']],
  ['/jobs/:id(\\d+)?', ['/jobs/:id(\\d+)', '/jobs']],
  ['/jobs/:day{[0-9]+}?', ['/jobs/:day{[0-9]+}', '/jobs']],
  ['/:id?', ['/:id', '/']],
  ['/jobs/:year?/:month?', ['/jobs/:year/:month', '/jobs/:year', '/jobs/:month', '/jobs']],
  ['/jobs{/:id}', ['/jobs/:id', '/jobs']],
  ['/file/:name{.:format}', ['/file/:name.:format', '/file/:name']],
  ['/[[lang]]/docs', ['/[lang]/docs', '/docs']],
  ['/[[lang=code]]/docs', ['/[lang=code]/docs', '/docs']],
  ['/files/[[...slug]]', ['/files/[...slug]', '/files']],
  ['/posts/{-$category}', ['/posts/$category', '/posts']],
  ['/posts/page{-$number}', ['/posts/page{$number}', '/posts/page']],
  ['/:from-:to?', ['/:from-:to', '/:from-']],
])('%s', (written, expected) => {
  expect(pathVariants(written)).toEqual(expected)
})

test('a path with more optional parts than anybody has', () => {
  expect(pathVariants('/:a?/:b?/:c?/:d?/:e?')).toBeUndefined()
})
