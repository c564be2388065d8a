using SiOutcomeLab.Contract;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Country.Delivering;

/// <summary>An observations file that grows row by row and is written in row groups, so that memory does not follow its length.</summary>
internal sealed class ObservationFile : IDisposable
{
    private const int GroupRows = 16_384;
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;
    private readonly bool _hasCovariates;
    private readonly (int At, bool IsWhole)[] _measures;
    private readonly List<string> _places = [];
    private readonly SortedSet<int> _quarters = [];
    private readonly int _capacity;
    private readonly string[] _person;
    private readonly int[] _place;
    private readonly int[] _day;
    private readonly CovariateColumns? _covariates;
    private readonly float[][] _values;
    private readonly ParquetWriter _writer;
    private int _used;
    private long _rows;

    /// <param name="stream">Where it is written; left open.</param>
    /// <param name="measures">Codes of its measures.</param>
    /// <param name="hasCovariates">Whether it tells what persons are, and when and why they leave: a municipality's does.</param>
    /// <param name="expectedRows">About how many rows it will have.</param>
    public ObservationFile(Stream stream, IReadOnlyList<string> measures, bool hasCovariates, int expectedRows = GroupRows)
    {
        (_hasCovariates, _capacity) = (hasCovariates, Math.Clamp(expectedRows, 64, GroupRows));
        _measures = [.. measures.Select((code, at) => (at, MeasureCatalogue.Current.TryFind(code, out var m) && m.Kind == ValueKind.Whole))];
        _person = new string[_capacity];
        (_place, _day) = (new int[_capacity], new int[_capacity]);
        _covariates = hasCovariates ? new CovariateColumns(_capacity) : null;
        _values = [.. measures.Select(_ => new float[_capacity])];
        ParquetColumnSpec[] columns =
        [
            ParquetColumnSpec.Text("person_id"), ParquetColumnSpec.Text("municipality_code"), ParquetColumnSpec.Date("period_start"),
            .. hasCovariates ? CovariateColumns.Specs : [],
            .. measures.Select((code, at) => _measures[at].IsWhole
                ? ParquetColumnSpec.Of<int>(code, optional: true)
                : ParquetColumnSpec.Of<double>(code, optional: true)),
            .. hasCovariates ? CovariateColumns.ExitSpecs : [],
        ];
        _writer = ParquetWriter.Create(stream, columns, DeliveryFormat.Options, leaveOpen: true);
    }

    /// <summary>Quarters that have a row, in order.</summary>
    public IReadOnlyCollection<int> Quarters => _quarters;

    public long Rows => _rows + _used;

    /// <summary>Adds a row; measures not given are not observed.</summary>
    public void Add(string person, string place, int quarter, in PersonTraits traits, bool isLast, int exitReason)
    {
        if (_used == _capacity) Flush();
        _person[_used] = person;
        _place[_used] = PlaceCode(place);
        _day[_used] = CountryRules.PeriodOf(quarter).Start.DayNumber - Epoch;
        _quarters.Add(quarter);
        foreach (var column in _values) column[_used] = float.NaN;
        _covariates?.Set(_used, traits, isLast ? exitReason : -1, CountryRules.PeriodOf(quarter + 1).Start.DayNumber - Epoch - 1);
        _used++;
    }

    /// <summary>Gives the last row a value.</summary>
    public void Set(int measure, float value) => _values[measure][_used - 1] = value;

    /// <summary>Finishes the file, which is no valid one when it has no rows.</summary>
    public void Finish()
    {
        if (_used > 0) Flush();
        _writer.Close();
    }

    public void Dispose() => _writer.Dispose();

    private int PlaceCode(string place)
    {
        if (_places.Count > 0 && _places[^1] == place) return _places.Count - 1;
        var at = _places.IndexOf(place);
        if (at >= 0) return at;
        _places.Add(place);
        return _places.Count - 1;
    }

    private void Flush()
    {
        var group = _writer.StartRowGroup();
        group.WriteStrings(_person.AsSpan(0, _used));
        group.WriteStrings(_place.AsSpan(0, _used), _places.ToArray());
        group.WriteColumn<int>(_day.AsSpan(0, _used));
        if (_hasCovariates) _covariates!.Write(group, _used);
        var present = new bool[_used];
        foreach (var (at, isWhole) in _measures)
        {
            var values = _values[at].AsSpan(0, _used);
            for (var i = 0; i < _used; i++) present[i] = !float.IsNaN(values[i]);
            if (isWhole) group.WriteColumn<int>(Convert(values, v => float.IsNaN(v) ? 0 : (int)v), present);
            // One decimal, as a whole number of tenths: the double nearest to what a person would write.
            else group.WriteColumn<double>(Convert(values, v => float.IsNaN(v) ? 0 : Math.Floor((v * 10.0) + 0.5) / 10), present);
        }

        if (_hasCovariates) _covariates!.WriteExits(group, _used);
        _rows += _used;
        _used = 0;
    }

    private static T[] Convert<T>(ReadOnlySpan<float> values, Func<float, T> one)
    {
        var made = new T[values.Length];
        for (var i = 0; i < made.Length; i++) made[i] = one(values[i]);
        return made;
    }
}
