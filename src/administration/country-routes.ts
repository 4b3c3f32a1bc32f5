import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { allCountries } from '../institution/countries'
import type { Branch } from '../institution/directory'
import { setCountry } from '../institution/edit-countries'
import { sendPage } from '../platform/http/page'
import { requireActionEverywhere } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import type { AdministrationServices } from './administration-services'
import { countriesPage } from './pages/countries-page'
import type { FormProblem } from '../staff/pages/form-problems'
import { countriesPath } from './places-address'
import { textOf, type Typed, typedIn } from './typed'

const unprocessable = 422

/** Countries of insurance and the branch that serves each. */
export function registerCountryRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, bus, clock, directory, staffTexts } = services
  const { t } = staffTexts
  const preHandler = requireActionEverywhere(services, 'administer')

  app.get(countriesPath, { preHandler }, (request, reply) => show(request, reply))

  app.post(countriesPath, { preHandler }, async (request, reply) => {
    const typed = typedIn(request.body)
    const country = textOf(typed, 'kraj')
    const isRemoval = textOf(typed, 'usun') !== ''
    const branch = directory.branchByCode(textOf(typed, 'oddzial'))
    const mistakes = [
      ...(allCountries.includes(country) ? [] : [{ field: 'kraj', text: t('places.error.country') }]),
      ...(isRemoval || branch ? [] : [{ field: 'oddzial', text: t('places.error.branch') }]),
    ]
    if (mistakes.length > 0) return show(request, reply, { typed, mistakes })
    const branchId = isRemoval ? null : (branch?.id ?? null)
    await setCountry(db, { country, branchId, staffId: request.staff.id, now: clock.now(), bus })
    await directory.refresh()
    return reply.redirect(`${countriesPath}?zapisano=tak`, 303)
  })

  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    refused?: { typed: Typed; mistakes: readonly FormProblem[] },
  ): FastifyReply => {
    const served = new Map<string, Branch>()
    for (const country of directory.countries) {
      const branch = directory.branchForCountry(country)
      if (branch) served.set(country, branch)
    }
    const page = countriesPage(staffPageOf(services, request), {
      ...{ served, branches: directory.branches },
      isSaved: textOf(typedIn(request.query), 'zapisano') !== '',
      ...(refused ?? { typed: {}, mistakes: [] }),
    })
    return sendPage(reply, page, refused ? unprocessable : 200)
  }
}
