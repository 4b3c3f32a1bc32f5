import type { VNode } from 'preact'
import type { AreaEffect } from '../../institution/areas/area-effect'
import type { AreaVersion } from '../../institution/areas/areas-store'
import { dateWords, timeOfDay } from '../../platform/i18n/dates'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import { areasAddresses, areasPath } from '../areas-addresses'
import { AreasEffect } from './areas-effect'
import { Done } from './form-parts'
import { sourceWords } from './areas-page'
import { SettingsWay } from '../../staff/pages/settings-way'

export interface ShownVersion {
  version: number
  versions: readonly AreaVersion[]
  /** It has just come into force. */
  isApplied: boolean
  compared: { version: number; effect: AreaEffect } | undefined
  nameOf: (code: string) => string
  timeZone: string
}

/** A kept version: where it came from, what it changed, and the way back to it. */
export const areasVersionPage = (page: StaffPage, shown: ShownVersion): VNode => {
  const { t } = page.staffTexts
  const { version, versions, compared, nameOf, timeZone } = shown
  const kept = versions.find((one) => one.version === version)
  const isCurrent = versions[0]?.version === version
  const title = t('admin.areas.version', { version })
  return (
    <StaffFrame page={page} title={title} current="settings">
      <main class="page">
        <div class="bar-top">
          <div>
            <SettingsWay page={page} to={{ path: areasPath, text: t('admin.areas.title') }} />
            <h1>
              {title} {isCurrent && <span class="tag tag-ok">{t('admin.areas.version.current')}</span>}
            </h1>
          </div>
          <span class="grow" />
          <a class="b" href={areasAddresses.versionDownload(version)}>
            <Icon name="download" size={20} />
            {t('admin.areas.download')}
          </a>
        </div>
        <div class="body stack">
          {shown.isApplied && <Done>{t('admin.areas.applied')}</Done>}
          {kept && (
            <div class="card stack-s">
              <p class="anywhere">
                {dateWords(kept.appliedAt, 'pl', timeZone)}, {timeOfDay(kept.appliedAt, timeZone)}
                {kept.appliedBy !== null && ` · ${kept.appliedBy}`} · {sourceWords(page.staffTexts, kept)} ·{' '}
                {t('admin.areas.now.areas', { n: kept.areaCount })}
              </p>
              {kept.fileHash && (
                <p class="muted small anywhere">
                  {t('admin.areas.hash', { hash: kept.fileHash.toString('hex') })}
                </p>
              )}
              {!isCurrent && (
                <form class="row wrap" method="post" action={areasAddresses.restore(version)}>
                  <button class="b b-go">{t('admin.areas.restore')}</button>
                  <span class="muted small">{t('admin.areas.restore.hint')}</span>
                </form>
              )}
            </div>
          )}
          {versions.length > 1 && <Compare page={page} shown={shown} />}
          {compared &&
            (compared.effect.changedAreas === 0 ? (
              <p class="card">{t('admin.areas.same.versions')}</p>
            ) : (
              <>
                <h2>{t('admin.areas.difference', { version: compared.version })}</h2>
                <AreasEffect page={page} effect={compared.effect} nameOf={nameOf} />
              </>
            ))}
        </div>
      </main>
    </StaffFrame>
  )
}

const Compare = ({
  page,
  shown: { version, versions, compared },
}: {
  page: StaffPage
  shown: ShownVersion
}) => {
  const { t } = page.staffTexts
  return (
    <form class="row f f-row" method="get" action={areasAddresses.version(version)}>
      <label for="z">{t('admin.areas.difference.with')}</label>
      <select id="z" name="z" class="auto">
        {versions
          .filter((other) => other.version !== version)
          .map((other) => (
            <option key={other.version} value={other.version} selected={other.version === compared?.version}>
              {t('admin.areas.version', { version: other.version })}
            </option>
          ))}
      </select>
      <button class="b">{t('admin.areas.difference.show')}</button>
    </form>
  )
}
