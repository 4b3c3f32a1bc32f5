import { expect, test } from 'vitest'
import { elementsOf, escaped, firstText, textsOf } from './s3-xml'

const list = `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated>
<Contents><Key>a/&amp;b &#x105;&#60;</Key><Size>7</Size></Contents><Contents>
  <Key>c</Key><Size>0</Size><Owner><ID>x</ID></Owner></Contents></ListBucketResult>`

test('keys and sizes are read from an answer, whatever stands between them', () => {
  expect(textsOf(list, 'Key')).toEqual(['a/&b ą<', 'c'])
  expect(elementsOf(list, 'Contents').map((one) => firstText(one, 'Size'))).toEqual(['7', '0'])
  expect(firstText(list, 'IsTruncated')).toBe('false')
  expect(firstText(list, 'NextContinuationToken')).toBeUndefined()
  expect(elementsOf('<Deleted/>', 'Deleted')).toEqual([])
})

test('a key with markup in it is one text again after being written and read', () => {
  const key = 'a<b>&amp;"c\''
  expect(textsOf(`<Key>${escaped(key)}</Key>`, 'Key')).toEqual([key])
})
