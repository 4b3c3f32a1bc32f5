/** Who may import whom: the same table stands in ARCHITECTURE.md. */
const everybody = ['audit', 'platform', 'contract', 'ui', 'texts', 'config']
const may = {
  audit: ['platform', 'contract'],
  institution: ['platform', 'contract', 'texts', 'audit', 'ui'],
  message: [...everybody, 'institution'],
  staff: [...everybody, 'institution', 'message'],
  booking: [...everybody, 'institution', 'message'],
  backoffice: [...everybody, 'institution'],
  visit: [...everybody, 'institution', 'booking', 'staff', 'message', 'backoffice'],
  recording: [...everybody, 'institution', 'booking', 'visit', 'staff'],
  desk: [
    ...everybody,
    ...['institution', 'booking', 'staff', 'message', 'visit', 'recording', 'backoffice', 'replanning'],
  ],
  replanning: [...everybody, 'institution', 'booking', 'staff', 'message'],
  statistics: [...everybody, 'institution', 'booking', 'staff'],
  privacy: [...everybody, 'institution', 'booking', 'staff', 'message', 'visit', 'recording', 'backoffice'],
  administration: [
    ...everybody,
    ...['institution', 'booking', 'staff', 'message', 'visit', 'recording', 'backoffice', 'replanning'],
  ],
  operations: [...everybody, 'institution', 'staff', 'visit', 'message', 'recording', 'backoffice'],
  platform: ['texts'],
  ui: ['platform', 'texts', 'contract'],
  texts: [],
  contract: [],
  config: ['platform'],
  browser: ['contract'],
}

const folders = Object.keys(may).concat('main')

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependency-in-product',
      severity: 'error',
      from: { path: '^src', pathNot: '[.]test[.]tsx?$|^src/browser' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    ...Object.entries(may).map(([folder, allowed]) => ({
      name: `${folder}-imports`,
      comment: `${folder} may import only: ${allowed.join(', ') || 'nothing of ours'}`,
      severity: 'error',
      from: { path: `^src/${folder}/`, pathNot: '[.]test[.]tsx?$' },
      to: { path: '^src/', pathNot: [folder, ...allowed].map((name) => `^src/${name}/`) },
    })),
    {
      name: 'known-folders-only',
      comment: 'A new folder under src needs a line in the table',
      severity: 'error',
      from: { path: '^src/', pathNot: folders.map((name) => `^src/${name}/`) },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
