import Fastify from 'fastify'
import { readFile } from 'node:fs/promises'

/** The reference of the page benchmark: Fastify and nothing else, serving the bytes of a file. */
const [, , file = '', port = '0'] = process.argv
const bytes = await readFile(file)
const app = Fastify()
app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(bytes))
await app.listen({ host: '127.0.0.1', port: Number(port) })
