/** Where routers are mounted, in the ways that people write it. */
import { describe, expect, it } from 'vitest'
import { type Files, read } from '../core/reading.js'

const ROUTE = "/** @stream text */\nrouter.get('/log', (request, response) => {})"

function paths(files: Files): string[] {
  return read(files).api.operations.map(({ method, path }) => `${method} ${path}`)
}

describe('a router of Express', () => {
  it.each<[string, Files]>([
    [
      'made by a function',
      {
        'jobs.ts': `export function createJobs(deps: object) {\nconst router = Router()\n${ROUTE}\nreturn router\n}`,
        'app.ts': "import { createJobs } from './jobs.js'\napp.use('/jobs', auth, createJobs({}))",
      },
    ],
    [
      'made by a function of another name, as a default export',
      {
        'jobs.ts': `const make = () => {\nconst router = Router()\n${ROUTE}\nreturn router\n}\nexport default make`,
        'app.ts': "import jobs from './jobs.js'\nconst made = jobs()\napp.use('/jobs', made)",
      },
    ],
    [
      'given to a function',
      {
        'jobs.ts': `export const add = (router) => {\n${ROUTE}\n}`,
        'app.ts':
          "import { add } from './jobs.js'\nconst inner = Router()\nadd(inner)\napp.use('/jobs', inner)\nadd.name.toString()",
      },
    ],
    [
      'in a property of a class',
      {
        'jobs.ts': `export class Jobs {\nrouter = Router()\nconstructor() {\n${ROUTE.replace('router.get', 'this.router.get')}\n}\n}`,
        'app.ts': "import { Jobs } from './jobs.js'\nconst jobs = new Jobs()\napp.use('/jobs', jobs.router)",
      },
    ],
    [
      'in a list of routes',
      {
        'jobs.ts': `const router = Router()\n${ROUTE}\nexport default router`,
        'app.ts': `import express from 'express'
import jobs from './jobs.js'
const all = [{ path: '/jobs', route: jobs }]
all.forEach((one) => { app.use(one.path, one.route) })`,
      },
    ],
    [
      'in a list whose elements are taken apart',
      {
        'jobs.ts': `const router = Router()\n${ROUTE}\nexport default router`,
        'app.ts': `import express from 'express'
import jobs from './jobs.js'
for (const { path, route: one } of [{ path: '/jobs', route: jobs }] as const) app.use(path, one)`,
      },
    ],
    [
      'that is a plugin of Fastify',
      {
        'jobs.ts': `export default async function jobs(router) {\n${ROUTE}\n}`,
        'app.ts':
          "import jobs from './jobs.js'\nimport fastify from 'fastify'\napp.register(jobs, { prefix: '/jobs' })",
      },
    ],
  ])('%s', (_, files) => {
    expect(paths(files)).toEqual(['GET /jobs/log'])
  })

  it('takes the path of `route`, and Fastify that of its options', () => {
    const files = {
      'a.ts': `router.route('/a/:id')
  .post(save)
  /** @stream text */
  .get((request, response) => {})
/** @stream text */
fastify.route({ method: 'POST', url: '/b', handler: async () => {} })`,
    }
    expect(paths(files)).toEqual(['GET /a/{id}', 'POST /b'])
  })
})

