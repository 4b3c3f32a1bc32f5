import type { VNode } from 'preact'
import { allCountries, byName, countryName } from '../../institution/countries'
import type { Branch } from '../../institution/directory'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { countriesPath } from '../places-address'
import { textOf, type Typed } from '../typed'
import { Done, StaffSelect } from './form-parts'
import { type FormProblem, FormProblems } from '../../staff/pages/form-problems'
import { SettingsFrame } from './settings-frame'

export interface ShownCountries {
  served: ReadonlyMap<string, Branch>
  branches: readonly Branch[]
  isSaved: boolean
  typed: Typed
  mistakes: readonly FormProblem[]
}

/** Which branch serves those insured in a country, for topics that are routed by it. */
export const countriesPage = (page: StaffPage, shown: ShownCountries): VNode => {
  const { t } = page.staffTexts
  const { served, branches, isSaved, typed, mistakes } = shown
  return (
    <SettingsFrame page={page} title={t('places.countries')} failed={mistakes.length > 0}>
      {isSaved && <Done>{t('admin.saved')}</Done>}
      <div class="two-col plan">
        <section class="card" aria-labelledby="kraje">
          <h2 id="kraje">{t('places.countries.served')}</h2>
          {served.size === 0 ? (
            <p class="muted">{t('places.countries.none')}</p>
          ) : (
            <table class="t">
              <thead>
                <tr>
                  <th scope="col">{t('places.country')}</th>
                  <th scope="col">{t('recordings.column.branch')}</th>
                  <th scope="col">
                    <span class="hide">{t('plan.closure.remove')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {byName([...served.keys()], 'pl').map((country) => (
                  <tr key={country}>
                    <td>{countryName(country, 'pl')}</td>
                    <td>{served.get(country)?.name}</td>
                    <td class="num">
                      <form method="post" action={countriesPath}>
                        <input type="hidden" name="kraj" value={country} />
                        <button class="b" name="usun" value="tak">
                          {t('plan.closure.remove')}
                          <span class="hide">: {countryName(country, 'pl')}</span>
                        </button>
                      </form>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
        <section class="card panel" aria-labelledby="dodaj">
          <h2 id="dodaj">{t('places.countries.set')}</h2>
          <FormProblems texts={page.staffTexts} problems={mistakes} />
          <form class="stack" method="post" action={countriesPath}>
            <StaffSelect
              name="kraj"
              label={t('places.country')}
              value={textOf(typed, 'kraj')}
              mistakes={mistakes}
              options={[
                ['', ''],
                ...byName(allCountries, 'pl').map(
                  (country) => [country, countryName(country, 'pl')] as const,
                ),
              ]}
            />
            <StaffSelect
              name="oddzial"
              label={t('recordings.column.branch')}
              value={textOf(typed, 'oddzial')}
              mistakes={mistakes}
              options={[
                ['', ''],
                ...branches.map(({ code, city, name }) => [code, `${city} – ${name}`] as const),
              ]}
            />
            <button class="b b-go wide">{t('places.save')}</button>
          </form>
        </section>
      </div>
    </SettingsFrame>
  )
}
