/** A chat in a terminal, by the client that is generated from `openapi.yaml`. */
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import { configure, isStreamError, joinRoom, type News } from './api/index.js'

const [name = 'somebody', room = 'kitchen', baseUrl] = process.argv.slice(2)

// Node has a WebSocket of its own from version 22 on.
configure({ WebSocket, ...(baseUrl === undefined ? {} : { baseUrl }) })

const chat = joinRoom(
  { room, name },
  {
    onStatusChange: (status, reconnect) => {
      if (reconnect) console.log(`* ${reconnect.error.message}; next attempt in ${Math.round(reconnect.delay)} ms`)
      else if (status !== 'closed') console.log(`* ${status}`)
    },
    onError: (error) => console.log(`* ${error.kind === 'remote' ? error.body.reason : error.message}`),
  },
)

const input = createInterface({ input: process.stdin })
input.on('close', () => chat.close())
input.on('line', (text) => {
  if (text === '/quit') return chat.close()
  chat.send({ text }).catch((error: unknown) => {
    if (isStreamError(error)) console.log(`* not sent: ${error.message}`)
  })
})

try {
  for await (const news of chat) console.log(show(news))
} catch {
  // onError has shown it.
  process.exitCode = 1
} finally {
  input.close()
}

function show(news: News): string {
  if (news.kind === 'said') return `${news.from}: ${news.text}`
  return `* ${news.name} ${news.kind}; here are ${news.present.join(', ')}`
}
