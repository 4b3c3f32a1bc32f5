/** An address to recognise, not to read: 'h•••a@example.pl'. */
export const maskedEmail = (email: string): string => {
  const at = email.lastIndexOf('@')
  const [first = '', ...rest] = email.slice(0, at)
  const last = rest.length > 1 ? (rest.at(-1) ?? '') : ''
  return `${first}•••${last}${email.slice(at)}`
}

/** A phone (E.164) of which only the country and the end are shown: '+48 ••• ••• 567'. */
export const maskedPhone = (phone: string): string => `${phone.slice(0, 3)} ••• ••• ${phone.slice(-3)}`
