/** The clients of OpenAI's and Ollama's own documents against a mock LLM server that we did not write. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LLMock } from '@copilotkit/aimock'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/index.js'

const project = fileURLToPath(new URL('../../', import.meta.url))
const specs = join(project, '../shared/specs')
const ANSWER = 'The parrot is resting — pining for the fjords. 🦜'

interface Handle extends AsyncIterable<Record<string, unknown>> {
  readonly done: Promise<void>
  toArray(): Promise<Record<string, unknown>[]>
}

/** What this test uses of the output, which no compiler sees here; `test/consumers` compiles all of it. */
interface Output {
  [name: string]: (params: object, options?: object) => Handle & Promise<Record<string, unknown>>
}

describe.skipIf(!existsSync(specs))('the clients of real documents (needs ../shared)', () => {
  const mock = new LLMock({ port: 0, latency: 1, chunkSize: 6 })
  const folder = mkdtempSync(join(project, '.generated-'))
  const body = { model: 'gpt-4o', messages: [{ role: 'user', content: 'parrot' }] }
  let openai: Output
  let ollama: Output
  let openaiOptions: { client: object | undefined }
  let ollamaOptions: { client: object | undefined }

  async function load(name: string): Promise<Output> {
    const out = join(folder, name)
    await generate({ input: join(specs, `${name}.yaml`), out })
    return import(/* @vite-ignore */ join(out, 'index.ts'))
  }

  beforeAll(async () => {
    mock.onMessage('parrot', { content: ANSWER })
    await mock.start()
    openai = await load('openai')
    ollama = await load('ollama')
    openaiOptions = {
      client: openai['createClient']?.({ baseUrl: `${mock.url}/v1`, auth: { ApiKeyAuth: () => 'test' } }),
    }
    ollamaOptions = { client: ollama['createClient']?.({ baseUrl: mock.url }) }
  })

  afterAll(async () => {
    await mock.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('createChatCompletion answers as one value', async () => {
    const completion = await openai['createChatCompletion']?.({ body }, openaiOptions)
    expect(completion).toMatchObject({ object: 'chat.completion', choices: [{ message: { content: ANSWER } }] })
  })

  it('createChatCompletionStream gives typed pieces by iteration, up to [DONE]', async () => {
    const messages = (await openai['createChatCompletionStream']?.({ body }, openaiOptions).toArray()) ?? []
    expect(messages.length).toBeGreaterThan(4)
    expect(messages.map(textOfChunk).join('')).toBe(ANSWER)
  })

  it('createChatCompletionStream gives typed pieces by callbacks, up to [DONE]', async () => {
    let text = ''
    const onMessage = (message: Record<string, unknown>): void => {
      text += textOfChunk(message)
    }
    await openai['createChatCompletionStream']?.({ body }, { ...openaiOptions, onMessage }).done
    expect(text).toBe(ANSWER)
  })

  it('createResponse answers as one value, and as events by both styles', async () => {
    const params = { body: { model: 'gpt-4o', input: 'parrot' } }
    expect(await openai['createResponse']?.(params, openaiOptions)).toMatchObject({
      object: 'response',
      status: 'completed',
    })
    const messages = (await openai['createResponseStream']?.(params, openaiOptions).toArray()) ?? []
    const types: unknown[] = []
    const onMessage = ({ data }: Record<string, unknown>): void => void types.push(Reflect.get(Object(data), 'type'))
    await openai['createResponseStream']?.(params, { ...openaiOptions, onMessage }).done
    expect(types.at(0)).toBe('response.created')
    expect(types.at(-1)).toBe('response.completed')
    expect(messages.map(({ data }) => Reflect.get(Object(data), 'type'))).toEqual(types)
  })

  it("Ollama's chat answers as one value, and as lines by both styles", async () => {
    const reply = await ollama['chat']?.({ body }, ollamaOptions)
    expect(reply).toMatchObject({ message: { content: ANSWER }, done: true })
    const lines = (await ollama['chatStream']?.({ body }, ollamaOptions).toArray()) ?? []
    let text = ''
    const onChunk = (line: Record<string, unknown>): void => {
      text += contentOf(line)
    }
    await ollama['chatStream']?.({ body }, { ...ollamaOptions, onChunk }).done
    expect(lines.map(contentOf).join('')).toBe(ANSWER)
    expect(text).toBe(ANSWER)
  })
})

function textOfChunk({ data }: Record<string, unknown>): string {
  const choices: unknown = Reflect.get(Object(data), 'choices')
  const [first]: unknown[] = Array.isArray(choices) ? choices : []
  return String(Reflect.get(Object(Reflect.get(Object(first), 'delta')), 'content') ?? '')
}

function contentOf({ message }: Record<string, unknown>): string {
  return String(Reflect.get(Object(message), 'content'))
}
