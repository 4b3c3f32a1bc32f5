import type { BootTexts, DeviceGoneKey } from '../contract/boot'
import type { TextArgs } from '../platform/i18n/message'

/** Values that only the page knows: they stay in the text as they are, for it to fill. */
const open: TextArgs = Object.fromEntries(
  [
    ...[
      'name',
      'time',
      'officer',
      'n',
      'elapsed',
      'minutes',
      'down',
      'up',
      'loss',
      'rtt',
      'reference',
      'max',
      'number',
      'tracks',
    ],
    ...[
      'check',
      'browser',
      'version',
      'minimum',
      'width',
      'height',
      'megabits',
      'neededWidth',
      'neededHeight',
    ],
  ].map((name) => [name, `{${name}}`]),
)

type Translate<Key> = (key: Key, args: TextArgs) => string

/** The texts of a page by key; what `args` does not give is left open. */
export const textsOf = <Key extends string>(
  t: Translate<Key>,
  keys: readonly Key[],
  args: TextArgs = {},
): Record<Key, string> =>
  Object.fromEntries(keys.map((key) => [key, t(key, { ...open, ...args })])) as Record<Key, string>

/** Texts that count up to `most` in their argument {n}. */
export const countedOf = <Key extends string>(
  t: Translate<Key>,
  keys: readonly Key[],
  most: number,
): Record<Key, string[]> =>
  Object.fromEntries(
    keys.map((key) => [key, Array.from({ length: most + 1 }, (_, n) => t(key, { n }))]),
  ) as Record<Key, string[]>

/** "Camera unplugged" and "microphone unplugged" are one message with a choice; pages get them ready. */
export const deviceGoneTexts = (
  t: Translate<'call.deviceGone' | 'call.deviceGoneNone'>,
): Record<DeviceGoneKey, string> => {
  const text = (key: 'call.deviceGone' | 'call.deviceGoneNone', device: string) => t(key, { ...open, device })
  return {
    'call.deviceGone.camera': text('call.deviceGone', 'camera'),
    'call.deviceGone.microphone': text('call.deviceGone', 'microphone'),
    'call.deviceGoneNone.camera': text('call.deviceGoneNone', 'camera'),
    'call.deviceGoneNone.microphone': text('call.deviceGoneNone', 'microphone'),
  }
}

/** Boot data as the content of a script element: nothing in it can end the element. */
export const bootJson = (boot: BootTexts<string, string>): string =>
  JSON.stringify(boot).replaceAll('<', '\\u003c')
