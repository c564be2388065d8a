using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Datasets.Files;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract.Tests.Checking;

/// <summary>A year of an organisation: persons with habits of their own, seasons, and values now and then missing.</summary>
internal sealed class SoftSubmission
{
    private const int Quarters = 4;
    private readonly int _year;
    private readonly List<(int Person, int Quarter)> _rows = [];
    private readonly Dictionary<string, List<double?>> _values = new() { ["employment_months"] = [], ["earnings_sek"] = [] };

    public SoftSubmission(int seed, int year, int persons = 200)
    {
        _year = year;
        var habits = new Random(seed);
        var chance = new Random((seed * 10_000) + year);
        var grown = (int)(persons * (1 + (0.05 * Math.Max(0, year - 2022))));
        for (var person = 0; person < grown; person++)
        {
            var (wealth, months) = (Normal(habits), habits.NextDouble() * 3);
            for (var quarter = 0; quarter < Quarters; quarter++)
            {
                _rows.Add((person, quarter));
                var worked = Math.Clamp(Math.Round(months + (0.5 * Normal(chance)) + (quarter == 2 ? 0.2 : 0)), 0, 3);
                _values["employment_months"].Add(chance.Next(20) == 0 ? null : worked);
                var earned = worked == 0 ? 0 : Math.Round(28_000 * worked * Math.Exp((0.3 * wealth) + (0.1 * Normal(chance))), 2);
                _values["earnings_sek"].Add(chance.Next(20) == 0 ? null : earned);
            }
        }
    }

    public List<double?> Values(string measure, int quarter) =>
        [.. _values[measure].Where((_, at) => _rows[at].Quarter == quarter)];

    /// <summary>Multiplies a measure in one quarter, as another unit would.</summary>
    public void Scale(string measure, int quarter, double by) => Change(measure, quarter, (value, _) => value * by);

    /// <summary>Makes the fault that a rule tells of.</summary>
    public void Break(string rule, string measure)
    {
        switch (rule)
        {
            case "MEASURE_SHIFTED_MEAN" when measure == "earnings_sek": Change(measure, null, (value, _) => value / 1000); break;
            case "MEASURE_SHIFTED_MEAN": Change(measure, 1, (value, at) => at % 4 == 0 ? value : 3); break;
            case "MEASURE_SHIFTED_MISSING": Change(measure, 3, (value, at) => at % 3 == 0 ? null : value); break;
            case "MEASURE_SHIFTED_ZEROS": Change(measure, 0, (value, at) => at % 3 == 0 ? 0 : value); break;
            case "MEASURE_MOSTLY_MISSING": Change(measure, 2, (value, at) => at % 100 == 0 ? value : null); break;
            case "MEASURE_PERSON_JUMP": Change(measure, 1, (value, _) => value / 1000); break;
            case "MEASURE_OUTLIERS": Change(measure, 1, (value, at) => at is 40 or 44 ? 9_000_000 : value); break;
            case "PERIOD_ROWS_JUMP": Drop(quarter: 2, keepOneOf: 3); break;
            default: throw new ArgumentException("No fault is made for that rule.", nameof(rule));
        }
    }

    public Task<CheckResult> CheckAsync(IReadOnlyList<SubmissionFigures>? earlier = null)
    {
        Period[] periods = [.. Enumerable.Range(0, Quarters).Select(q => new Period(PeriodLength.Quarter, (_year * 4) + q))];
        var submission = new TestSubmission { Periods = periods, Participations = null, Earlier = earlier ?? [] };
        submission.Observations.Clear();
        submission.Observations.AddRange(
        [
            TableColumn.Text("person_id", [.. _rows.Select(r => LargeSubmission.Person(r.Person))]),
            TableColumn.Text("municipality_code", [.. _rows.Select(_ => TestSubmission.Municipality)]),
            TableColumn.Periods("period_start", [.. _rows.Select(r => periods[r.Quarter])]),
            TableColumn.OptionalNumbers<int>("employment_months", [.. _values["employment_months"].Select(v => (int?)v)]),
            TableColumn.OptionalNumbers<double>("earnings_sek", _values["earnings_sek"]),
        ]);
        return submission.CheckAsync();
    }

    private void Change(string measure, int? quarter, Func<double?, int, double?> change)
    {
        var values = _values[measure];
        for (var at = 0; at < values.Count; at++)
        {
            if (quarter is null || _rows[at].Quarter == quarter) values[at] = change(values[at], at / Quarters);
        }
    }

    private void Drop(int quarter, int keepOneOf)
    {
        for (var at = _rows.Count - 1; at >= 0; at--)
        {
            if (_rows[at].Quarter != quarter || _rows[at].Person % keepOneOf == 0) continue;
            _rows.RemoveAt(at);
            foreach (var values in _values.Values) values.RemoveAt(at);
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
