import { expect, test } from 'vitest'
import { failureMeaning } from './failure-meaning'
import { smtpFailure } from './smtp-failure'

test.each([
  ['SMTP 550 5.1.1 EENVELOPE RCPT TO', 'recipient'],
  ['SMTP 452 4.2.2 EENVELOPE RCPT TO', 'later'],
  ['SMTP 554 5.7.1 EMESSAGE DATA', 'content'],
  ['SMTP 535 5.7.8 EAUTH AUTH PLAIN', 'login'],
  ['SMTP 550 5.7.1 EENVELOPE MAIL FROM', 'login'],
  ['SMTP ESOCKET ECONNREFUSED CONN', 'provider'],
  ['SMSAPI 13', 'recipient'],
  ['SMSAPI 101', 'login'],
  ['SMSAPI 103', 'credit'],
  ['SMSAPI 12', 'content'],
  ['SMSAPI 201', 'provider'],
  ['SMSAPI HTTP 502', 'provider'],
  ['SMSAPI no answer in time', 'provider'],
  ['HTTP gateway 400', 'recipient'],
  ['HTTP gateway 408', 'later'],
  ['HTTP gateway 401', 'login'],
  ['HTTP gateway 429', 'provider'],
  ['HTTP gateway ECONNREFUSED', 'provider'],
  ['not rendered: TypeError', 'ours'],
  ['', 'unknown'],
] as const)('%s means: %s', (error, meaning) => expect(failureMeaning(error)).toBe(meaning))

test('what the mailer writes down is understood', () => {
  const refused = {
    code: 'EENVELOPE',
    command: 'RCPT TO',
    responseCode: 550,
    response: '550 5.1.1 No such user',
  }
  expect(failureMeaning(smtpFailure(refused).message)).toBe('recipient')
})
