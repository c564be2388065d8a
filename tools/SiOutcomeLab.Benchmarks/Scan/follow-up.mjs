// Made follow-up data through DuckDB, and DuckDB's scan of it, for the verb `scan`.
//   node follow-up.mjs make ROWS FILE CODEC VERSION    writes a Parquet file of 17 columns
//   node follow-up.mjs scan FILE THREADS               scans once for every line on standard input, one line of JSON each
// Values come from hash(row), so the same rows and DuckDB version give the same file.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const here = path.dirname(new URL(import.meta.url).pathname);
const foreign = process.env.SILAB_FOREIGN ?? path.join(here, '..', '..', '..', 'tests', 'foreign');
const duckdb = createRequire(path.join(path.resolve(foreign), 'x.js')).resolve('@duckdb/node-api');
const { DuckDBInstance } = await import(pathToFileURL(duckdb).href);
const [verb, ...rest] = process.argv.slice(2);
const quoted = text => `'${text.replaceAll("'", "''")}'`;

async function make(rows, file, codec, version) {
  const db = await DuckDBInstance.create(':memory:', { threads: '2' });
  const c = await db.connect();
  await c.run('create macro u(x, k) as (hash(x * 64 + k, 42::bigint) >> 11)::double / 9007199254740992.0');
  await c.run('create macro nrm(x, k) as (u(x, k) + u(x, k + 1) + u(x, k + 2) + u(x, k + 3) - 2.0) * 1.7320508');
  await c.run('create macro nul(x, k, v) as case when u(x, k) < 0.05 then null else v end');
  await c.run(`copy (
    with r as (select i, i // 8 as p, i % 8 as t from range(${rows}) x(i)),
    b as (select *, nrm(p, 3) as health, nrm(p, 8) as wealth, u(p, 12) as iv, nrm(i, 20) as e1, nrm(i, 24) as e2, nrm(i, 28) as e3 from r)
    select (100000000000 + (p * 982451653 + 42) % 899999999981)::bigint as person_id,
      lpad((1 + (u(p, 1) * u(p, 1) * 342)::bigint * 5 % 1999)::varchar, 4, '0') as municipality_code,
      'INT-' || lpad((1 + (iv * 20)::int % 20)::varchar, 2, '0') || '-support' as intervention,
      u(p, 14) < 1.0 / (1.0 + exp(0.8 - 0.9 * health + 0.5 * wealth)) as treated,
      (date '2024-01-01' + to_months((t * 3)::int))::date as period,
      (1935 + floor(u(p, 2) * 71))::smallint as birth_year,
      case when u(p, 13) < 0.495 then 'F' when u(p, 13) < 0.99 then 'M' else 'X' end as sex,
      nul(i, 50, round(28000 + 9000 * wealth + 1500 * e1, 2)) as income,
      nul(i, 51, (greatest(0, 30 - 12 * wealth + 15 * e2))::integer) as benefit_days,
      nul(i, 52, (least(480, greatest(0, 240 + 110 * wealth + 60 * e3)))::integer) as hours_worked,
      nul(i, 53, round(greatest(0, 6000 - 4000 * wealth + 2500 * e1), 2)) as debt,
      nul(i, 54, round(exp(6 + 0.8 * health + 0.4 * e2), 2)) as care_cost,
      nul(i, 55, (greatest(0, 2 + 1.5 * health + e3))::integer) as gp_visits,
      nul(i, 56, exp(1 + 0.7 * nrm(p, 16))) as distance_km,
      nul(i, 57, health + 0.3 * e1) as health_score,
      nul(i, 58, (8 + floor(u(p, 60) * 12))::integer) as education_years,
      nul(i, 59, 50 + 5 * wealth - 6 * health + 0.4 * t + 4 * e3) as outcome_score
    from b) to ${quoted(file)} (format parquet, compression ${codec}, row_group_size 122880, parquet_version ${version})`);
}

async function scan(file, threads) {
  const db = await DuckDBInstance.create(':memory:', { threads });
  const c = await db.connect();
  const measures = ['income', 'benefit_days', 'hours_worked', 'debt', 'care_cost', 'gp_visits', 'distance_km', 'health_score',
    'education_years', 'outcome_score'];
  const sql = `select count(*), min(person_id), max(person_id), min(municipality_code), max(intervention), count(*) filter (treated),
    (max(period) - date '1970-01-01')::integer, avg(birth_year), max(sex), ${measures.map(m => `sum(${m})::double`).join(', ')}
    from ${quoted(file)}`;
  for await (const _ of createInterface({ input: process.stdin })) {
    const cpu = process.cpuUsage(), start = performance.now();
    const row = (await c.runAndReadAll(sql)).getRows()[0].map(v => typeof v === 'bigint' ? Number(v) : v);
    const wall = (performance.now() - start) / 1000, used = process.cpuUsage(cpu);
    const [rows, smallestId, largestId, smallestMunicipality, largestIntervention, treated, lastPeriod, meanBirthYear, largestSex, ...sums] = row;
    console.log(JSON.stringify({
      wall, cpu: (used.user + used.system) / 1e6, rss: process.resourceUsage().maxRSS * 1024 / 1e6,
      sums: { rows, smallestId, largestId, smallestMunicipality, largestIntervention, treated, lastPeriod, meanBirthYear, largestSex, sums },
    }));
  }
}

if (verb === 'make') await make(Number(rest[0]), rest[1], rest[2], rest[3]);
else if (verb === 'scan') await scan(rest[0], rest[1]);
else throw new Error('make or scan');
