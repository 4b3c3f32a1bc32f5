import { describe, expect, test } from 'vitest'
import { reasonProblems } from './person-reason'

const known = ['Halina', 'Żółć-Wiśniewska', '+48601234567', 'halina@example.org']

describe('the reason of an inspector', () => {
  test.each([
    ['Wniosek z art. 15 RODO, znak RODO.12.2026', []],
    ['', ['reason_missing']],
    ['x'.repeat(501), ['reason_too_long']],
    ['Dowód ABC 123456', ['document_number']],
    ['Halina, dowód ABC 123456', ['document_number', 'reason_names']],
    ['Wniosek pani Haliny', []],
    ['Wniosek: Halina W.', ['reason_names']],
    ['wniosek pani wiśniewska', ['reason_names']],
    ['Dzwoniła z 601 234 567', ['reason_names']],
    ['Pisała z HALINA@example.org', ['reason_names']],
  ] as const)('%s', (reason, problems) => {
    expect(reasonProblems(reason, known)).toEqual(problems)
  })
})
