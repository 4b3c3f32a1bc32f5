import type { MeetingCountedKey, MeetingTextKey } from '../../contract/meeting-boot'
import type { Texts } from '../call/boot-data'

export type MeetingTexts = Texts<MeetingTextKey, MeetingCountedKey>
