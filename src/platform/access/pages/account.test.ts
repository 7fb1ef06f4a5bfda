import assert from 'node:assert/strict'
import { it } from 'node:test'
import { browserWords } from './account.ts'

it('browsers are named in words by which their owner knows them again', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0 Safari/537.36'
  assert.equal(browserWords(chrome), 'Chrome on Windows')
  assert.equal(browserWords(`${chrome} Edg/153.0`), 'Edge on Windows')
  assert.equal(
    browserWords('Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0'),
    'Firefox on Linux',
  )
  assert.equal(
    browserWords('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1'),
    'Safari on an iPhone',
  )
  assert.equal(browserWords('curl/8.0'), 'Another program')
  assert.equal(browserWords(null), 'Another program')
})
