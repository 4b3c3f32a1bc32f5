import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type Day } from '../../platform/zone'
import { type EditedWindow, editWindows, problemOf, type WindowHours } from './edit-windows'

const hours: WindowHours = {
  ...{ opens: '09:00', closes: '14:30', breaks: [['11:05', '11:35']] },
  ...{ visitMinutes: 20, bufferMinutes: 5, onHolidays: false },
}
const window = (id: number, changes: Partial<EditedWindow> = {}): EditedWindow => ({
  ...hours,
  ...{ id, deskId: 1, branchId: 1, weekday: 1, validFrom: '2026-01-01', validTo: null },
  ...changes,
})
const desk = { id: 1, branchId: 1 }
const edit = { desk, windowId: 1, weekday: 1, alsoOn: [], from: '2026-06-01', to: null, hours }
const shape = (windows: readonly EditedWindow[]) =>
  windows.map(({ weekday, opens, validFrom, validTo }) => [weekday, opens, validFrom, validTo])

describe('new hours of a window', () => {
  test('from a day on leave what was before written down', () => {
    const edited = editWindows([window(1)], { ...edit, hours: { ...hours, opens: '10:00' } })
    expect(edited).toMatchObject({ ok: true })
    if (edited.ok)
      expect(shape(edited.windows)).toEqual([
        [1, '09:00', '2026-01-01', '2026-05-31'],
        [1, '10:00', '2026-06-01', null],
      ])
  })

  test('for a while come between the old ones', () => {
    const edited = editWindows([window(1)], {
      ...edit,
      to: '2026-06-07',
      hours: { ...hours, opens: '10:00' },
    })
    if (edited.ok)
      expect(shape(edited.windows)).toEqual([
        [1, '09:00', '2026-01-01', '2026-05-31'],
        [1, '09:00', '2026-06-08', null],
        [1, '10:00', '2026-06-01', '2026-06-07'],
      ])
    expect(edited.ok).toBe(true)
  })

  test('that meet another window of the day are refused', () => {
    const afternoon = window(2, { opens: '14:30', closes: '18:00', breaks: [] })
    expect(editWindows([window(1), afternoon], { ...edit, hours: { ...hours, closes: '15:00' } })).toEqual({
      ok: false,
      reason: 'overlaps',
    })
    expect(editWindows([window(1), afternoon], edit).ok).toBe(true)
    expect(editWindows([window(1)], { ...edit, windowId: null })).toEqual({ ok: false, reason: 'overlaps' })
  })

  test('for further days replace what those had', () => {
    const tuesday = window(2, { weekday: 2, opens: '12:00', breaks: [] })
    const edited = editWindows([window(1), tuesday], { ...edit, alsoOn: [2, 3] })
    if (edited.ok)
      expect(shape(edited.windows)).toEqual([
        [1, '09:00', '2026-01-01', '2026-05-31'],
        [2, '12:00', '2026-01-01', '2026-05-31'],
        ...[1, 2, 3].map((day) => [day, '09:00', '2026-06-01', null]),
      ])
    expect(edited.ok).toBe(true)
  })

  test('of a window that is not there are refused', () => {
    expect(editWindows([], edit)).toEqual({ ok: false, reason: 'unknown' })
  })
})

test('whatever is edited: outside the period each day has the windows it had, inside the new one alone stands for the old', () => {
  const day = (n: number): Day => addDays('2026-06-01', n)
  const someDay = fc.integer({ min: -30, max: 30 }).map(day)
  const period = fc.tuple(someDay, fc.option(fc.integer({ min: 0, max: 40 })))
  const inForce = (windows: readonly EditedWindow[], on: Day) =>
    windows
      .filter(({ validFrom, validTo }) => validFrom <= on && (validTo === null || on <= validTo))
      .map(({ weekday, opens, closes }) => `${weekday} ${opens} ${closes}`)
      .sort()
  fc.assert(
    fc.property(period, period, fc.boolean(), ([from, length], [validFrom, validity], isRemoved) => {
      const to = length === null ? null : addDays(from, length)
      const before = [
        window(1, { validFrom, validTo: validity === null ? null : addDays(validFrom, validity) }),
        window(2, { weekday: 2 }),
      ]
      const edited = editWindows(before, {
        ...{ ...edit, from, to },
        hours: isRemoved ? null : { ...hours, opens: '07:00' },
      })
      if (!edited.ok) throw new Error(edited.reason)
      for (let n = -70; n <= 110; n++) {
        const on = day(n)
        const isInside = from <= on && (to === null || on <= to)
        const expected = isInside
          ? [...(isRemoved ? [] : ['1 07:00 14:30']), '2 09:00 14:30']
          : inForce(before, on)
        expect(inForce(edited.windows, on)).toEqual(expected)
      }
    }),
  )
})

test.each([
  [{}, undefined],
  [{ opens: '14:30' }, 'order'],
  [{ breaks: [['08:00', '09:30']] }, 'breaks'],
  [{ breaks: [['12:00', '12:00']] }, 'breaks'],
  [
    {
      breaks: [
        ['12:00', '13:00'],
        ['11:00', '11:30'],
      ],
    },
    'breaks',
  ],
  [{ opens: '09:00', closes: '09:15', breaks: [] }, 'too_short'],
  [{ opens: '09:00', closes: '09:50', breaks: [['09:15', '09:35']] }, 'too_short'],
  [{ closes: '24:00' }, undefined],
] as const)('hours with %j have the problem %s', (changes, problem) => {
  expect(problemOf({ ...hours, ...changes })).toBe(problem)
})
