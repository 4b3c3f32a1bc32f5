import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeMarkdown, plainText, renderMarkdown } from './markdown'

describe('HTML of a long text', () => {
  test('has headings, paragraphs, line breaks, bold, lists and links', () => {
    const html = renderMarkdown(
      '# A\n\n## B\n\n**Kiedy:** dziś\n**Gdzie:** tu\n\n- jeden\n- [dwa](https://x.pl/?a=1&b=2)\n\n1. trzy',
    )
    expect(html).toBe(
      '<h1>A</h1><h2>B</h2><p><strong>Kiedy:</strong> dziś<br><strong>Gdzie:</strong> tu</p>' +
        '<ul><li>jeden</li><li><a href="https://x.pl/?a=1&amp;b=2">dwa</a></li></ul><ol><li>trzy</li></ol>',
    )
  })

  test('shows raw HTML as text', () => {
    expect(renderMarkdown('a <img src=x onerror=alert(1)> b')).toBe(
      '<p>a &lt;img src=x onerror=alert(1)&gt; b</p>',
    )
    expect(renderMarkdown('<script>alert(1)</script>')).toBe('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>')
  })

  test.each([
    'https://x.pl',
    'http://x.pl',
    'mailto:a@x.pl',
    'tel:+48225601600',
    '/zasady',
    'zasady',
    '#a',
    '?a=1',
  ])('links to %s', (href) => {
    expect(renderMarkdown(`a [b](${href})`)).toBe(`<p>a <a href="${href}">b</a></p>`)
  })

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    '//evil.example',
    'vbscript:x',
    '&#106;avascript:x',
  ])('does not link to %s', (href) => {
    expect(renderMarkdown(`a [b](<${href}>)`)).not.toContain('<a')
  })

  test('puts given attributes into the tags, those of a button into a link that stands alone', () => {
    const attributes = { p: 'style="margin:0"', a: 'class="l"', button: 'class="btn"' }
    expect(renderMarkdown('[A](/a)\n\nx [B](/b)', attributes)).toBe(
      '<p style="margin:0"><a href="/a" class="btn">A</a></p><p style="margin:0">x <a href="/b" class="l">B</a></p>',
    )
  })

  test('leaves a bare address as text for people to type', () => {
    expect(renderMarkdown('Wpisz www.zus.pl/e-wizyta')).toBe('<p>Wpisz www.zus.pl/e-wizyta</p>')
  })
})

describe('plain text of an e-mail', () => {
  test('keeps headings on their own line and drops bold marks', () => {
    expect(plainText('Dzień dobry,\n\n## Przygotuj się\n\n**Kiedy:** dziś\n**Gdzie:** tu\n')).toBe(
      'Dzień dobry,\n\nPrzygotuj się\n\nKiedy: dziś\nGdzie: tu\n',
    )
  })

  test('writes a link as label and address on a line of its own', () => {
    expect(plainText('[Wejdź]({x})'.replace('{x}', 'https://x.pl/a'))).toBe('Wejdź: https://x.pl/a\n')
    expect(plainText('- [A](https://x.pl/a)\n- b')).toBe('- A: https://x.pl/a\n- b\n')
  })

  test('keeps the sentence whole when a link stands in it', () => {
    expect(plainText('Skorzysta ktoś inny. [Zmień termin](https://x.pl), jeśli wolisz.')).toBe(
      'Skorzysta ktoś inny. Zmień termin, jeśli wolisz.\nZmień termin: https://x.pl\n',
    )
  })

  test('turns non-breaking spaces into ordinary ones', () => {
    expect(plainText('o\u00a0godz.\u00a09:25')).toBe('o godz. 9:25\n')
  })
})

const freeText = fc.string({ unit: fc.constantFrom(...Array.from('ab1 *_`[]()<>#+-.!~|\\&"\n:/=;@')) })

test('free text stands in Markdown as it was written, whatever it holds', () => {
  fc.assert(
    fc.property(freeText, fc.constantFrom('Powód: ', ''), (text, before) => {
      const oneLine = text.trim().replace(/\s*[\r\n]+\s*/g, ' ')
      const markdown = before + escapeMarkdown(text)
      expect(plainText(markdown).trim()).toBe(`${before}${oneLine}`.trim())
      expect(renderMarkdown(markdown)).not.toMatch(/<(?!\/?p>)/)
    }),
    { numRuns: 500 },
  )
})

test('free text at the start of a line makes no list and no heading', () => {
  for (const text of ['- a', '1. a', '-', '+ a', '# a', '> a', '* a', '---', '===']) {
    expect(renderMarkdown(escapeMarkdown(text))).toMatch(/^<p>/)
    expect(plainText(escapeMarkdown(text))).toBe(`${text}\n`)
  }
})
