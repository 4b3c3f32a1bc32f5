import { describe, expect, test } from 'vitest'
import { smtpFailure } from './smtp-failure'

const error = (fields: Record<string, unknown>) => Object.assign(new Error('said the server'), fields)

describe('what a failed SMTP dialogue means', () => {
  test.each([
    ['no such mailbox', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }, 'permanent'],
    ['an address no server can be asked about', { code: 'EENVELOPE', command: 'API' }, 'permanent'],
    ['content refused', { code: 'EMESSAGE', command: 'DATA', responseCode: 554 }, 'permanent'],
    ['greylisting', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451 }, 'later'],
    ['mailbox full', { code: 'EMESSAGE', command: 'DATA', responseCode: 452 }, 'later'],
    ['our sender refused', { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550 }, 'outage'],
    ['wrong password', { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }, 'outage'],
    ['closing down', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 421 }, 'outage'],
    ['connection refused', { code: 'ESOCKET', originalCode: 'ECONNREFUSED', command: 'CONN' }, 'outage'],
    ['no answer in time', { code: 'EABORT' }, 'outage'],
    ['something unheard of', {}, 'outage'],
  ])('%s', (_what, fields, meaning) => {
    const { permanent, outage } = smtpFailure(error(fields))
    expect(permanent ? 'permanent' : outage ? 'outage' : 'later').toBe(meaning)
  })

  test('keeps codes and no word of the server, which may repeat the address', () => {
    const failure = smtpFailure(
      error({
        code: 'EENVELOPE',
        command: 'RCPT TO',
        responseCode: 550,
        response: '550 5.1.1 <halina@example.pl>: no such user',
      }),
    )
    expect(failure.message).toBe('SMTP 550 5.1.1 EENVELOPE RCPT TO')
    expect(failure.cause).toBeUndefined()
  })
})
