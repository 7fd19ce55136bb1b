/** Projects of Express with as many route files as are asked for, the same ones at every run. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generated } from '../clients.js'

const helpersPerFile = 40
const otherFilesPerRoute = 4

/**
 * Writes a project of its own: route files that are annotated, the models that they share, an app that mounts them, and
 * four times as many files that say nothing of routes.
 *
 * @param {number} size number of route files
 * @returns {string} its folder
 */
export function writeProject(size) {
  const folder = join(generated, 'routes', String(size))
  rmSync(folder, { recursive: true, force: true })
  const numbers = Array.from({ length: size }, (_, index) => index + 1)
  const files = [
    ['tsconfig.json', settings],
    ['src/models/shared.ts', shared],
    ['src/app.ts', app(numbers)],
    ...numbers.flatMap((number) => [
      [`src/models/job-${number}.ts`, model(number)],
      [`src/routes/jobs-${number}.ts`, route(number)],
      ...Array.from({ length: otherFilesPerRoute }, (_, index) => [
        `src/services/service-${number}-${index}.ts`,
        service(number),
      ]),
    ]),
  ]
  for (const folders of ['models', 'routes', 'services']) mkdirSync(join(folder, 'src', folders), { recursive: true })
  for (const [path, text] of files) writeFileSync(join(folder, path), text)
  return folder
}

const settings = JSON.stringify({
  compilerOptions: { target: 'ES2022', module: 'nodenext', strict: true, skipLibCheck: true, types: ['node'] },
  include: ['src'],
})

const shared = `export enum JobState { Waiting = 'waiting', Running = 'running', Done = 'done' }
export type Id<Kind extends string> = string & { readonly __kind: Kind }
export interface Page<Item> { items: Item[]; next?: string; total: number }
/** Who did something, and when. */
export interface Trace { by: Id<'user'>; at: Date; note: string | null }
`

/** @param {readonly number[]} numbers */
function app(numbers) {
  const imports = numbers.map((number) => `import { router${number} } from './routes/jobs-${number}.js'`)
  const mounts = numbers.map((number) => `app.use('/area-${number}', router${number})`)
  return ["import express from 'express'", ...imports, 'export const app = express()', ...mounts, ''].join('\n')
}

/** @param {number} number */
function model(number) {
  return `import type { Id, JobState, Trace } from './shared.js'

/** One of the jobs of area ${number}. */
export interface Job${number} {
  id: Id<'job'>
  state: JobState
  /** From 0 to 100. */
  percent: number
  history: Trace[]
  labels: Record<string, string>
  parent?: Job${number}
}
export class Cost${number} {
  constructor(readonly cents: number, private readonly currency: 'EUR' | 'USD') {}
  toJSON(): { amount: string; currency: 'EUR' | 'USD' } {
    return { amount: (this.cents / 100).toFixed(2), currency: this.currency }
  }
}
`
}

/** @param {number} number */
function route(number) {
  const helpers = Array.from({ length: helpersPerFile }, (_, index) => helper(number, index)).join('\n')
  return `import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Cost${number}, Job${number} } from '../models/job-${number}.js'
import type { JobState, Page } from '../models/shared.js'

const creation = z.object({
  name: z.string().min(1),
  tags: z.array(z.string()),
  retries: z.number().int().optional(),
  when: z.union([z.literal('now'), z.object({ at: z.string() })]),
})
export type Creation${number} = z.infer<typeof creation>
export interface Filter${number} { since?: Date; limit?: number; states?: JobState[] }
export type JobEvent${number} =
  | { type: 'progress'; job: Pick<Job${number}, 'id' | 'percent'> }
  | { type: 'done'; result: Page<Job${number}>; cost: Cost${number} }
  | { type: 'failed'; reason: string; retry: boolean }

${helpers}

export const router${number} = Router()

/**
 * Follows one job of area ${number}.
 * @stream sse
 * @event {JobEvent${number}}
 * @query {Filter${number}}
 */
router${number}.get('/jobs/:id/events', (request: Request, response: Response) => {
  response.setHeader('Content-Type', 'text/event-stream')
  response.write(\`data: \${JSON.stringify(pick${number}x0({ id: String(request.params['id']), value: 1 }))}\\n\\n\`)
})

/**
 * Runs jobs, and tells of each when it is done.
 * @stream ndjson
 * @event {Job${number}}
 * @body {Creation${number}}
 */
router${number}.post('/jobs', (request: Request, response: Response) => {
  response.json(creation.parse(request.body))
})
`
}

/**
 * @param {number} number
 * @param {number} index
 */
function helper(number, index) {
  return `function pick${number}x${index}(input: { id: string; value: number }): { id: string; value: number; even: boolean } {
  const value = input.value * ${index + 1} + ${number}
  return { ...input, value, even: value % 2 === 0 }
}`
}

/** @param {number} number */
function service(number) {
  return `export class Service {
  private readonly known = new Map<string, number>()
  load(id: string): number {
    const found = this.known.get(id) ?? ${number}
    this.known.set(id, found + 1)
    return found
  }
}
`
}
