/** The clients of a document in the shape of OpenAI's and Ollama's, against a mock LLM server that we did not write. */
import { LLMock } from '@copilotkit/aimock'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ApiClient,
  chat,
  chatStream,
  createChatCompletion,
  createChatCompletionStream,
  createClient,
  isStreamError,
} from '../../fixtures/generate/llm/expected/index.js'

const mock = new LLMock({ port: 0, latency: 1, chunkSize: 4 })
const ANSWER = 'Polly wants a 🦜 cracker, and so do I.'
const messages = [{ role: 'user' as const, content: 'hello' }]
const body = { model: 'gpt-4o', messages }
let openai: ApiClient
let ollama: ApiClient

beforeAll(async () => {
  mock.onMessage('hello', { content: ANSWER })
  await mock.start()
  openai = createClient({ baseUrl: `${mock.url}/v1`, auth: { apiKey: 'test' } })
  ollama = createClient({ baseUrl: mock.url })
})

afterAll(async () => {
  await mock.stop()
})

describe('chat completions of a mock LLM server', () => {
  it('come as one value', async () => {
    const completion = await createChatCompletion({ body }, { client: openai })
    expect(completion.choices[0]?.message.content).toBe(ANSWER)
  })

  it('come as events by iteration, up to [DONE]', async () => {
    let text = ''
    let count = 0
    for await (const { data } of createChatCompletionStream({ body }, { client: openai })) {
      text += data.choices[0]?.delta.content ?? ''
      count += 1
    }
    expect(text).toBe(ANSWER)
    expect(count).toBeGreaterThan(3)
  })

  it('come as events by callbacks, up to [DONE]', async () => {
    let text = ''
    let isComplete = false
    const stream = createChatCompletionStream(
      { body },
      {
        client: openai,
        onMessage: ({ data }) => {
          text += data.choices[0]?.delta.content ?? ''
        },
        onComplete: () => {
          isComplete = true
        },
      },
    )
    await stream.done
    expect(text).toBe(ANSWER)
    expect(isComplete).toBe(true)
  })

  it('fail with a typed error', async () => {
    const unknown = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'nobody expects this' }] }
    const stream = createChatCompletionStream({ body: unknown }, { client: openai })
    const error: unknown = await stream.toArray().catch((reason: unknown) => reason)
    if (!isStreamError(error) || error.kind !== 'http') throw new Error('no http error')
    expect(error.status).toBe(404)
    expect(error.body).toMatchObject({ error: { message: expect.any(String) } })
  })
})

describe('the Ollama chat of a mock LLM server', () => {
  it('comes as one value, because the client sends stream: false', async () => {
    const reply = await chat({ body: { model: 'llama3', messages } }, { client: ollama })
    expect(reply.message.content).toBe(ANSWER)
    expect(reply.done).toBe(true)
  })

  it('comes as lines by iteration', async () => {
    const replies = await chatStream({ body: { model: 'llama3', messages } }, { client: ollama }).toArray()
    expect(replies.map(({ message }) => message.content).join('')).toBe(ANSWER)
    expect(replies.map(({ done }) => done)).toEqual([...replies.slice(1).map(() => false), true])
  })

  it('comes as lines by callbacks', async () => {
    let text = ''
    const onChunk = ({ message }: { message: { content: string | null } }): void => {
      text += message.content
    }
    await chatStream({ body: { model: 'llama3', messages } }, { client: ollama, onChunk }).done
    expect(text).toBe(ANSWER)
  })
})
