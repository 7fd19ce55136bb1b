import fc from 'fast-check'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { comment, json, key, mediaPattern, num, safeText, str, typeKey } from '../../src/emit/encode.js'
import type { Json } from '../../src/ir.js'

/** Any text, with what ends strings, comments and templates far more often than chance would have it. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...[
            '*/',
            '*',
            '/',
            '\\',
            "'",
            '"',
            '`',
            '${',
            '//',
            '</script>',
            '<!--',
            '\n',
            '\r',
            '\u2028',
            '\u2029',
            '@ts-ignore',
          ],
          ...[
            '\u202e',
            '\u200b',
            '\ud800',
            '\udc00',
            '\0',
            '\x1b',
            '\x7f',
            '\x85',
            '__proto__',
            ' ',
            '@',
            'eslint-disable ',
          ],
        ),
        fc.string({ unit: 'grapheme' }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
)

const invisible = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u

function parse(code: string): ts.SourceFile {
  const file = ts.createSourceFile('generated.ts', code, ts.ScriptTarget.Latest, true)
  expect(Reflect.get(file, 'parseDiagnostics')).toEqual([])
  return file
}

/** The expression of a file that is nothing but `const x = …`. */
function initializer(code: string): ts.Expression {
  const file = parse(`const x = ${code}`)
  const [statement] = file.statements
  if (file.statements.length !== 1 || statement === undefined || !ts.isVariableStatement(statement)) {
    throw new Error('more than one declaration')
  }
  const value = statement.declarationList.declarations[0]?.initializer
  if (value === undefined || value.end !== file.text.length) throw new Error('something behind the value')
  return value
}

/** Runs an expression that `initializer` has found to be one. */
function evaluate(code: string): unknown {
  return new Function(`'use strict'; return (${code})`)()
}

describe('text in a string', () => {
  test.each([
    ["it's", "'it\\'s'"],
    ['a\\b', "'a\\\\b'"],
    ['a\r\n\tb', "'a\\r\\n\\tb'"],
    ['\u2028\u0000\u0085', "'\\u2028\\u0000\\u0085'"],
    ['</script><!--', "'\\u003c/script>\\u003c!--'"],
    ['a < b', "'a < b'"],
    ['\u202eevil\u200b', "'\\u202eevil\\u200b'"],
    ['\ud800', "'\\ud800'"],
    ['Größe 😀', "'Größe 😀'"],
    ['\u{e0041}', "'\\udb40\\udc41'"],
  ])('%j is %s', (value, expected) => {
    expect(str(value)).toBe(expected)
  })

  test('any text is one string literal of the same value, and shows all its characters', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const literal = initializer(str(text))
        expect(ts.isStringLiteral(literal) && literal.text === text).toBe(true)
        expect(evaluate(str(text))).toBe(text)
        expect(str(text)).not.toMatch(invisible)
        expect(str(text)).not.toMatch(/<[/!]/)
      }),
      { numRuns: 500 },
    )
  })
})

describe('text as a key', () => {
  test.each([
    ['name', 'name'],
    ['$a_1', '$a_1'],
    ['1', "'1'"],
    ['a-b', "'a-b'"],
    ['größe', "'größe'"],
    ['', "''"],
    ['__proto__', "['__proto__']"],
    ['constructor', 'constructor'],
  ])('%j is %s', (name, expected) => {
    expect(key(name)).toBe(expected)
  })

  test('any text is one own key of an object and one property of a type', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        expect(Object.keys(Object(evaluate(`{ ${key(name)}: 1 }`)))).toEqual([name])
        const [declared] = parse(`interface X { ${typeKey(name)}: string }`).statements
        const members = declared !== undefined && ts.isInterfaceDeclaration(declared) ? declared.members : []
        expect(members.map((member) => member.name && Reflect.get(member.name, 'text'))).toEqual([name])
      }),
      { numRuns: 500 },
    )
  })
})

describe('values', () => {
  test.each([
    [-0, '-0'],
    [1e21, '1e+21'],
    [0.1, '0.1'],
    [Number.MIN_VALUE, '5e-324'],
  ])('%d is %s', (value, expected) => {
    expect(num(value)).toBe(expected)
  })

  test('a value is written on one line', () => {
    const value: Json = JSON.parse('{"a":[1,"x",null],"b-c":{},"__proto__":true}')
    expect(json(value)).toBe("{ a: [1, 'x', null], 'b-c': {}, ['__proto__']: true }")
  })

  test('any value of JSON is an expression of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const read: Json = JSON.parse(JSON.stringify(value))
        expect(evaluate(json(read))).toEqual(read)
      }),
    )
  })
})

