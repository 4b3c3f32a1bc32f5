import { type BootTexts, mediaTextKeys } from './boot'
import { meetingIds } from './meeting-boot'

/** `/sprawdz-urzadzenie`: own picture and sound level. */
export interface DevicePreviewBoot extends BootTexts<DeviceTextKey, never> {
  demo: boolean
}

/** Element ids of the device page. */
export const deviceIds = {
  allow: meetingIds.allow,
  ownPicture: meetingIds.ownPicture,
  ownVideo: meetingIds.ownVideo,
  ownNote: meetingIds.ownNote,
  level: meetingIds.level,
  levelNote: meetingIds.levelNote,
  problem: meetingIds.problem,
  testPicture: meetingIds.testPicture,
} as const

export const deviceTextKeys = mediaTextKeys

export type DeviceTextKey = (typeof deviceTextKeys)[number]
