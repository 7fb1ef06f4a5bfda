import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { passwordFault } from './password-rule.ts'

describe('a new password', () => {
  it('is 12 to 200 characters, counted as people count them', () => {
    assert.equal(passwordFault('kelp orbit7'), 'too-short')
    assert.equal(passwordFault('kelp orbit77'), null)
    assert.equal(passwordFault('🦊🐻🦉🐝🐢🐙🦀🐬🦜🐌🦔'), 'too-short')
    assert.equal(passwordFault('x'.repeat(201)), 'too-long')
  })

  it('may be three words, a sentence, or what a password manager makes', () => {
    for (const good of [
      'violet lantern hedgerow',
      'Thursday is when we bake rye',
      'v9#Lq2!mZr7$',
      '84 19 03 77 52 60',
    ]) {
      assert.equal(passwordFault(good), null, good)
    }
  })

  it('is not one that anyone would try first, however it is dressed up', () => {
    const common = [
      'password1234',
      'P@ssw0rd2024!',
      'Welcome12345!',
      'qwertyuiop12',
      '123456789012',
      '210987654321',
      'aaaaaaaaaaaa',
      'abcabcabcabc',
      'letmeinletmein',
      'Police2025!!!',
      'September2026!',
      'adminadmin123',
    ]
    for (const bad of common) assert.equal(passwordFault(bad), 'common', bad)
  })

  it('is not made of whose it is', () => {
    const person = { name: 'Rosalind Ferrers', email: 'rferrers@ardenshire-opcc.example' }
    for (const bad of ['RosalindFerrers', 'ferrers-2026-rosalind', 'rferrers@ardenshire-opcc.example']) {
      assert.equal(passwordFault(bad, person), 'about-you', bad)
    }
    assert.equal(passwordFault('Rosalind keeps nine goats', person), null)
  })

  it('is always answered, and is never taken below 12 characters', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40, unit: 'grapheme' }), fc.string(), (password, name) => {
        const fault = passwordFault(password, { name, email: `${name}@example.org` })
        if ([...password].length < 12) assert.equal(fault, 'too-short')
      }),
    )
  })
})
