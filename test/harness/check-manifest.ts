// Checks the Teams manifest on stdin by the official schema and prints what is wrong, as a JSON array.
// A process of its own, since Microsoft's package loads ES modules in a way that Jest cannot.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ManifestUtil } from '@microsoft/app-manifest';

const manifest = JSON.parse(readFileSync(0, 'utf8'));
const build = dirname(createRequire(import.meta.url).resolve('@microsoft/app-manifest'));
const file = join(build, `json-schemas/teams/v${manifest.manifestVersion}/MicrosoftTeams.schema.json`);
// Its patterns have \a, which JSON schema validators refuse (microsoft-teams-app-schema, issue 190).
const schema = JSON.parse(readFileSync(file, 'utf8').replaceAll('\\a', '\\x07'));
process.stdout.write(JSON.stringify(await ManifestUtil.validateManifestAgainstSchema(manifest, schema)));