describe('text in a comment', () => {
  test.each([
    ['nothing', {}, ''],
    ['one line', { text: ' A pet. ' }, '  /** A pet. */\n'],
    ['several lines', { text: '\n\nA\r\nB\u2028\n\n\nC\n' }, '  /**\n   * A\n   * B\n   *\n   * C\n   */\n'],
    ['an end of a comment', { text: 'a */ b **/' }, '  /** a *\\/ b **\\/ */\n'],
    ['an end that hides', { text: 'a *\u200b/ b' }, '  /** a *\\/ b */\n'],
    ['a tag', { text: 'a\n@ts-ignore' }, '  /**\n   * a\n   * \\@ts-ignore\n   */\n'],
    ['an order to a linter', { text: 'eslint-disable' }, '  /** \\eslint-disable */\n'],
    ['deprecation', { deprecated: true }, '  /** @deprecated */\n'],
    ['facts', { tags: [{ name: 'default', text: '"*/"' }] as const }, '  /** @default "*\\/" */\n'],
  ])('%s', (_, docs, expected) => {
    expect(comment(docs, { indent: 2 })).toBe(expected)
  })

  test('lines of ours stand behind the text', () => {
    const options = { indent: 0, extra: ['`GET /a*/b`'] }
    expect(comment({ text: 'A.', deprecated: true }, options)).toBe(
      '/**\n * A.\n *\n * `GET /a*\\/b`\n *\n * @deprecated\n */\n',
    )
  })

  test('of more than 100,000 characters the rest is left out, and the comment says so', () => {
    const text = `${'x'.repeat(100_000)}${'y'.repeat(50)}`
    const lines = comment({ text }, { indent: 0, extra: [text] }).split('\n')
    expect(lines.map((line) => line.length)).toEqual([3, 100_003, 27, 2, 100_028, 3, 0])
    expect(lines[2]).toBe(' * … and 50 more characters')
    expect(comment({ text: 'x'.repeat(100_000) }, { indent: 0 })).toBe(`/** ${'x'.repeat(100_000)} */\n`)
  })

  test('any text is one comment and nothing else', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, tag) => {
        const code = comment({ text, tags: [{ name: 'example', text: tag }] }, { indent: 2, extra: [text] })
        const file = parse(`${code}const x = 1`)
        const ranges = ts.getLeadingCommentRanges(file.text, 0) ?? []
        expect(ranges.map(({ pos, end }) => file.text.slice(pos, end))).toEqual([code.trim()])
        expect(file.statements).toHaveLength(1)
        expect(code.replaceAll('\n', '')).not.toMatch(invisible)
        expect(code).not.toMatch(/^\s*(\/\*\*|\*) @ts-/m)
        expect(code).not.toMatch(/[ \t]$/m)
      }),
      { numRuns: 500 },
    )
  })

  test('one line stays one line', () => {
    expect(safeText('a\tb\r\nc\u0000 ')).toBe('a b  c')
  })
})

describe('media types as a regular expression', () => {
  test.each([
    [['application/json'], '/^(application\\/json)$/'],
    [['application/vnd.a+json', 'text/html'], '/^(application\\/vnd\\.a\\+json|text\\/html)$/'],
    [['image/*'], '/^(image\\/.*)$/'],
    [['text/*'], '/^(text\\/(?!html$).*)$/'],
    [['*/*'], '/^((?!text\\/html$).*)$/'],
    [['a/<!--'], '/^(a\\/\\u003c!--)$/'],
  ])('%j is %s', (mediaTypes, code) => {
    expect(mediaPattern(mediaTypes)).toBe(code)
  })
  test.each([
    ['*/*', 'application/json', true],
    ['*/*', 'text/html', false],
    ['*/*', '', true],
    ['text/*', 'text/csv', true],
    ['text/*', 'text/html', false],
    ['text/html', 'text/html', true],
    ['image/*', 'image/png', true],
    ['image/*', 'imagex/png', false],
    ['a/b+c', 'a/bbc', false],
  ])('%s, answered with %j: %s', (media, actual, matches) => {
    expect(regExp(mediaPattern([media])).test(actual)).toBe(matches)
  })
  test('any other text is one regular expression, which matches the text and nothing that is cut or longer', () => {
    fc.assert(
      fc.property(
        hostile.filter((text) => text !== '' && !text.endsWith('/*')),
        (text) => {
          const code = mediaPattern([text])
          expect(initializer(code).kind).toBe(ts.SyntaxKind.RegularExpressionLiteral)
          expect(code).not.toMatch(invisible)
          expect(regExp(code).test(text)).toBe(true)
          expect(regExp(code).test(`${text}x`)).toBe(false)
          expect(regExp(code).test(text.slice(1))).toBe(false)
        },
      ),
    )
  })
})

function regExp(code: string): RegExp {
  const value = evaluate(code)
  if (!(value instanceof RegExp)) throw new Error('no regular expression')
  return value
}
