/** Routers of which no mount is found: their paths may lack what stands before them. */
import { describe, expect, it } from 'vitest'
import { type Files, read } from '../core/reading.js'

function warnings(files: Files, names?: readonly string[]): string[] {
  return read(files, names).warnings.map(
    ({ code, message, place }) => `${place?.file}:${place?.line}:${place?.column} ${code}: ${message}`,
  )
}

const WORDS = 'route-unmounted: its router is mounted nowhere in the files of the project:'
const EXPRESS = "import express, { Router } from 'express'"
const ROUTE = "/** @stream text */\nrouter.get('/log', (request, response) => {})"
const HONO = "import { Hono } from 'hono'"
const JOBS = "export const jobs = new Hono()\n/** @stream text */\njobs.get('/log', (c) => c)"
const MOUNTING = `${HONO}\nimport { users } from './users.js'\nnew Hono().route('/users', users)`
const USERS = `${HONO}\nexport const users = new Hono()`

describe('a router whose mount is not found is a warning at the router', () => {
  it.each<[string, Files, string]>([
    [
      'of Express, required by its app',
      {
        'jobs.ts': `${EXPRESS}\nexport const router = Router()\n${ROUTE}`,
        'app.ts': `${EXPRESS}\nconst app = express()\napp.use('/jobs', require('./jobs').router)`,
      },
      `jobs.ts:2:14 ${WORDS} /log is taken for the whole path of GET /log`,
    ],
    [
      'of Express, in a function that nothing calls, with several routes',
      {
        'jobs.ts': `${EXPRESS}
export function createJobs() {
const router = express.Router()
${ROUTE}
${ROUTE.replace('/log', '/list')}
return router
}`,
      },
      `jobs.ts:3:7 ${WORDS} /log is taken for the whole path of GET /log, and as it those of 1 more`,
    ],
    [
      'that is mounted on a router without a mount',
      {
        'jobs.ts': `${EXPRESS}\nconst router = Router()\n${ROUTE}\nconst api = Router()\napi.use('/jobs', router)`,
      },
      `jobs.ts:5:7 ${WORDS} /jobs/log is taken for the whole path of GET /jobs/log`,
    ],
    [
      'that is a plugin of Fastify',
      {
        'jobs.ts': `import type { FastifyInstance } from 'fastify'
export default async function jobs(router: FastifyInstance) {
${ROUTE}
}`,
      },
      `jobs.ts:2:36 ${WORDS} /log is taken for the whole path of GET /log`,
    ],
    [
      'of Hono, where other routers are mounted',
      { 'jobs.ts': `${HONO}\n${JOBS}`, 'users.ts': USERS, 'app.ts': MOUNTING },
      `jobs.ts:2:14 ${WORDS} /log is taken for the whole path of GET /log`,
    ],
    [
      'of Elysia, where other routers are mounted',
      {
        'jobs.ts':
          "import { Elysia } from 'elysia'\nexport const jobs = new Elysia().get('/log', function* () { yield 'a' })",
        'app.ts':
          "import { Elysia } from 'elysia'\nconst users = new Elysia()\nnew Elysia({ prefix: '/api' }).use(users)",
      },
      `jobs.ts:2:14 ${WORDS} /log is taken for the whole path of GET /log`,
    ],
  ])('%s', (_, files, expected) => {
    expect(warnings(files)).toEqual([expected])
  })

  it('outside of the tsconfig.json', () => {
    const files = {
      'tsconfig.json': JSON.stringify({ files: ['jobs.ts'], compilerOptions: { lib: ['ES2023'], types: [] } }),
      'jobs.ts': `${EXPRESS}\nexport const router = Router()\n${ROUTE}`,
      'app.ts': `${EXPRESS}\nimport { router } from './jobs.js'\nexpress().use('/jobs', router)`,
    }
    expect(warnings(files, ['jobs.ts'])).toEqual([`jobs.ts:2:14 ${WORDS} /log is taken for the whole path of GET /log`])
  })
})

