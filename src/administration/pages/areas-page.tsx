import type { VNode } from 'preact'
import type { AreaOfCode } from '../../institution/areas/area-of-code'
import type { AreaVersion } from '../../institution/areas/areas-store'
import { defaultFileLimits } from '../../institution/areas/read-area-file'
import { formatPostalCode } from '../../institution/postal-code'
import { dateWords, timeOfDay } from '../../platform/i18n/dates'
import type { StaffTranslator } from '../../platform/i18n/translator'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import { areasAddresses, areasPath, fileField } from '../areas-addresses'
import { counted } from './areas-effect'
import { SettingsWay } from '../../staff/pages/settings-way'

export interface TestedCode {
  typed: string
  found: 'wrong' | { code: string; areas: readonly AreaOfCode[] }
}

export interface ShownAreas {
  /** The newest, in force, first. */
  versions: readonly AreaVersion[]
  areaCount: number
  gapCodes: number
  tested: TestedCode | undefined
  fileMissing: boolean
  nameOf: (code: string) => string
  timeZone: string
}

interface Part {
  page: StaffPage
  shown: ShownAreas
}

/** The areas in force, a file to be checked, a code to be tested, and the versions there were. */
export const areasPage = (page: StaffPage, shown: ShownAreas): VNode => {
  const { t } = page.staffTexts
  const { versions, areaCount, gapCodes } = shown
  return (
    <StaffFrame page={page} title={t('admin.areas.title')} current="settings" failed={shown.fileMissing}>
      <main class="page">
        <div class="bar-top">
          <div>
            <SettingsWay page={page} />
            <h1>{t('admin.areas.title')}</h1>
          </div>
          <p class="muted small grow">
            {versions[0] && `${t('admin.areas.now', { version: versions[0].version })} · `}
            {t('admin.areas.now.areas', { n: areaCount })} · {t('admin.areas.now.gaps', { n: gapCodes })}
          </p>
          <a class="b" href={areasAddresses.download}>
            <Icon name="download" size={20} />
            {t('admin.areas.download')}
          </a>
        </div>
        <div class="body side-by-side">
          <div class="stack">
            <Upload page={page} shown={shown} />
            <TestCode page={page} shown={shown} />
          </div>
          <Versions page={page} shown={shown} />
        </div>
      </main>
    </StaffFrame>
  )
}

const Upload = ({ page, shown: { fileMissing } }: Part) => {
  const { t } = page.staffTexts
  return (
    <section class="card" aria-labelledby="wczytaj">
      <h2 id="wczytaj">{t('admin.areas.upload.title')}</h2>
      <form class="stack" method="post" action={areasPath} encType="multipart/form-data">
        <div class="f">
          <label for={fileField}>{t('admin.areas.upload.file')}</label>
          <p class="muted small" id="plik-opis">
            {t('admin.areas.upload.hint')}
          </p>
          {fileMissing && (
            <p class="bad" id="plik-blad" role="alert">
              {t('admin.areas.upload.missing')}
            </p>
          )}
          <input
            id={fileField}
            name={fileField}
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
            aria-describedby={fileMissing ? 'plik-blad plik-opis' : 'plik-opis'}
            aria-invalid={fileMissing}
          />
        </div>
        <p class="muted small">
          {t('admin.areas.upload.rules', {
            megabytes: defaultFileLimits.bytes / 1024 / 1024,
            lines: counted(defaultFileLimits.lines),
          })}
        </p>
        <p>
          <button class="b b-go">{t('admin.areas.upload.button')}</button>
        </p>
      </form>
    </section>
  )
}

