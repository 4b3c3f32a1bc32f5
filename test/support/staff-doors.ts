import type { StaffRole } from '../../src/staff/staff'

/**
 * Who may come through one route of the staff. `roles`: these roles; `signed_in`: everybody who is; `half`: also who is
 * still on the way in; `anybody`: the door itself. `own`: what is behind belongs to a branch, and is closed to people of
 * another one. `everywhere`: it concerns the whole institution, and is closed to who works for one branch.
 */
export interface StaffDoor {
  who: readonly StaffRole[] | 'signed_in' | 'half' | 'anybody'
  own?: true
  everywhere?: true
  /** Sent along, so that what is asked for names its branch. */
  query?: string
  fields?: Record<string, string>
  /** A WebSocket: refused at the upgrade, or closed at once. */
  socket?: true
}

const desk: readonly StaffRole[] = ['officer', 'supervisor']
const watchers: readonly StaffRole[] = ['supervisor', 'inspector']
const managers: readonly StaffRole[] = ['supervisor', 'administrator']
const administrator: readonly StaffRole[] = ['administrator']
const inspector: readonly StaffRole[] = ['inspector']

/** The same rule for several routes. */
const each = (routes: readonly string[], door: StaffDoor): Record<string, StaffDoor> =>
  Object.fromEntries(routes.map((route) => [route, door]))
const both = (path: string, door: StaffDoor): Record<string, StaffDoor> =>
  each([`GET ${path}`, `POST ${path}`], door)
const under = (path: string, names: readonly string[], door: StaffDoor): Record<string, StaffDoor> =>
  each(
    names.map((name) => `POST ${path}/${name}`),
    door,
  )

/** Codes and ids that the test makes: a branch, a visit and a recording there, an account of it. */
export const doorBranch = 'POKAZ'
const branchField = { oddzial: doorBranch }
const visit = '/pracownik/wizyta/:id'
const recording = '/pracownik/nagranie/:visitId'
const settings = '/pracownik/ustawienia'
const factor = '/pracownik/konto/drugi-skladnik'

/**
 * Every route of the staff: a test compares the list with what the product serves, and knocks at each as everybody who
 * has no business there. A new route needs its line.
 */
