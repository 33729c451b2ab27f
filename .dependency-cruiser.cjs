// The house law as dependency-cruiser reads it; scripts/law.ts runs it and proves that it bites.
const rooms = ['platform', 'journal', 'capture', 'identity', 'qualify', 'distribute', 'followup', 'nurture', 'revenue', 'report', 'demo', 'cli'];

const upstreamOnly = rooms.slice(0, -1).map((room, i) => ({
  name: `upstream-only-${room}`,
  comment: `${room} may import only rooms before it; what happens later reaches it as a fact.`,
  severity: 'error',
  // platform/room.ts describes what any room may bring, subscribers included: types only.
  from: { path: `^src/${room}/`, pathNot: ['\\.test\\.ts$', '^src/platform/room\\.ts$'] },
  to: { path: `^src/(${rooms.slice(i + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: { pathNot: '\\.test\\.ts$' }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    ...upstreamOnly,
    {
      name: 'enter-by-the-door',
      comment: 'A room is entered by its index.ts. Contracts may share shapes with contracts.',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '\\.test\\.ts$|\\.contract\\.ts$' },
      to: { path: '^src/(journal|capture|identity|qualify|distribute|followup|nurture|revenue|report|demo|cli)/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'house-enters-by-the-door',
      severity: 'error',
      from: { path: '^src/(house|main)\\.ts$' },
      to: { path: '^src/(journal|capture|identity|qualify|distribute|followup|nurture|revenue|report|demo)/', pathNot: '^src/[^/]+/index\\.ts$' },
    },
    {
      name: 'rooms-do-not-know-the-house',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: ['\\.test\\.ts$', '^src/cli/'] },
      to: { path: '^src/(house|main|api\\.contract)\\.ts$' },
    },
    {
      name: 'rules-are-pure',
      comment: 'A rule sees its own rules, platform/values and types; no IO.',
      severity: 'error',
      from: { path: '\\.rules\\.ts$' },
      to: { path: '^src/', pathNot: ['\\.rules\\.ts$', '^src/platform/values/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rules-touch-no-machine',
      severity: 'error',
      from: { path: '\\.rules\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer)$' },
    },
    {
      name: 'routes-write-no-sql',
      comment: 'Routes, jobs and commands call actions and queries, never stores.',
      severity: 'error',
      from: { path: '\\.(routes|jobs|cli)\\.ts$' },
      to: { path: '\\.store\\.ts$' },
    },
    {
      name: 'stores-decide-nothing',
      severity: 'error',
      from: { path: '\\.(store|queries)\\.ts$' },
      to: { path: '^src/.*\\.(routes|jobs|cli)\\.ts$' },
    },
    { name: 'contracts-hold-shapes-only', severity: 'error', from: { path: '\\.contract\\.ts$' }, to: { path: '^src/', pathNot: ['\\.contract\\.ts$', '\\.rules\\.ts$', '^src/platform/values/', '^src/platform/access/scope\\.ts$'], dependencyTypesNot: ['type-only'] } },
    { name: 'only-the-database-knows-the-driver', severity: 'error', from: { path: '^src/', pathNot: ['^src/platform/db/', '\\.test\\.ts$'] }, to: { path: 'node_modules/(pg|pg-copy-streams)/' } },
    { name: 'web-sees-contracts-only', severity: 'error', from: { path: '^web/' }, to: { path: '^src/', pathNot: '\\.contract\\.ts$' } },
    { name: 'web-takes-types-only', severity: 'error', from: { path: '^web/' }, to: { path: '^src/', dependencyTypesNot: ['type-only'] } },
    // Whatever the shell and what rooms register import is loaded before the first paint; the index of the kit brings all of it.
    { name: 'first-load-takes-parts-not-the-kit', severity: 'error', from: { path: '^web/src/(shell|api|theme|main|rooms/[^/]+/routes)' }, to: { path: '^web/src/ui/index\\.tsx$' } },
    { name: 'the-house-does-not-know-its-tests', severity: 'error', from: { path: '^(src|web)/', pathNot: '\\.test\\.ts$' }, to: { path: '^(tests|bench)/' } },
    { name: 'nothing-unresolved', severity: 'error', from: { path: '^(src|web|tests|bench|scripts)/' }, to: { couldNotResolve: true, pathNot: ['^virtual:', '\\?', '\\.css$'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'web/dist' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] },
  },
};
