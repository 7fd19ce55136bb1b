import { describe, expect, test } from 'vitest'
import { findAnnotations } from '../../../src/read/routes/annotation.js'

function annotate(...lines: readonly string[]): ReturnType<typeof findAnnotations>[number] {
  const [found] = findAnnotations(['/**', ...lines.map((line) => ` * ${line}`), ' */'].join('\n'))
  if (found === undefined) throw new Error('no annotation')
  return found
}

describe('a comment with @stream', () => {
  test('holds kind, method, path, and the description as documentation', () => {
    expect(annotate('Live events', 'of one job.', '', '@stream sse post /jobs/{id}/events')).toMatchObject({
      kind: 'sse',
      method: 'POST',
      path: '/jobs/{id}/events',
      docs: 'Live events\nof one job.',
    })
  })

  test('may be a comment of one line', () => {
    expect(findAnnotations('/** Jobs, see @event. @stream sse */')).toEqual([])
    expect(
      findAnnotations('/** @stream sse GET /jobs @event ping @event done {Done} @auth bearer @name watch */'),
    ).toMatchObject([
      {
        kind: 'sse',
        path: '/jobs',
        events: [{ name: 'ping' }, { name: 'done', type: { text: 'Done', offset: 51 } }],
        auth: [{ name: 'bearerAuth' }],
        name: 'watch',
      },
    ])
  })

  test('may have its description on the one line, if a path or a tag follows the kind', () => {
    expect(findAnnotations('/** Live jobs. @stream sse GET /jobs @event {Job} */')).toMatchObject([
      { kind: 'sse', path: '/jobs', docs: 'Live jobs.', offset: 15, events: [{ name: null, type: { text: 'Job' } }] },
    ])
    expect(findAnnotations('/** Handlers with @stream sse are read. */')).toEqual([])
  })

  test.each(['steam', 'Stream', 'streams'])('is meant by @%s where a kind follows', (name) => {
    expect(findAnnotations(`/**\n * @${name} sse GET /jobs\n */`)).toMatchObject([
      { kind: 'fault', offset: 7, message: `there is no tag @${name}`, hint: 'did you mean @stream?' },
    ])
    expect(findAnnotations(`/**\n * @${name} of jobs\n */`)).toEqual([])
  })

  test('may leave out method and path', () => {
    const found = annotate('@stream ndjson', '@event {Row}')
    expect(found).toMatchObject({ kind: 'ndjson' })
    expect(found).not.toHaveProperty('method')
    expect(found).not.toHaveProperty('path')
  })

  test('names events, with and without a payload', () => {
    expect(annotate('@stream sse /a', '@event {Job}', '@event progress {Progress}', '@event ping')).toMatchObject({
      events: [
        { name: null, type: { text: 'Job' } },
        { name: 'progress', type: { text: 'Progress' } },
        { name: 'ping' },
      ],
    })
  })

  test.each([
    ['a closing brace in a string', "{ a: '}' }"],
    ['a template literal type', `{ [key: \`x\${string}}\`]: 1 }`],
    ['an imported type', "import('@acme/x').Job"],
    ['a conditional type', "Job extends { a: infer A } ? A : '{'"],
    ['a function type', '{ a: () => void }'],
  ])('takes %s', (_, type) => {
    expect(annotate('@stream sse /a', `@event {${type}} prose with a }`)).toMatchObject({
      events: [{ name: null, type: { text: type } }],
    })
  })

  test('takes a type of several lines, with an @ inside', () => {
    const found = annotate('@stream sse /a', '@event {{', "  at: import('@acme/x').At", "  '@id': string", '}}')
    const events = 'events' in found ? (found.events ?? []) : []
    expect(events.map(({ type }) => type?.text.replaceAll(/\s+/g, ' '))).toEqual([
      "{ at: import('@acme/x').At '@id': string }",
    ])
  })

  test('says where each type stands', () => {
    const text = '/** @stream sse /a\n * @query {Query} */'
    const [found] = findAnnotations(text)
    const offset = found !== undefined && 'types' in found ? (found.types.query?.offset ?? 0) : 0
    expect(text.slice(offset, offset + 5)).toBe('Query')
  })

  test('reads the ways to authenticate', () => {
    const found = annotate('@stream sse /a', '@auth bearer', '@auth query:token', '@auth cookie:sid')
    expect(found).toMatchObject({
      auth: [
        { name: 'bearerAuth', credential: { kind: 'bearer' } },
        { name: 'token', credential: { kind: 'apiKey', in: 'query', name: 'token' } },
        { name: 'sid', credential: { kind: 'apiKey', in: 'cookie', name: 'sid' } },
      ],
    })
    expect(annotate('@stream sse /a', '@auth none')).toMatchObject({ auth: [] })
  })

  test('is none in a line comment, and none without the tag', () => {
    expect(findAnnotations('// /** @stream sse /a */\n/** about @stream in prose */')).toEqual([])
  })

  test('works with the line ends of Windows', () => {
    const text = '/**\r\n * Docs.\r\n * @stream sse GET /a\r\n * @event {Job}\r\n */\r\n'
    expect(findAnnotations(text)).toMatchObject([{ docs: 'Docs.', path: '/a', events: [{ type: { text: 'Job' } }] }])
  })
})

describe('what is refused, with a next step', () => {
  test.each([
    [['@stream'], '@stream states no kind'],
    [['@stream sser /a'], 'there is no kind of stream called "sser"'],
    [['@stream sse jobs'], '"jobs" is neither a method nor a path that begins with a slash'],
    [['@stream sse /a', '@event {Job'], 'the text in the braces of @event is no type'],
    [['@stream sse /a', '@event {}'], 'the text in the braces of @event is no type'],
    [['@stream sse /a', '@event'], '@event states neither a name nor a type'],
    [['@stream sse /a', '@query Job'], '@query states no type'],
    [['@stream text /a', '@event {Job}'], '@event says nothing of a stream of kind text'],
    [['@stream websocket /a', '@event {A}', '@reply {B}'], '@reply and @event exclude each other'],
    [['@stream websocket POST /a', '@event {A}'], 'a WebSocket is opened by GET, and not by POST'],
    [['@stream websocket /a', '@event {A}', '@body {B}'], '@body says nothing of a stream of kind websocket'],
    [['@stream sse GET /a', '@event {A}', '@body {B}'], 'a request by GET carries no body'],
    [['@stream sse /a', '@event {A}', '@auth none', '@auth bearer'], '@auth none and another @auth exclude each other'],
    [['@stream websocket /a', '@event {A}', '@event {B}'], '@event stands twice in one comment'],
    [['@stream sse /a', '@send {Job}'], '@send says nothing of a stream of kind sse'],
    [['@stream ndjson /a', '@event job {Job}'], 'ndjson has no named events'],
    [['@stream sse /a', '@auth token'], '@auth does not know "token"'],
    [['@stream binary /a', '@contentType zip'], '"zip" is no media type'],
    [['@stream sse /a', '@name get-job'], '"get-job" cannot name a function'],
    [['@stream sse /a', '@name delete'], '"delete" cannot name a function'],
    [['@stream sse /a', '@query {A}', '@query {B}'], '@query stands twice in one comment'],
    [['@stream sse /a', '@evnt {Job}'], 'there is no tag @evnt'],
  ])('%j', (lines, message) => {
    expect(annotate(...lines)).toMatchObject({ kind: 'fault', message })
  })

  test('tags of JSDoc are nobody’s business', () => {
    expect(annotate('@stream sse /a', '@example x', '@see {@link y}', '@since 1', '@deprecated')).toMatchObject({
      kind: 'sse',
      deprecated: true,
    })
  })
})
