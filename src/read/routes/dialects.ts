/** The frameworks that are read. The order decides nothing but whose finding comes first where two read one route. */
import type { Dialect } from './dialect.js'
import { elysia } from './dialects/elysia.js'
import { encore } from './dialects/encore.js'
import { express } from './dialects/express.js'
import { flink } from './dialects/flink.js'
import { fresh } from './dialects/fresh.js'
import { hono } from './dialects/hono.js'
import { nestjs } from './dialects/nestjs.js'
import { next } from './dialects/next.js'
import { nuxt } from './dialects/nuxt.js'
import { remix } from './dialects/remix.js'
import { sveltekit } from './dialects/sveltekit.js'
import { tanstackStart } from './dialects/tanstack-start.js'
import { zodOpenapi } from './dialects/zod-openapi.js'

export const DIALECTS: readonly Dialect[] = [
  flink,
  encore,
  tanstackStart,
  nestjs,
  hono,
  zodOpenapi,
  elysia,
  express,
  next,
  sveltekit,
  nuxt,
  remix,
  fresh,
]
