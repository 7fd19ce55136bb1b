import { describe, expect, it } from 'vitest'
import {
  cookie,
  deepObject,
  form,
  headerValue,
  jsonParameter,
  jsonPath,
  label,
  matrix,
  pipeDelimited,
  queryString,
  simple,
  spaceDelimited,
} from '../../src/runtime/index.js'

const array = ['blue', 'black', 'brown']
const object = { R: 100, G: 200, B: 150 }
const plain = { explode: false }
const exploded = { explode: true }

describe('the table of OpenAPI 3.2: an empty string, a string, an array, an object', () => {
  const values = ['', 'blue', array, object]
  it.each([
    [
      'matrix',
      (value: unknown) => matrix('color', value, plain),
      [';color', ';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150'],
    ],
    [
      'matrix, exploded',
      (value: unknown) => matrix('color', value, exploded),
      [';color', ';color=blue', ';color=blue;color=black;color=brown', ';R=100;G=200;B=150'],
    ],
    ['label', (value: unknown) => label(value, plain), ['.', '.blue', '.blue,black,brown', '.R,100,G,200,B,150']],
    [
      'label, exploded',
      (value: unknown) => label(value, exploded),
      ['.', '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
    ],
    ['simple', (value: unknown) => simple(value), ['', 'blue', 'blue,black,brown', 'R,100,G,200,B,150']],
    [
      'simple, exploded',
      (value: unknown) => simple(value, exploded),
      ['', 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
    ],
    [
      'form',
      (value: unknown) => form('color', value, plain),
      ['color=', 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
    ],
    [
      'form, exploded',
      (value: unknown) => form('color', value),
      ['color=', 'color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150'],
    ],
    [
      'cookie',
      (value: unknown) => cookie('color', value, plain),
      ['color=', 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
    ],
    [
      'cookie, exploded',
      (value: unknown) => cookie('color', value),
      ['color=', 'color=blue', 'color=blue; color=black; color=brown', 'R=100; G=200; B=150'],
    ],
    ['header', (value: unknown) => headerValue(value), ['', 'blue', 'blue,black,brown', 'R,100,G,200,B,150']],
    [
      'header, exploded',
      (value: unknown) => headerValue(value, exploded),
      ['', 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
    ],
  ])('%s', (_, serialize, expected) => {
    expect(values.map(serialize)).toEqual(expected)
  })
  it('spaceDelimited, pipeDelimited, deepObject', () => {
    expect(spaceDelimited('color', array)).toBe('color=blue%20black%20brown')
    expect(spaceDelimited('color', object)).toBe('color=R%20100%20G%20200%20B%20150')
    expect(pipeDelimited('color', array)).toBe('color=blue%7Cblack%7Cbrown')
    expect(pipeDelimited('color', object)).toBe('color=R%7C100%7CG%7C200%7CB%7C150')
    expect(deepObject('color', object)).toBe('color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150')
  })
})

describe('what is not there is not sent', () => {
  it.each([[undefined], [null], [[]], [{}], [[undefined]], [{ a: undefined }]])('%j', (value) => {
    const texts = [
      simple(value),
      label(value),
      matrix('a', value),
      form('a', value),
      form('a', value, plain),
      deepObject('a', value),
    ]
    expect([...texts, spaceDelimited('a', value), pipeDelimited('a', value), cookie('a', value)].join('')).toBe('')
    expect(headerValue(value)).toBe(undefined)
  })
})

describe('encoding', () => {
  it('leaves only unreserved characters, in names too', () => {
    expect(form("a!'()*", "-._~!'()*/?#[]@:&=+ %é")).toBe(
      'a%21%27%28%29%2A=-._~%21%27%28%29%2A%2F%3F%23%5B%5D%40%3A%26%3D%2B%20%25%C3%A9',
    )
    expect(simple(['a,b', 'c/d'])).toBe('a%2Cb,c%2Fd')
  })
  it('with allowReserved leaves reserved characters and triples, but never #', () => {
    expect(form('a', ":/?[]@!$&'()*+,;=#é %41%zz", { allowReserved: true })).toBe(
      "a=:/?[]@!$&'()*+,;=%23%C3%A9%20%41%25zz",
    )
  })
  it('of several segments leaves the slashes of a path, and nothing that would end it', () => {
    expect(simple('a/b c/d?e#f%2F', { segments: true })).toBe('a/b%20c/d%3Fe%23f%252F')
  })
  it('with allowReserved leaves what a segment of a path may hold, and nothing that would end it', () => {
    expect(simple("a/b?c#d[e]:@!$&'()*+,;= é%2F%zz", { allowReserved: true })).toBe(
      "a%2Fb%3Fc%23d%5Be%5D:@!$&'()*+,;=%20%C3%A9%2F%25zz",
    )
    expect(label(['a/b', 'c:d'], { allowReserved: true })).toBe('.a%2Fb,c:d')
    expect(matrix('m', 'a/b:c', { allowReserved: true })).toBe(';m=a%2Fb:c')
  })
  it('takes dates as ISO 8601, and members of members as JSON', () => {
    expect(form('at', new Date(0))).toBe('at=1970-01-01T00%3A00%3A00.000Z')
    expect(form('a', [{ b: 1 }])).toBe('a=%7B%22b%22%3A1%7D')
    expect(deepObject('a', { b: { c: [1, 2] } })).toBe('a%5Bb%5D%5Bc%5D=1&a%5Bb%5D%5Bc%5D=2')
  })
  it('takes content as JSON', () => {
    expect(jsonParameter('f', { a: 'é' })).toBe('f=%7B%22a%22%3A%22%C3%A9%22%7D')
    expect(jsonPath([1])).toBe('%5B1%5D')
    expect([jsonParameter('f', undefined), jsonPath(undefined)]).toEqual(['', ''])
  })
  it('makes a whole query of an object', () => {
    expect(queryString({ a: 1, b: ['x', 'y z'], c: { d: 1 }, e: undefined })).toBe(
      'a=1&b=x&b=y%20z&c=%7B%22d%22%3A1%7D',
    )
    expect(queryString('?a=1#b')).toBe('a=1%23b')
    expect(queryString(undefined)).toBe('')
  })
  it('refuses line ends in headers and cookies without showing the value', () => {
    for (const text of ['secret\r', 'secret\n', 'secret\0']) {
      expect(() => headerValue(text)).toThrow(/^cannot be sent: a character of a header or cookie$/)
      expect(() => cookie('a', text, { style: 'cookie' })).toThrow(/^cannot be sent/)
    }
    expect(() => cookie('a', 'x; admin=1', { style: 'cookie' })).toThrow(/^cannot be sent/)
    expect(cookie('a', 'x; y')).toBe('a=x%3B%20y')
  })
})
