// DuckDB reads, checks and rewrites one contract file: usage node duckdb.mjs FILE OUT.parquet THREADS quick|counted
// quick: one pass that only counts rows breaking any rule (the fastest way DuckDB has); counted: one counter a rule and column, as ours.
// Both: uniqueness of (person_id, period_start), then COPY of all rows to snappy Parquet. Prints one JSON line.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import fs from 'node:fs';
import path from 'node:path';
const require = createRequire(path.join(process.cwd(), 'x.js'));
const { DuckDBInstance } = await import(pathToFileURL(require.resolve('@duckdb/node-api')).href);
const [file, out, threads, how] = process.argv.slice(2);
const oneOf = (column, ...texts) => `${column} not in (${texts.map(t => `'${t}'`).join(',')})`;
const range = (column, least, most) => `${column} not between ${least} and ${most}`;
const starts = [0, 1, 2, 3, 4, 5, 6, 7].map(t => `date '${2024 + (t >> 2)}-${String(1 + (t % 4) * 3).padStart(2, '0')}-01'`).join(',');
const required = ['person_id', 'municipality_code', 'period_start'].map(n => `${n} is null`);
const rules = [
  ...required, `not regexp_full_match(person_id, '[0-9a-f]{64}')`, `municipality_code <> '9901'`, `period_start not in (${starts})`,
  oneOf('sex', 'woman', 'man'), range('birth_year', 1900, 2100), oneOf('country_of_birth_group', 'sweden', 'nordic', 'eu', 'other'),
  oneOf('education_level', 'compulsory', 'upper_secondary', 'tertiary'),
  oneOf('household_type', 'single', 'single_with_children', 'couple', 'couple_with_children', 'other'),
  range('income_support_months', 0, 3), range('employment_months', 0, 3), `${range('earnings_sek', 0, 1e7)} or not isfinite(earnings_sek)`,
  range('unemployment_days', 0, 92), range('sick_leave_days', 0, 92), range('placement_days', 0, 92),
  `${range('school_absence_percent', 0, 100)} or not isfinite(school_absence_percent)`, range('in_work_or_study', 0, 1),
  range('psychiatry_visits', 0, 400), range('suspected_offences', 0, 1000), oneOf('exit_reason', 'moved', 'died', 'aged_out'),
  range('exit_date', `date '1900-01-01'`, `date '2199-12-31'`),
];
const f = `'${file}'`;
const check = how === 'quick'
  ? `select count(*) from ${f} where ${rules.map(r => `(${r})`).join(' or ')}`
  : `select ${rules.map(r => `count(*) filter (${r})`).join(', ')} from ${f}`;
const db = await DuckDBInstance.create(':memory:', { threads });
const c = await db.connect();
const step = async sql => {
  const [t, cpu] = [performance.now(), process.cpuUsage()];
  const rows = (await c.runAndReadAll(sql)).getRows();
  const spent = process.cpuUsage(cpu);
  return { rows, seconds: (performance.now() - t) / 1000, cpu: (spent.user + spent.system) / 1e6 };
};
const rows = Number((await step(`select count(*) from ${f}`)).rows[0][0]);
const checked = await step(check);
const unique = await step(`select (select count(*) from ${f}) - (select count(*) from (select distinct person_id, period_start from ${f}))`);
const written = await step(`copy (from ${f}) to '${out}' (format parquet, compression snappy)`);
fs.unlinkSync(out);
const faults = checked.rows[0].reduce((sum, n) => sum + Number(n), 0), duplicates = Number(unique.rows[0][0]);
const [version] = (await step('select version()')).rows[0];
const brief = s => ({ seconds: s.seconds, cpu: s.cpu });
console.log(JSON.stringify({
  rows, faults, duplicates, version, seconds: checked.seconds + unique.seconds + written.seconds, cpu: checked.cpu + unique.cpu + written.cpu,
  check: brief(checked), unique: brief(unique), write: brief(written), peakMegabytes: process.resourceUsage().maxRSS / 1024,
}));
