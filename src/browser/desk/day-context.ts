import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { DeskDayBoot, DeskDayCountedKey, DeskDayTextKey } from '../../contract/desk-day-boot'
import type { Texts } from '../call/boot-data'

/** What every part of the day page needs. */
export interface DayContext extends Texts<DeskDayTextKey, DeskDayCountedKey> {
  boot: DeskDayBoot
  clockTime: (instant: Date) => string
}

const context = createContext<DayContext | null>(null)
export const DayProvider = context.Provider

export function useDay(): DayContext {
  const day = useContext(context)
  if (!day) throw new Error('Used outside of the day page')
  return day
}
