/** Handlers whose stream stands one step away: in another generator, behind a function, in a namespace. */
import { describe, expect, it } from 'vitest'
import { answer, operation, read, refusal, text } from '../core/reading.js'

type Reading = ReturnType<typeof read>

/** The types of the events, by name. */
function events(reading: Reading, title: string): Record<string, string> {
  const found = answer(reading, title)
  if (found.kind !== 'sse') throw new Error(`${title} is of kind ${found.kind}`)
  return Object.fromEntries(found.events.map(({ name, type }) => [name ?? '', text(reading, type)]))
}

describe('a handler of Elysia', () => {
  const ELYSIA = `import { Elysia, sse } from 'elysia'
async function* ticks() { yield sse({ event: 'tick', data: { n: Number(1) } }) }`

  it.each([
    ['gives back a generator that it calls', '() => ticks()'],
    ['hands on what another yields', 'async function* () { yield* ticks() }'],
  ])('%s', (_, handler) => {
    expect(events(read({ 'a.ts': `${ELYSIA}\nnew Elysia().get('/a', ${handler})` }), 'GET /a')).toEqual({
      tick: '{ n: number }',
    })
  })

  it('may call itself', () => {
    const text =
      "function* again() { yield sse({ data: { n: Number(1) } }); yield* again() }\nnew Elysia().get('/a', again)"
    expect(events(read({ 'a.ts': `${ELYSIA}\n${text}` }), 'GET /a')).toEqual({ '': '{ n: number }' })
  })
})

describe('a channel of start-streaming', () => {
  const route = (getChannel: string): string => `import { createFileRoute } from '@tanstack/react-router'
import { createSSERouteHandler } from '@enalmada/start-streaming/server'
import { channelOf, channels } from './lib.js'
export const Route = createFileRoute('/a')({ server: { handlers: { GET: createSSERouteHandler({ getChannel: ${getChannel} }) } } })`
  const lib = `interface Tick { type: 'tick'; timestamp: number }
export const channels = createSSEChannelManager<Tick>({ prefix: 'x' })
export async function channelOf(id: string): Promise<Channel<Tick>> { return channels.getChannel(id) }`

  it.each([
    ['its function states it', '(params): Channel<{ type: "a" }> => open(params.id)', "{ type: 'a' }"],
    ['the function that it calls states it', '(params) => channelOf(params.id)', 'Tick'],
    ['it stands in a constant', 'async () => { const channel = await channelOf("1"); return channel }', 'Tick'],
    ['its manager states it', '({ id }) => channels.getChannel(id)', 'Tick'],
  ])('has the type of its events where %s', (_, getChannel, expected) => {
    expect(events(read({ 'a.ts': route(getChannel), 'lib.ts': lib }, ['a.ts']), 'GET /a')).toEqual({ '': expected })
  })
})

describe('an endpoint of Encore.ts', () => {
  it('may be made by a namespace', () => {
    const endpoint =
      "import * as encore from 'encore.dev/api'\nexport const a = encore.api.streamOut<{ n: 1 }>({ expose: true, path: '/a' }, async (stream) => {})"
    expect(answer(read({ 'a.ts': endpoint }), 'GET /a')).toMatchObject({ kind: 'websocket', protocol: 'encore' })
  })

  it('that is raw needs a tag where it writes a stream and is exposed', () => {
    const raw = (options: string): string =>
      `import { api } from 'encore.dev/api'\nexport const b = api.streamOut<1>({ path: '/b' }, async (s) => {})\nexport const a = api.raw({ path: '/a', method: 'GET'${options} }, async (req, res) => res.writeHead(200, { 'Content-Type': 'text/event-stream' }))`
    expect(refusal({ 'a.ts': raw(', expose: true') })).toMatch(
      /^a\.ts:3:\d+ route-unreadable: this handler writes a stream of kind sse by hand/,
    )
    expect(read({ 'a.ts': raw('') }).api.operations.map(({ path }) => path)).toEqual(['/b'])
  })
})

describe('a method of NestJS that writes to the response', () => {
  const method = (tag: string): string =>
    `@Controller() class A {\n${tag}@Post('a') a(@Res() res) { res.setHeader('Content-Type', 'text/event-stream') }\n}`

  it('needs a tag', () => {
    expect(refusal({ 'a.ts': method('') })).toBe(
      'a.ts:2:1 route-unreadable: this method writes its stream by hand, and nothing states what is in it',
    )
    const tagged = read({ 'a.ts': method('/** @stream sse\n * @event {string} */\n') })
    expect(operation(tagged, 'POST /a').override?.stated?.because).toBe('the annotation @stream')
  })
})
