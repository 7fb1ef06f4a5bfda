import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

const noticeCookie = 'peelian_notice'
const longest = 600

/** Keeps a sentence for the next page, in a signed cookie: "The question was put to Ardenshire Police." */
export function keepNotice(reply: FastifyReply, sentence: string): void {
  reply.setCookie(noticeCookie, Buffer.from(sentence.slice(0, longest)).toString('base64url'), {
    path: '/workspace',
    httpOnly: true,
    sameSite: 'lax',
    signed: true,
    maxAge: 60,
  })
}

/** The sentence kept by the page before, once. */
export function takeNotice(request: FastifyRequest, reply: FastifyReply): string | null {
  const cookie = request.cookies[noticeCookie]
  if (cookie === undefined) return null
  reply.clearCookie(noticeCookie, { path: '/workspace' })
  const { valid, value } = request.unsignCookie(cookie)
  return valid ? Buffer.from(value, 'base64url').toString('utf8') : null
}