describe('no warning', () => {
  it.each<[string, Files]>([
    ['of an app', { 'app.ts': `${EXPRESS}\nconst router = express()\n${ROUTE}` }],
    [
      'of an app that is given to a function',
      {
        'jobs.ts': `${EXPRESS}\nexport function add(router: Router) {\n${ROUTE}\n}`,
        'app.ts': `${EXPRESS}\nimport { add } from './jobs.js'\nconst app = express()\nadd(app)\napp.listen(80)`,
      },
    ],
    [
      'of a router that is handed to a server',
      {
        'app.ts': `${EXPRESS}\nimport { createServer } from 'node:http'\nconst router = Router()\n${ROUTE}\ncreateServer(router)`,
      },
    ],
    [
      'of a path that the author states',
      { 'a.ts': `${EXPRESS}\nconst router = Router()\n${ROUTE.replace('text', 'text /jobs/log')}` },
    ],
    ['of an app of Hono where nothing is mounted', { 'a.ts': `${HONO}\n${JOBS}` }],
    [
      'of an app of Hono that is served',
      { 'a.ts': `${HONO}\n${JOBS}\nexport default { fetch: jobs.fetch }`, 'users.ts': USERS, 'app.ts': MOUNTING },
    ],
    [
      'of an app of Hono that mounts another one',
      {
        'a.ts': `${HONO}\nimport { users } from './users.js'\n${JOBS}\njobs.route('/users', users)`,
        'users.ts': USERS,
      },
    ],
    [
      'of an app of Elysia that listens',
      {
        'a.ts':
          "import { Elysia } from 'elysia'\nconst jobs = new Elysia().get('/log', function* () { yield 'a' }).listen(80)\nnew Elysia().use(new Elysia())",
      },
    ],
  ])('%s', (_, files) => {
    expect(warnings(files)).toEqual([])
  })
})

describe('mounts that are found', () => {
  it.each<[string, Files]>([
    [
      'in a list, beside what else is in it',
      {
        'a.ts': `${EXPRESS}\nconst app = express()\nconst router = Router()\n${ROUTE}\napp.use('/jobs', [check, router])`,
      },
    ],
    [
      'by an import when it runs',
      {
        'jobs.ts': `${EXPRESS}\nexport const router = Router()\n${ROUTE}`,
        'app.ts': `${EXPRESS}\nconst app = express()\napp.use('/jobs', (await import('./jobs.js')).router)\nexport {}`,
      },
    ],
    [
      'in an object of routers',
      {
        'a.ts': `${EXPRESS}\nconst router = Router()\n${ROUTE}\nconst all = { jobs: router }\nexpress().use('/jobs', all.jobs)`,
      },
    ],
    [
      'in an object of routers by their names',
      {
        'a.ts': `${EXPRESS}\nconst router = Router()\n${ROUTE}\nconst all = { router }\nexpress().use('/jobs', all.router)`,
      },
    ],
    [
      'by an import of a plugin of Fastify',
      {
        'jobs.ts': `export default async function jobs(router: FastifyInstance) {\n${ROUTE}\n}`,
        'app.ts': "import fastify from 'fastify'\nfastify().register(import('./jobs.js'), { prefix: '/jobs' })",
      },
    ],
    [
      'by an import of a plugin of Elysia',
      {
        'jobs.ts':
          "import { Elysia } from 'elysia'\nconst jobs = new Elysia({ prefix: '/jobs' })\nexport default jobs.get('/log', function* () { yield 'a' })",
        'app.ts': "import { Elysia } from 'elysia'\nnew Elysia().use(import('./jobs.js'))",
      },
    ],
    [
      'of a name for the router with its routes',
      {
        'jobs.ts': `${HONO}\nconst jobs = new Hono()\nexport const routes = jobs.get('/other', (c) => c)\n/** @stream text */\nroutes.get('/log', (c) => c)`,
        'app.ts': `${HONO}\nimport { routes } from './jobs.js'\nconst app = new Hono()\napp.route('/jobs', routes)`,
      },
    ],
    [
      'of Koa',
      {
        'a.ts': `import Koa from 'koa'
import Router from '@koa/router'
const app = new Koa()
const router = new Router({ prefix: '/jobs' })
${ROUTE}
app.use(router.routes()).use(router.allowedMethods())`,
      },
    ],
  ])('%s', (_, files) => {
    const reading = read(files)
    expect(reading.api.operations.map(({ path }) => path)).toEqual(['/jobs/log'])
    expect(reading.warnings).toEqual([])
  })
})
