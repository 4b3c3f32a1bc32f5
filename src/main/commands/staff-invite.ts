import { staffLinkUrl } from '../../staff/link/staff-link'
import { invitePerson } from '../../staff/people/invite-person'
import { isStaffRole, staffRoles } from '../../staff/staff'
import { runCommand } from './command'

await runCommand(async ({ config, db, keys, args, say }) => {
  const [email = '', name = '', role = '', branchCode] = args
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || name.trim() === '' || !isStaffRole(role)) {
    say('Usage: npm run staff:invite -- <e-mail> "<first and last name>" <role> [branch code]')
    say(`Roles: ${staffRoles.join(', ')}. Without a branch code the account is for all branches.`)
    return 2
  }
  if (!config.signIn.passwords) {
    say(
      'STAFF_PASSWORDS=off: accounts are made by themselves at the first sign-in with the identity provider.',
    )
    return 2
  }
  const branches = await db.selectFrom('branch').select(['id', 'code']).execute()
  const branch = branches.find(({ code }) => code === branchCode)
  if (branchCode !== undefined && !branch) {
    say(`There is no branch ${branchCode}. Branches: ${branches.map(({ code }) => code).join(', ')}`)
    return 2
  }
  const topics = await db.selectFrom('topic').where('active', '=', true).select('id').execute()
  const invited = await invitePerson(db, {
    by: null,
    ...{ email, name: name.trim(), role },
    branchId: branch?.id ?? null,
    topicIds: topics.map(({ id }) => id),
    now: new Date(),
  })
  if (!invited.ok) {
    say(
      'This e-mail has an account already. Administrators send an invitation anew at Ustawienia, Pracownicy.',
    )
    return 1
  }
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`
  say(
    'The invitation is on its way by e-mail. The same link, to set the password with; it works for 7 days, once:',
  )
  say(staffLinkUrl(publicUrl, keys, invited.linkId))
  return 0
})