describe('a handler of Express with an annotation', () => {
  it('answers every route that it is registered for', () => {
    const app =
      "import express from 'express'\nconst app = express()\napp.get('/a', tail)\napp.get('/b', tail)\napp.post('/c', tail)\n"
    const handler = '/** @stream text */\nfunction tail(request, response) {}'
    expect(paths({ 'app.ts': app + handler })).toEqual(['GET /a', 'GET /b', 'POST /c'])
    const away = {
      'app.ts': `import { tail } from './tail.js'\n${app}`,
      'tail.ts': handler.replace('function', 'export function'),
    }
    expect(paths(away)).toEqual(['GET /a', 'GET /b', 'POST /c'])
    expect(paths({ 'app.ts': app + handler.replace('text', 'text POST') })).toEqual(['POST /c'])
  })

  it('has each of several paths', () => {
    expect(paths({ 'app.ts': "/** @stream text */\napp.get(['/a', '/b'], (request, response) => {})" })).toEqual([
      'GET /a',
      'GET /b',
    ])
  })

  it('answers each method of the options of Fastify', () => {
    const route = (tag: string): string =>
      `import Fastify from 'fastify'\nconst app = Fastify()\napp.route({ method: ['GET', 'POST'], url: '/a',\n${tag}\nhandler: async () => {} })`
    expect(paths({ 'app.ts': route('/** @stream text */') })).toEqual(['GET /a', 'POST /a'])
    expect(paths({ 'app.ts': route('/** @stream text POST */') })).toEqual(['POST /a'])
  })

  it('may be registered and mounted with type arguments', () => {
    const files = {
      'jobs.ts':
        'export const jobs = async (fastify) => {\n/** @stream text */\nfastify.get<{ Params: object }>("/log", tail)\n}\nfunction tail() {}',
      'app.ts':
        "import Fastify from 'fastify'\nimport { jobs } from './jobs.js'\nconst app = Fastify()\napp.register<object>(jobs, { prefix: '/jobs' })",
    }
    expect(paths(files)).toEqual(['GET /jobs/log'])
  })

  const annotated = '/** @stream text */'
  it.each<[string, string, string]>([
    ['a method', `export class Jobs {\n${annotated}\nasync log() {}\n}`, 'new Jobs().log'],
    ['a bound method', `export class Jobs {\n${annotated}\nasync log() {}\n}`, 'jobs.log.bind(jobs)'],
    ['a property', `export class Jobs {\n${annotated}\nlog = async () => {}\n}`, 'jobs.log'],
    ['a wrapped function', `${annotated}\nexport const log = wrap(async () => {})`, 'log'],
    ['a function in a list', `${annotated}\nexport async function log() {}`, '[auth, wrap(log)]'],
    ['a function of an object', `export const jobs = {\n${annotated}\nlog() {}\n}`, 'object.log'],
  ])('%s in another file', (_, controller, handler) => {
    const files = {
      'controller.ts': controller,
      'app.ts': `import express from 'express'
import { Jobs, log, jobs as object } from './controller.js'
const jobs = new Jobs()
const router = express.Router()
router.get('/log', auth, ${handler})
app.use('/api', router)`,
    }
    expect(paths(files)).toEqual(['GET /api/log'])
  })
})

describe('a router of Hono and of Elysia', () => {
  it('has each of the methods and paths of `on`', () => {
    const app =
      "import { Hono } from 'hono'\nconst app = new Hono()\napp.on(['GET', 'POST'], ['/a', '/b'], (c) => streamText(c, async () => {}))"
    expect(paths({ 'app.ts': app }).sort()).toEqual(['GET /a', 'GET /b', 'POST /a', 'POST /b'])
  })

  it('is mounted in a loop', () => {
    const files = {
      'jobs.ts':
        "import { Hono } from 'hono'\nexport const jobs = new Hono()\n/** @stream text */\njobs.get('/log', (c) => c)",
      'app.ts':
        "import { jobs } from './jobs.js'\nconst app = new Hono().basePath('/v1')\nfor (const one of [jobs]) app.route('/jobs', one)",
    }
    expect(paths(files)).toEqual(['GET /v1/jobs/log'])
  })

  it('is a function that the app uses', () => {
    const files = {
      'jobs.ts': `import { Elysia } from 'elysia'
export const jobs = (app: Elysia) => app.group('/jobs', (inner) => inner.get('/log', function* () { yield 'a' }))`,
      'app.ts':
        "import { Elysia } from 'elysia'\nimport { jobs } from './jobs.js'\nnew Elysia({ prefix: '/api' }).use(jobs)",
    }
    expect(paths(files)).toEqual(['GET /api/jobs/log'])
  })
})