export const staffDoors: Readonly<Record<string, StaffDoor>> = {
  ...both('/pracownik', { who: 'anybody' }),
  'POST /pracownik/wyloguj': { who: 'anybody' },
  ...both('/pracownik/haslo', { who: 'anybody' }),
  ...both('/pracownik/haslo/:token', { who: 'anybody' }),

  ...both('/pracownik/drugi-skladnik', { who: 'half' }),
  ...under('/pracownik/drugi-skladnik', ['pytanie', 'klucz'], { who: 'half' }),
  'GET /pracownik/konto': { who: 'signed_in' },
  'POST /pracownik/konto/sesje': { who: 'signed_in' },
  ...both('/pracownik/konto/haslo', { who: 'signed_in' }),
  ...both('/pracownik/konto/kody', { who: 'signed_in' }),
  ...both(factor, { who: 'signed_in' }),
  ...under(factor, ['pytanie', 'klucz', 'usun'], { who: 'signed_in' }),

  'GET /pracownik/dzien': { who: desk, own: true, query: `oddzial=${doorBranch}` },
  'GET /pracownik/dzien/na-zywo': {
    ...{ who: desk, own: true, socket: true },
    query: `oddzial=${doorBranch}&dzien=2026-12-21`,
  },
  'GET /pracownik/wizyty': { who: desk, own: true, query: `oddzial=${doorBranch}` },
  'POST /pracownik/wizyty': { who: desk, own: true, fields: { ...branchField, szukaj: 'Halina' } },
  'POST /pracownik/spoznienie': { who: desk, own: true, fields: { ...branchField, minuty: '10' } },
  'POST /pracownik/przerwa': { who: desk, own: true, fields: { ...branchField, przerwa: 'tak' } },
  [`GET ${visit}`]: { who: desk, own: true },
  [`GET ${visit}/pokoj`]: {
    who: desk,
    own: true,
    socket: true,
    query: 'page=aaaaaaaaaaaaaaaa&tab=bbbbbbbbbbbbbbbb',
  },
  // Only who conducts the visit records it; nobody does here
  [`GET ${visit}/nagranie`]: { who: [], socket: true, query: 'session=01890000-0000-7000-8000-000000000000' },
  ...under(
    visit,
    [
      ...['popros', 'profil', 'przedluz', 'przejmij', 'nagranie/wybor', 'nagranie/cofnieta-zgoda', 'notatka'],
      ...['nieobecnosc', 'zapros', 'zakoncz', 'oddaj', 'ostrzez', 'tozsamosc', 'tozsamosc/cofnij', 'tlumacz'],
      ...['sprawy', 'ustalenia', 'wniosek', 'kolejna'],
    ],
    { who: desk, own: true },
  ),

  'GET /pracownik/nagrania': { who: watchers, own: true, query: `oddzial=${doorBranch}` },
  [`GET ${recording}`]: { who: watchers, own: true },
  [`POST ${recording}/ogladaj`]: { who: watchers, own: true, fields: { powod: 'Skarga klienta' } },
  ...under(recording, ['wstrzymaj', 'zwolnij', 'usun'], {
    ...{ who: inspector, own: true },
    fields: { powod: 'Skarga klienta' },
  }),
  ...each(
    [
      ...['', '/plik/:name', '/paczka/:packageId'].map((end) => `GET ${recording}/odtwarzanie/:viewId${end}`),
      ...['/przewiniecie', '/paczka'].map((end) => `POST ${recording}/odtwarzanie/:viewId${end}`),
    ],
    { who: watchers, own: true },
  ),

  'GET /pracownik/przeplanowanie': { who: managers, own: true, query: `oddzial=${doorBranch}` },
  ...each(
    ['', '/nieobecnosc', '/nieobecnosc/odwolaj'].map((end) => `POST /pracownik/przeplanowanie${end}`),
    { who: managers, own: true, fields: branchField },
  ),
  'POST /pracownik/przeplanowanie/cofnij': {
    ...{ who: managers, own: true },
    fields: { przebieg: '01890000-0000-7000-8000-000000000000' },
  },
  'GET /pracownik/grafik': { who: managers, own: true, query: `oddzial=${doorBranch}` },
  'GET /pracownik/grafik/wolne': { who: managers, own: true, query: `oddzial=${doorBranch}` },
  ...under('/pracownik/grafik', ['okno', 'stanowisko', 'stanowisko/stan', 'wolne', 'wolne/usun'], {
    ...{ who: managers, own: true },
    fields: branchField,
  }),
  'GET /pracownik/statystyki': { who: managers, own: true, query: `oddzial=${doorBranch}` },
  'GET /pracownik/statystyki/:name.csv': { who: managers, own: true, query: `oddzial=${doorBranch}` },
  'GET /pracownik/dziennik': { who: inspector },
  'POST /pracownik/dziennik/plik': { who: inspector },
  'POST /pracownik/dziennik/sprawdz': { who: inspector },
  'GET /pracownik/wiadomosci': { who: managers },
  'GET /pracownik/wiadomosci/niewyslane': { who: managers },
  'POST /pracownik/wiadomosci/niewyslane/ponow': { who: managers },
  'GET /pracownik/wiadomosci/:id': { who: managers },
  'POST /pracownik/wiadomosci/:id/wyslij': { who: managers },

  ...both('/pracownik/dane-osob', { who: inspector }),
  'GET /pracownik/dane-osob/:caseId': { who: inspector },
  'GET /pracownik/dane-osob/:caseId/zgody/:visitId': { who: inspector },
  'POST /pracownik/dane-osob/:caseId/eksport': { who: inspector },
  'POST /pracownik/dane-osob/:caseId/eksport/:exportId': { who: inspector },
  'POST /pracownik/dane-osob/:caseId/odwolaj/:visitId': { who: inspector },
  ...both('/pracownik/dane-osob/:caseId/usun', { who: inspector }),

  'GET /pracownik/stan': { who: administrator },
  [`GET ${settings}`]: { who: administrator },
  ...both(`${settings}/pracownicy`, { who: administrator }),
  ...both(`${settings}/pracownicy/nowy`, { who: administrator }),
  ...both(`${settings}/pracownicy/:id`, { who: administrator, own: true }),
  ...under(`${settings}/pracownicy/:id`, ['zamknij', 'otworz', 'zaproszenie', 'skladniki', 'wyloguj'], {
    ...{ who: administrator, own: true },
  }),
  ...each(
    [
      ...['', '/nowy', '/adres/:id', '/adres/:id/zmien', '/przekazanie/:id'].map(
        (end) => `GET ${settings}/przekazania${end}`,
      ),
      ...['zmien', 'sekret', 'wstrzymaj', 'wznow', 'probne', 'powtorz', 'usun'].map(
        (act) => `POST ${settings}/przekazania/adres/:id/${act}`,
      ),
      `POST ${settings}/przekazania/nowy`,
      `POST ${settings}/przekazania/przekazanie/:id/ponow`,
    ],
    { who: administrator, everywhere: true },
  ),
  ...both(`${settings}/przechowywanie`, { who: administrator, everywhere: true }),
  ...each(
    [
      ...[
        '',
        '/wiadomosc/:name/:language',
        '/wiadomosc/:name/:language/wersja/:version',
        '/prawne/:kind',
      ].map((end) => `GET ${settings}/teksty${end}`),
      ...['/prawne/:kind/wersja/:version', '/instytucja', '/instytucja/wersja/:version'].map(
        (end) => `GET ${settings}/teksty${end}`,
      ),
      ...[
        'wiadomosc/:name/:language',
        'wiadomosc/:name/:language/wersja/:version/wycofaj',
        'prawne/:kind',
      ].map((end) => `POST ${settings}/teksty/${end}`),
      `POST ${settings}/teksty/prawne/:kind/wersja/:version/wycofaj`,
      `POST ${settings}/teksty/instytucja`,
    ],
    { who: administrator, everywhere: true },
  ),
  ...each(
    [
      `GET ${settings}/tematy`,
      ...['GET', 'POST'].map((method) => `${method} ${settings}/tematy/:code`),
      `GET ${settings}/oddzialy`,
      ...['GET', 'POST'].map((method) => `${method} ${settings}/oddzialy/:code`),
      `POST ${settings}/oddzialy/stan`,
      `POST ${settings}/oddzialy/stanowiska`,
      ...['GET', 'POST'].map((method) => `${method} ${settings}/obszary`),
      ...[
        '/sprawdzenie/:id',
        '/sprawdzenie/:id/bledy',
        '/pobierz',
        '/wersja/:version',
        '/wersja/:version/pobierz',
      ].map((end) => `GET ${settings}/obszary${end}`),
      `POST ${settings}/obszary/sprawdzenie/:id/zatwierdz`,
      `POST ${settings}/obszary/wersja/:version/przywroc`,
      ...['kraje', 'zasady-rezerwacji', 'instytucja', 'dostepnosc'].flatMap((name) => [
        `GET ${settings}/${name}`,
        `POST ${settings}/${name}`,
      ]),
      `POST ${settings}/zasady-rezerwacji/horyzont`,
      `GET ${settings}/zaswiadczenia`,
      `GET ${settings}/zaswiadczenia/:code`,
      `POST ${settings}/zaswiadczenia/:code`,
    ],
    { who: administrator, everywhere: true },
  ),
}
