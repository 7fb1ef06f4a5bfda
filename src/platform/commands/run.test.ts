import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Fault } from '../fault.ts'
import type { Command } from './command.ts'
import { runCommand } from './run.ts'
import { table } from './table.ts'

const commands: readonly Command[] = [
  {
    name: 'greet',
    summary: 'say good day',
    usage: ['npx peelian greet NAME [--loud]'],
    options: { loud: { type: 'boolean' } },
    words: [1, 1],
    async run({ typed, output }) {
      output.progress('thinking')
      const said = `Good day, ${typed.words[0]}${typed.options['loud'] === true ? '!' : '.'}`
      output.result({ said }, () => said)
    },
  },
  {
    name: 'greet everyone',
    summary: 'say good day to all',
    usage: ['npx peelian greet everyone'],
    words: [0, 0],
    async run({ output }) {
      output.result([], () =>
        table(
          ['Name', 'Times'],
          [
            ['Ada', 3],
            ['Bartholomew', 12],
          ],
        ),
      )
      return 1
    },
  },
  {
    name: 'stumble',
    summary: 'meet a fault',
    usage: ['npx peelian stumble [--badly]'],
    options: { badly: { type: 'boolean' } },
    words: [0, 0],
    async run({ typed }) {
      throw typed.options['badly'] === true
        ? new TypeError('a programming mistake')
        : new Fault('Set PORT to a number.')
    },
  },
]

const waiting: Command = {
  name: 'wait',
  summary: 'never end',
  usage: ['npx peelian wait'],
  words: [0, 0],
  run: () => new Promise(() => undefined),
}
const serving: Command = {
  ...waiting,
  name: 'serve',
  endsWhenStopped: true,
  run: ({ stopped }) => new Promise(resolve => stopped.addEventListener('abort', () => resolve(0))),
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const streams = { out: (text: string) => (out += text), err: (text: string) => (err += text) }
  const code = await runCommand(commands, args, streams, new AbortController().signal)
  return { code, out, err }
}

describe('runCommand', () => {
  it('prints results for people on stdout, and the rest on stderr', async () => {
    assert.deepEqual(await run('greet', 'Ada', '--loud'), { code: 0, out: 'Good day, Ada!\n', err: 'thinking\n' })
  })

  it('prints nothing but JSON on stdout when asked', async () => {
    const { out } = await run('greet', 'Ada', '--json')
    assert.deepEqual(JSON.parse(out), { said: 'Good day, Ada.' })
  })

  it('takes the longest name, gives its exit code and lays out its table', async () => {
    assert.deepEqual(await run('greet', 'everyone'), {
      code: 1,
      out: 'Name         Times\n-----------  -----\nAda              3\nBartholomew     12\n',
      err: '',
    })
  })

  it('shows a fault as its sentence, without a trace', async () => {
    assert.deepEqual(await run('stumble'), { code: 1, out: '', err: 'Set PORT to a number.\n' })
  })

  it('cuts a command short when the process is to stop, but lets one that ends by itself do so', async () => {
    const codes = ['wait', 'serve'].map(async name => {
      const stopping = new AbortController()
      const silent = { out: () => undefined, err: () => undefined }
      const ended = runCommand([waiting, serving], [name], silent, stopping.signal)
      stopping.abort()
      return ended
    })
    assert.deepEqual(await Promise.all(codes), [130, 0])
  })

  it('shows anything else with its trace', async () => {
    const { code, err } = await run('stumble', '--badly')
    assert.equal(code, 1)
    assert.match(err, /TypeError: a programming mistake\n {4}at /)
  })

  const typedWrongly: [args: string[], sentence: RegExp][] = [
    [['greets'], /There is no command "greets"\. "npx peelian help" lists them/],
    [['greet'], /greet takes 1 word after its name, and 0 were given\. See "npx peelian help greet"/],
    [['greet', 'Ada', 'Bob'], /and 2 were given/],
    [['greet', 'Ada', '--quietly'], /'--quietly'.*See "npx peelian help greet"/s],
    [['greet', 'Ada', '--loud=yes'], /--loud.*See "npx peelian help greet"/s],
    [['help', 'greets'], /There is no command "greets"/],
    [['--nonsense'], /There is no command "--nonsense"/],
  ]
  for (const [args, sentence] of typedWrongly) {
    it(`ends with 2 for "${args.join(' ')}", and says what is meant`, async () => {
      const { code, out, err } = await run(...args)
      assert.deepEqual([code, out], [2, ''])
      assert.match(err, sentence)
    })
  }

  it('lists the commands, and says how one is typed', async () => {
    for (const args of [['help'], ['--help'], []]) {
      const { code, out } = await run(...args)
      assert.equal(code, 0)
      assert.match(out, /greet everyone {2}say good day to all/)
    }
    assert.match((await run('help', 'stumble')).out, /npx peelian stumble \[--badly\]/)
    assert.match((await run('stumble', '--help')).out, /npx peelian stumble \[--badly\]/)
  })
})
