/** Paths that are names of files: TanStack Start, Next.js, SvelteKit, Nuxt, Remix and Fresh. */
import { describe, expect, it } from 'vitest'
import { type Files, read, refusal } from '../core/reading.js'

function titles(files: Files): string[] {
  return read(files).api.operations.map(({ method, path }) => `${method} ${path}`)
}

const TAG = '/** @stream text */'

describe('the path of a file of TanStack Start', () => {
  it.each([
    ['src/routes/users.$id.posts.ts', '/users/{id}/posts'],
    ['src/routes/api/ticks.ts', '/api/ticks'],
    ['src/routes/my-script[.]js.ts', '/my-script.js'],
    ['src/routes/_auth/(admin)/logs.index.ts', '/logs'],
    ['src/routes/users_/new.ts', '/users/new'],
    ['src/routes/files/$.ts', '/files/{_splat}'],
    ['src/routes/index.ts', '/'],
  ])('%s is %s', (file, path) => {
    const text = `export const ServerRoute = createServerFileRoute().methods({ ${TAG} GET: () => new Response() })`
    expect(titles({ [file]: text })).toEqual([`GET ${path}`])
  })

  it('stands in the text, with layouts and groups that the address has not, and under a cast', () => {
    const text = `export const Route = createFileRoute('/_auth/(x)/logs/' as any)({ server: { handlers: { ${TAG} GET() {} } } })`
    expect(titles({ 'a.ts': text })).toEqual(['GET /logs'])
  })

  it('is missing outside of a folder routes', () => {
    const text = `export const R = createServerFileRoute().methods({ ${TAG} GET: () => new Response() })`
    expect(refusal({ 'a.ts': text })).toBe(
      'a.ts:1:18 route-unreadable: this file is in no folder `routes`, which would tell its path',
    )
  })

  it('has handlers by builders, by createHandlers and as objects', () => {
    const text = `export const Route = createFileRoute('/a')({ server: { handlers: ({ createHandlers }) => createHandlers({
  ${TAG}
  GET: { middleware: [], handler: () => new Response() },
  ${TAG}
  POST: () => new Response(),
}) } })
export const Old = createServerFileRoute('/b').methods((api) => ({
  ${TAG}
  PUT: api.middleware([]).handler(() => new Response()),
}))`
    expect(titles({ 'a.ts': text })).toEqual(['GET /a', 'POST /a', 'PUT /b'])
  })
})

describe('a channel of start-streaming', () => {
  const route = (handler: string) =>
    `export const Route = createFileRoute('/a')({ server: { handlers: { GET: createSSERouteHandler(${handler}) } } })`

  it('has the type that its manager states in another file', () => {
    const files = {
      'channels.ts': 'export const channels = createSSEChannelManager<{ n: 1 }>({ prefix: "a" })',
      'a.ts': `import { channels } from './channels.js'\n${route('{ getChannel(p) { return channels.getChannel(p.id) } }')}`,
    }
    expect(titles(files)).toEqual(['GET /a'])
  })

  it('is refused where nobody states it', () => {
    expect(refusal({ 'a.ts': route('{ getChannel: () => other() }') })).toBe(
      'a.ts:1:73 route-unreadable: the type of the events on this channel is not stated',
    )
  })
})

describe('the path of a file of Next.js', () => {
  it.each([
    ['app/api/chat/[id]/route.ts', '/api/chat/{id}'],
    ['src/app/(shop)/@modal/logs/[...path]/route.ts', '/logs/{path}'],
    ['app/route.ts', '/'],
  ])('%s is %s', (file, path) => {
    expect(titles({ [file]: `${TAG}\nexport function GET() {}` })).toEqual([`GET ${path}`])
  })

  it('is that of an API route of pages, with the method of the annotation', () => {
    const text = '/** @stream text POST */\nexport default function handler() {}'
    expect(titles({ 'pages/api/jobs/[id].ts': text })).toEqual(['POST /api/jobs/{id}'])
  })

  it('does not help a stream that nobody describes', () => {
    const text = `export async function GET() {
  return new Response('', { headers: { 'Content-Type': 'text/event-stream' } })
}`
    expect(refusal({ 'app/a/route.ts': text })).toBe(
      'app/a/route.ts:1:1 route-unreadable: this handler writes a stream of kind sse by hand, and nothing states what is in it',
    )
  })
})

