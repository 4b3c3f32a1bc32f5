import { expect, test } from 'vitest'
import { localizedPath, splitLanguage } from './localized-path'

test.each([
  ['/', 'pl', '/'],
  ['/en', 'en', '/'],
  ['/en/', 'en', '/'],
  ['/en?x=1', 'en', '/?x=1'],
  ['/uk/temat?a=b', 'uk', '/temat?a=b'],
  ['/enigma', 'pl', '/enigma'],
  ['/pl/temat', 'pl', '/pl/temat'],
  ['/xx/temat', 'pl', '/xx/temat'],
])('%s is in %s the page %s', (url, language, path) => {
  expect(splitLanguage(url)).toEqual({ language, path })
})

test('a page in a language leads back to itself', () => {
  for (const language of ['pl', 'en', 'uk'] as const)
    for (const path of ['/', '/temat?temat=benefits'])
      expect(splitLanguage(localizedPath(language, path))).toEqual({ language, path })
})
