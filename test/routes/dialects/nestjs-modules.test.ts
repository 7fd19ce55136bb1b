/** Paths that `RouterModule` of NestJS puts before those of controllers. */
import { describe, expect, it } from 'vitest'
import { type Files, type Reading, read } from '../core/reading.js'

const CONTROLLER = `@Controller('jobs')
export class JobsController {
  /** @stream text */
  @Get('log') log() {}
}`
const MODULE = `import { JobsController } from './jobs.controller'
@Module({ controllers: [JobsController] })
export class JobsModule {}`

function reading(routes: string, more: Files = {}): Reading {
  const app = `import { JobsModule } from './jobs.module'\n@Module({ imports: [${routes}, JobsModule] })\nexport class AppModule {}`
  return read({ 'jobs.controller.ts': CONTROLLER, 'jobs.module.ts': MODULE, 'app.module.ts': app, ...more })
}

function paths({ api }: Reading): string[] {
  return api.operations.map(({ path }) => path)
}

describe('a controller', () => {
  it.each([
    ["RouterModule.register([{ path: 'admin', module: JobsModule }])", '/admin/jobs/log'],
    ["RouterModule.register([{ path: 'a', children: [{ path: '/b', module: JobsModule }] }])", '/a/b/jobs/log'],
    ["RouterModule.register([{ path: 'a/:tenant', children: [JobsModule] }])", '/a/{tenant}/jobs/log'],
    ["RouterModule.register([{ path: 'other', module: OtherModule }])", '/jobs/log'],
  ])('with %s is at %s', (routes, path) => {
    const found = reading(routes.replace('OtherModule', 'AppModule'))
    expect(paths(found)).toEqual([path])
    expect(found.warnings).toEqual([])
  })

  it('has the path of a list in another file, behind the global prefix and the version', () => {
    const found = reading('RouterModule.register([...routes])', {
      'routes.ts':
        "import { JobsModule } from './jobs.module'\nexport const routes = [{ path: 'admin', module: JobsModule }] as const",
      'app.module.ts': `import { routes } from './routes'
@Module({ imports: [RouterModule.register([...routes])] })
export class AppModule {}`,
      'main.ts': "app.setGlobalPrefix('api')\napp.enableVersioning({ defaultVersion: '1' })",
    })
    expect(paths(found)).toEqual(['/api/v1/admin/jobs/log'])
  })

  it('of which that cannot be told is a warning', () => {
    const { api, warnings } = reading('RouterModule.register(routesOf(config))')
    expect(api.operations.map(({ path }) => path)).toEqual(['/jobs/log'])
    expect(warnings.map(({ place, message }) => `${place?.file}:${place?.line}:${place?.column} ${message}`)).toEqual([
      'app.module.ts:2:43 the paths that RouterModule gives here are no constants: /jobs/log is taken for the whole path of GET /jobs/log',
    ])
  })
})
