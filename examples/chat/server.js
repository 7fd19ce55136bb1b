/** Rooms to chat in: whatever one says goes to everybody in the room. `node examples/chat/server.js [port]` */
import { WebSocketServer } from 'ws'

const port = Number(process.argv[2] ?? 4010)

/** @type {Map<string, Map<import('ws').WebSocket, string>>} the members of each room, with their names */
const rooms = new Map()

const server = new WebSocketServer({ port, host: '127.0.0.1', maxPayload: 65_536 })
server.on('connection', (socket, request) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const name = url.searchParams.get('name') ?? ''
  const room = /^\/rooms\/([^/]+)$/.exec(url.pathname)?.[1]
  if (room === undefined || name === '') return socket.close(4000, 'join by /rooms/{room}?name={name}')
  const members = rooms.get(room) ?? new Map()
  rooms.set(room, members.set(socket, name))
  tell(members, { kind: 'joined', name, present: [...members.values()] })
  socket.on('message', (data) => {
    const text = textOf(`${data}`)
    if (text !== undefined) tell(members, { kind: 'said', from: name, text })
  })
  socket.on('close', () => {
    members.delete(socket)
    tell(members, { kind: 'left', name, present: [...members.values()] })
  })
})
server.on('listening', () => {
  const address = server.address()
  console.log(`The rooms are open at http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`)
})
server.on('error', (error) => {
  console.error(`The server cannot start: ${error.message}`)
  process.exitCode = 1
})

/** @param {ReadonlyMap<import('ws').WebSocket, string>} members @param {object} news */
function tell(members, news) {
  for (const socket of members.keys()) socket.send(JSON.stringify(news))
}

/**
 * What a line says; a message that is no line is dropped.
 * @param {string} message
 */
function textOf(message) {
  try {
    const { text } = Object(JSON.parse(message))
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}
