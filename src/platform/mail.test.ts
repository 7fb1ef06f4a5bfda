import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type TestDatabase, testDatabase } from './database/testing.ts'
import { inTransaction } from './database/transaction.ts'
import { type RunningJobs, startJobs } from './jobs.ts'
import { composeMail, registerMail, sendMail } from './mail.ts'

const view = 'platform/access/views/mail-new-password.njk'
const model = { name: 'Ada <b>Lead</b>', address: 'https://policing.example.org/workspace/new-password/abc' }

describe('composing a mail', () => {
  it('takes the subject from the first line, and makes a link of an address that stands alone', () => {
    const mail = composeMail('ada@example.org', view, model)
    assert.equal(mail.subject, 'Choose a new password')
    assert.match(mail.text, /^Ada <b>Lead<\/b>, someone asked/)
    assert.match(mail.html, /Ada &lt;b&gt;Lead&lt;\/b&gt;, someone asked/)
    assert.match(mail.html, /<a href="https:\/\/policing\.example\.org\/workspace\/new-password\/abc">/)
  })

  it('lets no value begin a line of its own', () => {
    const mail = composeMail('ada@example.org', 'platform/access/views/mail-invitation.njk', {
      organisation: 'Office\nBcc: everyone@example.org\n\nhttps://evil.example',
      area: 'a',
      invitedBy: 'b',
      roles: 'c',
      until: 'd',
      address: 'https://policing.example.org',
    })
    assert.ok(!mail.subject.includes('\n'))
    assert.doesNotMatch(mail.html, /href="https:\/\/evil/)
  })

  it('refuses to leave a value out', () => {
    assert.throws(() => composeMail('ada@example.org', view, { name: 'Ada' }))
  })
})

/** Waits until a condition holds, at most ten seconds. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  assert.fail('It did not happen within ten seconds')
}

/** A mail server that takes everything, and gives what it took to a function. */
function mailServer(took: (data: string) => void): Server {
  return createServer((socket: Socket) => {
    let reading = false
    let data = ''
    socket.write('220 test\r\n')
    socket.on('data', chunk => {
      for (const line of chunk.toString().split('\r\n').slice(0, -1)) {
        if (reading && line === '.') {
          reading = false
          took(data)
          socket.write('250 taken\r\n')
        } else if (reading) data += `${line}\n`
        else if (line === 'DATA') {
          reading = true
          socket.write('354 go on\r\n')
        } else socket.write(line.startsWith('QUIT') ? '221 bye\r\n' : '250 test\r\n')
      }
    })
  })
}

describe('sending a mail', () => {
  let database: TestDatabase
  let dataDirectory: string
  let jobs: RunningJobs | undefined
  const said: string[] = []
  const baseUrl = 'https://policing.example.org'
  const log = (message: string) => void said.push(message)
  before(async () => {
    database = await testDatabase()
    dataDirectory = await mkdtemp(path.join(tmpdir(), 'peelian-mail-'))
    registerMail({ smtpUrl: undefined, dataDirectory, baseUrl, log })
    jobs = await startJobs({ url: database.urls.program, onFailure: (_job, fault) => log(String(fault)) })
  })
  after(async () => {
    await jobs?.stop()
    await database.close()
    await rm(dataDirectory, { recursive: true })
  })

  it('writes a file where no mail server is set, and says where but not to whom', async () => {
    const folder = path.join(dataDirectory, 'mail')
    await inTransaction(database.program, null, trx => sendMail(trx, composeMail('ada@example.org', view, model)))
    await until(async () => said.length > 0)
    const [file = ''] = await readdir(folder)
    const content = await readFile(path.join(folder, file), 'utf8')
    assert.match(content, /^To: ada@example\.org$/m)
    assert.match(content, /^Subject: Choose a new password$/m)
    assert.match(content, /^From: Peelian <peelian@policing\.example\.org>$/m)
    assert.match(content, /text\/plain[\s\S]*text\/html/)
    assert.equal((await stat(path.join(folder, file))).mode & 0o077, 0, 'nobody else may read it')
    assert.ok(said[0]?.includes(path.join(folder, file)))
    assert.ok(!said.join().includes('ada@'))
  })

  it('sends nothing if the transaction does not commit', async () => {
    const folder = path.join(dataDirectory, 'mail')
    const before_ = (await readdir(folder)).length
    await assert.rejects(
      inTransaction(database.program, null, async trx => {
        await sendMail(trx, composeMail('ghost@example.org', view, model))
        throw new Error('changed my mind')
      }),
    )
    await inTransaction(database.program, null, trx => sendMail(trx, composeMail('next@example.org', view, model)))
    await until(async () => (await readdir(folder)).length > before_)
    const files = await Promise.all((await readdir(folder)).map(file => readFile(path.join(folder, file), 'utf8')))
    assert.ok(files.some(file => file.includes('next@example.org')))
    assert.ok(!files.some(file => file.includes('ghost@example.org')))
  })

  it('goes by SMTP where a server is set, from the sender named in its address', async () => {
    const taken: string[] = []
    const server = mailServer(data => void taken.push(data))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const smtpUrl = `smtp://127.0.0.1:${port}?from=office@ardenshire.example&ignoreTLS=true`
    registerMail({ smtpUrl, dataDirectory, baseUrl, log })
    await inTransaction(database.program, null, trx => sendMail(trx, composeMail('sent@example.org', view, model)))
    await until(async () => taken.length > 0)
    assert.match(taken[0] ?? '', /^From: office@ardenshire\.example$/m)
    assert.match(taken[0] ?? '', /^To: sent@example\.org$/m)
    await new Promise(resolve => server.close(resolve))
  })

  it('that the server does not take is told of without naming anybody', async () => {
    said.length = 0
    registerMail({ smtpUrl: 'smtp://127.0.0.1:1', dataDirectory, baseUrl, log })
    await inTransaction(database.program, null, trx => sendMail(trx, composeMail('lost@example.org', view, model)))
    await until(async () => said.length > 0)
    assert.match(said[0] ?? '', /did not take a mail/)
    assert.ok(!said.join().includes('lost@'))
  })
})
