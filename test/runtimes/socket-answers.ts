import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Answer, SocketAnswer, Visit } from '../../fixtures/conformance/check.js'

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

interface Handshake {
  readonly visit: Writable<Visit>
  readonly answer: Answer
  /** The open sockets of the same check. */
  readonly members: Set<WebSocket>
}

/** Answers the handshakes of a server; those of no check are dropped. */
export function answerSockets(server: Server, find: (request: IncomingMessage) => Handshake | undefined): void {
  const handleProtocols = (offered: Set<string>): string | false => offered.has('encore-ws') && 'encore-ws'
  const sockets = new WebSocketServer({ noServer: true, handleProtocols, perMessageDeflate: false })
  server.on('upgrade', (request, wire, head) => {
    wire.on('error', () => {})
    const found = find(request)
    if (!found) return wire.destroy()
    wire.on('close', () => {
      found.visit.isLeft = true
    })
    const { socket } = found.answer
    if (!socket) return refuse(wire, found.answer)
    return sockets.handleUpgrade(request, wire, head, (peer) => play({ peer, wire, script: socket, ...found }))
  })
}

function refuse(wire: Duplex, { status = 500, ending }: Answer): void {
  // It is seen to leave only where it is read.
  if (ending === 'silent') wire.on('end', () => wire.end()).resume()
  else if (ending === 'destroy') wire.destroy()
  else wire.end(`HTTP/1.1 ${status} No\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

interface Play extends Handshake {
  readonly peer: WebSocket
  readonly wire: Duplex
  readonly script: SocketAnswer
}

function play({ peer, wire, script, visit, members }: Play): void {
  const { after = 0, passes, stall } = script
  const messages: string[] = []
  visit.messages = messages
  visit.size = 0
  members.add(peer)
  peer.on('error', () => {})
  peer.on('close', (code) => {
    visit.closedWith = code
    members.delete(peer)
  })
  peer.on('message', (data, isBinary) => {
    const text = `${data}`
    visit.size = (visit.size ?? 0) + text.length
    if (text.length < 1000) messages.push(isBinary ? [...text].map((char) => char.charCodeAt(0)).join() : text)
    for (const member of passes === 'to all' ? members : passes ? [peer] : []) member.send(data, { binary: isBinary })
    if (messages.length === after) speak({ peer, wire, script })
  })
  if (stall) {
    wire.pause()
    setTimeout(() => wire.resume(), stall)
  }
  if (!after) speak({ peer, wire, script })
}

function speak({ peer, wire, script }: Pick<Play, 'peer' | 'wire' | 'script'>): void {
  const { frames = [], flood = 0, close } = script
  for (const frame of frames) peer.send(typeof frame === 'string' ? frame : Uint8Array.from(frame))
  for (let count = 0; count < flood; count++) peer.send(JSON.stringify(`${count} `.padEnd(9998, 'x')))
  if (close === 'drop') setTimeout(() => wire.destroy(), 20)
  else if (close === 1005) peer.close()
  else if (close) peer.close(close, 'because')
}
