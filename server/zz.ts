import { readFileSync } from 'node:fs';
import { buildApp } from './app.ts';
import { followChanges } from './flows/follow-changes.ts';
import { taxonomyFolder } from './folders.ts';
import { loadTaxonomy } from './import/taxonomy.ts';
import { openDatabase } from './store/database.ts';
const database = await openDatabase({databaseUrl: process.env.DATABASE_URL, dataDirectory:'/tmp/hs3', role:'service'});
const f = await followChanges(database, console.error); const taxonomy = await loadTaxonomy(taxonomyFolder);
const app = await buildApp({database, taxonomy, harm:null, holdings: f.current}, {logLevel:'error'});
const golden = JSON.parse(readFileSync('/work/shared/conformance/cells-a.json','utf8'));
const wards = f.current().columns.layers[0]!.areas.filter(a=>/^E050130(3[89]|4\d)/.test(a.code)).map(a=>'ward:'+a.code); console.log(wards.length);
for (const measures of ['giStar','giStar,localMoran,density,emerging']) {
const t=performance.now();
const r = await app.inject(`/api/cells?measures=${measures}&categories=violence&from=2023-01-01&to=2023-12-31&area=${wards.join(',')}&resolution=9`);
console.log(r.statusCode, performance.now()-t, r.body.length);
const j = r.json(); if (r.statusCode!==200) {console.log(j); continue}
const byCell = new Map<string, any>(j.cells.map((c: any)=>[c.cell,c]));
let worst=0; for (const g of golden.cells) { const c = byCell.get(g.cell); if(!c) {console.log('missing', g.cell); continue} for (const k of ['count','giStarZ','giStarP','giStarQ','localMoranI','localMoranZ','localMoranP']) if (c[k]!==undefined) worst=Math.max(worst, Math.abs(c[k]-g[k])/Math.max(1e-3,Math.abs(g[k]))); }
console.log(j.cells.length, 'worst', worst, j.study.cells, j.study.zeros, j.notes);
}
const t=performance.now(); const all = await app.inject('/api/cells?measures=giStar&compare=previous-year&from=2024-01-01&to=2024-12-31&resolution=9'); console.log(all.statusCode, performance.now()-t, all.json().study?.cells);
const t2=performance.now(); const tile = await app.inject('/tiles/cells/11/1017/651.mvt?measures=giStar,change&compare=previous-year&from=2024-01-01&to=2024-12-31'); console.log(tile.statusCode, performance.now()-t2, tile.rawPayload.length);
process.exit(0);