const TestCode = ({ page, shown: { tested, nameOf } }: Part) => {
  const { t } = page.staffTexts
  const isWrong = tested?.found === 'wrong'
  return (
    <section class="card" aria-labelledby="sprawdz">
      <h2 id="sprawdz">{t('admin.areas.test.title')}</h2>
      <form class="row f-row" method="get" action={areasPath}>
        <div class="f">
          <label for="kod">{t('admin.areas.test.label')}</label>
          <input
            id="kod"
            name="kod"
            class="short"
            value={tested?.typed ?? ''}
            inputMode="numeric"
            autocomplete="off"
            maxLength={20}
            aria-invalid={isWrong}
            aria-describedby={tested ? 'kod-wynik' : undefined}
          />
        </div>
        <button class="b">
          <Icon name="search" size={20} />
          {t('admin.areas.test.button')}
        </button>
      </form>
      {tested && (
        <div id="kod-wynik" role="status" class="stack-s">
          {tested.found === 'wrong' ? (
            <p class="bad">{t('admin.areas.test.wrong')}</p>
          ) : (
            <Tested page={page} found={tested.found} nameOf={nameOf} />
          )}
        </div>
      )}
    </section>
  )
}

interface TestedProps extends Pick<ShownAreas, 'nameOf'> {
  page: StaffPage
  found: Exclude<TestedCode['found'], 'wrong'>
}

const Tested = ({ page, found: { code, areas }, nameOf }: TestedProps) => {
  const { t } = page.staffTexts
  const [area, ...shorter] = areas
  const written = formatPostalCode(code)
  if (!area) return <p>{t('admin.areas.test.none', { code: written })}</p>
  return (
    <>
      <p>
        {t('admin.areas.test.found', { code: written })} <b>{nameOf(area.branch)}</b> ({area.branch})
      </p>
      <p class="muted small">{t('admin.areas.test.by', { prefix: area.prefix })}</p>
      {!area.active && <p class="bad">{t('admin.areas.test.closed')}</p>}
      {shorter.length > 0 && (
        <p class="muted small">
          {t('admin.areas.test.shorter', {
            list: shorter.map(({ prefix, branch }) => `${prefix} (${nameOf(branch)})`).join(', '),
          })}
        </p>
      )}
    </>
  )
}

/** Where the areas of a version came from. */
export const sourceWords = (
  { t }: StaffTranslator,
  { source, fileName, restoredVersion }: Pick<AreaVersion, 'source' | 'fileName' | 'restoredVersion'>,
): string => {
  if (source === 'file') return t('admin.areas.source.file', { name: fileName ?? '' })
  if (source === 'restored') return t('admin.areas.source.restored', { version: restoredVersion ?? 0 })
  return t('admin.areas.source.start')
}

const Versions = ({ page, shown: { versions, timeZone } }: Part) => {
  const { t } = page.staffTexts
  return (
    <section class="card" aria-labelledby="wersje">
      <h2 id="wersje">{t('admin.areas.versions')}</h2>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="wersje">
        <table class="t">
          <thead>
            <tr>
              <th scope="col">{t('admin.areas.column.version')}</th>
              <th scope="col">{t('admin.areas.column.when')}</th>
              <th scope="col">{t('admin.areas.column.who')}</th>
              <th scope="col">{t('admin.areas.column.source')}</th>
              <th scope="col" class="num">
                {t('admin.areas.column.areas')}
              </th>
              <th scope="col">
                <span class="hide">{t('admin.areas.column.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version, index) => (
              <tr key={version.version} data-version={version.version}>
                <td class="nowrap">
                  {version.version}{' '}
                  {index === 0 && <span class="tag tag-ok">{t('admin.areas.version.current')}</span>}
                </td>
                <td>
                  {dateWords(version.appliedAt, 'pl', timeZone)}, {timeOfDay(version.appliedAt, timeZone)}
                </td>
                <td>{version.appliedBy ?? '–'}</td>
                <td class="anywhere">{sourceWords(page.staffTexts, version)}</td>
                <td class="num">{counted(version.areaCount)}</td>
                <td class="num">
                  <a
                    href={areasAddresses.version(version.version)}
                    aria-label={`${t('admin.areas.compare')}: ${t('admin.areas.version', { version: version.version })}`}
                  >
                    {t('admin.areas.compare')}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