describe('the path of a file of SvelteKit', () => {
  it.each<[string, ...string[]]>([
    ['src/routes/(app)/jobs/[id=uuid]/+server.ts', '/jobs/{id}'],
    ['src/routes/[[lang]]/files/[...path]/+server.ts', '/{lang}/files/{path}', '/files/{path}'],
    ['src/routes/+server.ts', '/'],
  ])('%s is %s', (file, ...paths) => {
    const found = titles({ [file]: `${TAG}\nexport const GET = () => new Response()` })
    expect(found).toEqual(paths.map((path) => `GET ${path}`))
  })
})

describe('the path of a file of Nuxt', () => {
  it.each([
    ['server/api/jobs/[id].get.ts', 'GET /api/jobs/{id}'],
    ['server/api/index.ts', 'GET /api'],
    ['server/routes/logs/[...slug].post.ts', 'POST /logs/{slug}'],
    ['server/routes/[...].ts', 'GET /{path}'],
  ])('%s is %s', (file, title) => {
    expect(titles({ [file]: `${TAG}\nexport default defineEventHandler(() => 'x')` })).toEqual([title])
  })

  it('does not help an event stream that nobody describes', () => {
    const text = 'export default defineEventHandler((event) => createEventStream(event).send())'
    expect(refusal({ 'server/api/a.ts': text })).toBe(
      'server/api/a.ts:1:35 route-unreadable: what is pushed into this event stream is a text, and nothing states what is in it',
    )
  })
})

describe('the path of a file of Remix', () => {
  it.each([
    ['app/routes/api.jobs.$id.events.tsx', ['/api/jobs/{id}/events']],
    ['app/routes/api/jobs/$id.ts', ['/api/jobs/{id}']],
    ['app/routes/_auth.jobs_.new.ts', ['/jobs/new']],
    ['app/routes/jobs.feed/route.ts', ['/jobs/feed']],
    ['app/routes/_index.tsx', ['/']],
    ['app/routes/feed[.]xml.ts', ['/feed.xml']],
    ['app/routes/files.$.ts', ['/files/{_splat}']],
    ['app/routes/($lang).feed.ts', ['/{lang}/feed', '/feed']],
  ])('%s is %s', (file, paths) => {
    expect(titles({ [file]: `${TAG}\nexport async function loader() {}` })).toEqual(paths.map((path) => `GET ${path}`))
  })

  it('is that of an action by POST too', () => {
    expect(titles({ 'app/routes/ask.ts': `${TAG}\nexport const action = async () => {}` })).toEqual(['POST /ask'])
  })

  it('is not known where app/routes.ts states the paths', () => {
    const files = {
      'app/routes.ts': "import { route } from '@react-router/dev/routes'\nexport default [route('a', './routes/a.ts')]",
      'app/routes/b.ts': `${TAG}\nexport async function loader() {}`,
    }
    expect(refusal(files, ['app/routes/b.ts'])).toBe(
      'app/routes/b.ts:2:1 route-unreadable: the path of this route stands in app/routes.ts',
    )
    const flat = {
      ...files,
      'app/routes.ts':
        "import { flatRoutes } from '@remix-run/fs-routes' // '@react-router/dev/routes'\nexport default flatRoutes()",
    }
    expect(titles(flat)).toEqual(['GET /b'])
  })

  it('has events that a tag must state', () => {
    const loader = 'export const loader = ({ request }) => eventStream(request.signal, (send) => send({ data: "x" }))'
    expect(refusal({ 'app/routes/a.ts': loader })).toMatch(
      /^app\/routes\/a\.ts:1:\d+ route-unreadable: what is sent into this event stream is a text/,
    )
  })
})

describe('the path of a file of Fresh', () => {
  const IMPORT = "import type { Handlers } from '$fresh/server.ts'"

  it.each([
    ['routes/api/[id]/events.ts', '/api/{id}/events'],
    ['routes/(internal)/jobs/index.ts', '/jobs'],
    ['routes/files/[...path].ts', '/files/{path}'],
  ])('%s is %s', (file, path) => {
    const text = `${IMPORT}\nexport const handler: Handlers = {\n${TAG}\nGET(request, context) {},\n${TAG}\nPOST: async () => {} }`
    expect(titles({ [file]: text })).toEqual([`GET ${path}`, `POST ${path}`])
  })

  it('is that of define.handlers and of one function too', () => {
    expect(titles({ 'routes/a.ts': `export const handler = define.handlers({\n${TAG}\nGET(context) {} })` })).toEqual([
      'GET /a',
    ])
    expect(titles({ 'routes/a.ts': `${IMPORT}\n${TAG}\nexport const handler = (request) => {}` })).toEqual(['GET /a'])
  })
})
