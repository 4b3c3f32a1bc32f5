import { type DevicePreviewBoot, deviceIds } from '../../contract/device-boot'
import { createTexts, readBoot } from '../call/boot-data'
import { createLocalMedia } from '../call/local-media'
import { createOwnPicture } from '../call/own-picture'
import { tabMemory } from '../call/page-id'

const boot = readBoot() as DevicePreviewBoot
createOwnPicture(deviceIds, createLocalMedia(tabMemory()), createTexts(boot), '')
