import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openBinary, openNdjson, type Progress } from '../../src/runtime/index.js'
import { openAny, planOf } from '../runtime/answers.js'
import { sleep } from '../runtime/scripted-server.js'
import { startBetterSse } from './better-sse-server.js'
import { listening, type Running, type Start, started, testFeed, type Visits } from './feed.js'

// Debian keeps it out of the path of ordinary users.
const nginx = existsSync('/usr/sbin/nginx') ? '/usr/sbin/nginx' : 'nginx'
const isInstalled = spawnSync(nginx, ['-v']).error === undefined
if (!isInstalled) console.log('nginx is not installed: its tests are skipped, but in CI, where they fail')

function configOf(port: string, target: string): string {
  return `daemon off; master_process off; pid nginx.pid; error_log stderr crit;
events {}
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  gzip on; gzip_min_length 0; gzip_proxied any; gzip_types *;
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass ${target}; proxy_http_version 1.1; proxy_buffering on; proxy_set_header Connection ""; }
  }
}
`
}

async function freePort(): Promise<string> {
  const { url, stop } = await listening(createServer())
  await stop()
  return new URL(url).port
}

/** Puts nginx with gzip and with buffering in front of a server. */
function behindNginx(start: Start): Start {
  return async (visits) => {
    const behind = await start(visits)
    const folder = await mkdtemp(join(tmpdir(), 'streamwright-nginx-'))
    const port = await freePort()
    await writeFile(join(folder, 'nginx.conf'), configOf(port, behind.url))
    const child = spawn(nginx, ['-p', folder, '-c', 'nginx.conf'], { stdio: ['ignore', 'ignore', 'inherit'] })
    const exited = new Promise<void>((resolve) => child.once('close', () => resolve()))
    const url = `http://127.0.0.1:${port}`
    await answers(url)
    const stop = async (): Promise<void> => {
      child.kill()
      await exited
      await behind.stop()
      await rm(folder, { recursive: true, force: true })
    }
    return { url, stop }
  }
}

async function answers(url: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await fetch(`${url}/nothing`)
      return
    } catch (error) {
      if (attempt === 100) throw error
      await sleep(50)
    }
  }
}

/** A server that does not tell proxies to pass on what it sends. */
function startSilent(visits: Visits): Promise<Running> {
  const server = createServer((request, response) => {
    const [, path = ''] = (request.url ?? '').split('/')
    const types: Record<string, string> = { events: 'text/event-stream', rows: 'application/x-ndjson' }
    if (path === 'nothing') return response.end()
    response.writeHead(200, { 'content-type': types[path] ?? 'application/octet-stream' })
    if (path === 'file') return response.end(Buffer.alloc(300_000, 'streamwright'))
    response.on('close', () => visits.closed++)
    response.write(path === 'events' ? 'data: 1\n\n' : '1\n')
    setTimeout(() => response.end(path === 'events' ? 'data: 2\n\n' : '2\n'), 300)
    return undefined
  })
  return listening(server)
}

describe.skipIf(!isInstalled && !process.env['CI'])('nginx with gzip and buffering', () => {
  describe('in front of better-sse, which asks it to pass on at once', () => {
    testFeed(behindNginx(startBetterSse), { sentinel: '"[DONE]"' })
  })

  describe('in front of a server that does not', () => {
    const start = behindNginx(startSilent)

    it('holds events back, and all of them come at the end', async () => {
      const { client } = await started(start)
      const times: number[] = []
      let encoding: string | null = ''
      const stream = openAny(
        client,
        {
          onOpen: ({ headers }) => {
            encoding = headers.get('content-encoding')
          },
          onMessage: () => times.push(performance.now()),
        },
        planOf('text/event-stream', { path: '/events' }),
      )
      await stream.done
      expect(encoding).toBe('gzip')
      expect(times).toHaveLength(2)
      expect((times[1] ?? 0) - (times[0] ?? 0)).toBeLessThan(150)
    })
    it('is found out by idleTimeout', async () => {
      const { client } = await started(start)
      const stream = openAny(
        client,
        { connectTimeout: 100, idleTimeout: 100, reconnect: false },
        planOf('text/event-stream', { path: '/events' }),
      )
      await expect(stream.toArray()).rejects.toMatchObject({ kind: 'timeout' })
    })
    it('loses no record', async () => {
      const { client } = await started(start)
      expect(await openNdjson(client, {}, planOf('application/x-ndjson', { path: '/rows' })).toArray()).toEqual([1, 2])
    })
    it('compresses a download, of which nobody knows the size', async () => {
      const { client } = await started(start)
      const seen: Progress[] = []
      const onProgress = (progress: Progress) => seen.push(progress)
      const file = await openBinary(client, { onProgress }, planOf('*/*', { path: '/file' })).blob()
      expect(Buffer.alloc(300_000, 'streamwright').equals(Buffer.from(await file.arrayBuffer()))).toBe(true)
      expect(seen.at(-1)).toEqual({ loaded: 300_000, total: undefined })
    })
  })

  it('answers 502 when nothing is behind it, which is asked again', async () => {
    const { client } = await started(
      behindNginx(async () => ({ url: `http://127.0.0.1:${await freePort()}`, stop: () => {} })),
    )
    const statuses: unknown[] = []
    const stream = openAny(client, {
      minDelay: 1,
      maxDelay: 2,
      onStatusChange: (status, reconnect) => statuses.push(reconnect?.error.status ?? status),
    })
    await expect(stream.toArray()).rejects.toMatchObject({ kind: 'http', status: 502 })
    expect(statuses).toEqual(['connecting', 502, 502, 502, 502, 'closed'])
  })
})
