import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localPath } from './local-path.ts'

test('a path of this site is kept with its query', () => {
  assert.equal(localPath('/workspace/scrutiny/questions?state=put#top'), '/workspace/scrutiny/questions?state=put#top')
})

test('anything that leads elsewhere becomes the fallback', () => {
  const elsewhere = [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    'javascript:alert(1)',
    '',
    ' /x',
    '/a\r\nb',
    '/\tx',
    undefined,
  ]
  for (const to of elsewhere) assert.equal(localPath(to), '/workspace', String(to))
})
