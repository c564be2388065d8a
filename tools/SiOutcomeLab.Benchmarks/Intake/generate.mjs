// Writes a contract file with DuckDB: twenty columns of datasets/catalogue, 64-hex pseudonyms, eight quarters a person.
// usage: node generate.mjs ROWS OUT.parquet [ORDER person|period] [THREADS]; run in a folder whose node_modules has @duckdb/node-api.
// Values come from hash(row, seed): the same arguments and DuckDB version give the same rows.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
const require = createRequire(path.join(process.cwd(), 'x.js'));
const { DuckDBInstance } = await import(pathToFileURL(require.resolve('@duckdb/node-api')).href);
const [rowText, out, order = 'person', threads = '2'] = process.argv.slice(2);
const rows = Number(rowText), periods = 8, seed = 42, nulls = 0.05, persons = Math.max(1, Math.ceil(rows / periods));
const db = await DuckDBInstance.create(':memory:', { threads });
const c = await db.connect();
await c.run(`create macro u(x, k) as (hash(x * 64 + k, ${seed}::bigint) >> 11)::double / 9007199254740992.0`);
await c.run(`create macro nrm(x, k) as (u(x, k) + u(x, k+1) + u(x, k+2) + u(x, k+3) - 2.0) * 1.7320508`);
await c.run(`create macro nul(x, k, v) as case when u(x, k) < ${nulls} then null else v end`);
await c.run(`create macro days(x, k, most) as greatest(0, least(most, x * 40 + k * 25 - 30))::integer`);
const split = order === 'period' ? `i % ${persons} as p, i // ${persons} as t` : `i // ${periods} as p, i % ${periods} as t`;
await c.run(`copy (
with r as (select i, ${split} from range(${rows}) x(i)),
b as (select *, nrm(p,3) as health, nrm(p,8) as wealth, nrm(i,20) as e1, nrm(i,24) as e2 from r)
select
  sha256(p::varchar || ':${seed}') as person_id,
  '9901' as municipality_code,
  (date '2024-01-01' + to_months((t * 3)::int))::date as period_start,
  case when u(p,2) < 0.5 then 'woman' else 'man' end as sex,
  (1940 + floor(u(p,7) * 66))::smallint as birth_year,
  nul(p,50,(['sweden','nordic','eu','other'])[1 + floor(u(p,12) * u(p,12) * 4)::int]) as country_of_birth_group,
  nul(p,51,(['compulsory','upper_secondary','tertiary'])[1 + floor(u(p,13) * 3)::int]) as education_level,
  nul(i,52,(['single','single_with_children','couple','couple_with_children','other'])[1 + floor(u(p,14) * 5)::int]) as household_type,
  nul(i,53,greatest(0, least(3, round(1 - wealth + 0.6 * e1)))::integer) as income_support_months,
  nul(i,54,greatest(0, least(3, round(2 + wealth + 0.6 * e2)))::integer) as employment_months,
  nul(i,55,greatest(0, round(84000 + 27000 * wealth + 4500 * e1, 2))) as earnings_sek,
  nul(i,56,days(-wealth, e2, 92)) as unemployment_days,
  nul(i,57,days(health, e1, 92)) as sick_leave_days,
  nul(i,58,days(health - 2, e2, 92)) as placement_days,
  nul(i,59,greatest(0, least(100, 12 + 9 * health + 4 * e2))) as school_absence_percent,
  nul(i,60,(u(i,30) < 0.55 + 0.1 * wealth)::integer) as in_work_or_study,
  nul(i,61,greatest(0, least(400, round(1.5 * health + e1)))::integer) as psychiatry_visits,
  nul(i,62,greatest(0, least(1000, round(health + e2 - 2)))::integer) as suspected_offences,
  case when u(i,31) < 0.01 then (['moved','died','aged_out'])[1 + floor(u(i,32) * 3)::int] end as exit_reason,
  case when u(i,31) < 0.01 then (date '2024-01-01' + floor(u(i,33) * 700)::int)::date end as exit_date
from b) to '${out.replaceAll("'", "''")}' (format parquet, compression snappy)`);
const size = (await import('node:fs')).statSync(out).size;
console.log(JSON.stringify({ rows, bytes: size, bytesPerRow: +(size / rows).toFixed(1) }));
