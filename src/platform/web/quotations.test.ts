import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { quotationsIn, quotationsInHtml, quotedHtml, withoutMarkers, writeQuotation } from './quotations.ts'

const key = 'M-2025-01 "North & East" 2025-09 = 412'
const notes = new Map([[key, { href: '/a', note: 'revised to 418 on 3 May 2026' }]])
const escaped = '{figure M-2025-01 &quot;North &amp; East&quot; 2025-09 = 412}'

describe('Quoted figures in a page', () => {
  it('are printed with their note where text stands', () => {
    const html = `<p>In September ${escaped} crimes.</p>`
    assert.deepEqual(quotationsInHtml(html), [{ name: 'M-2025-01 "North & East" 2025-09', text: '412' }])
    assert.match(quotedHtml(html, notes), /<a class="govuk-link" href="\/a">412<\/a> <span[^>]*>\(revised to 418/)
  })
  it('stay as they are typed in a form, and are plain in titles', () => {
    const html = `<title>${escaped}</title><textarea id="t">${escaped}</textarea><input value="${escaped}">`
    assert.equal(
      quotedHtml(html, notes),
      `<title>412</title><textarea id="t">${escaped}</textarea><input value="${escaped}">`,
    )
    assert.deepEqual(quotationsInHtml(html), [])
  })
  it('without a note print the figure alone', () => {
    assert.equal(
      quotedHtml('<p>{figure M-2025-01 2025-09 = 9}</p>', notes),
      '<p><span class="peelian-quoted">9</span></p>',
    )
  })
  it('cannot bring markup in', () => {
    assert.doesNotMatch(quotedHtml('<p>{figure M = &lt;b&gt;9}</p>', new Map()), /<b>/)
    assert.doesNotMatch(quotedHtml('<p>{figure M = &amp;lt;b&amp;gt;}</p>', new Map()), /<b>/)
  })
  it('read back as they are written', () => {
    const quotation = { name: 'M-2025-01 2025-09', text: '£1,200' }
    assert.deepEqual(quotationsIn(`a ${writeQuotation(quotation)} b`), [quotation])
    assert.equal(withoutMarkers(`a ${writeQuotation(quotation)} b`), 'a £1,200 b')
    assert.equal(withoutMarkers('a {figures} b {figure }'), 'a {figures} b {figure }')
  })
})
